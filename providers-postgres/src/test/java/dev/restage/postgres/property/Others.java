package dev.restage.postgres.property;

import java.util.List;

/** Extensions, text search, large objects, and what only a superuser makes. */
final class Others {

    private final Script script;
    private final Draw draw;

    Others(Script script) {
        this.script = script;
        this.draw = script.draw;
    }

    void addAll(List<Table> tables) {
        addExtensions();
        addTextSearch();
        addLargeObjects();
        if (script.superuser) {
            addForeignTable();
            addAccessMethod();
            addEventTrigger();
        }
    }

    private void addExtensions() {
        String schema = script.names.next();
        script.add("CREATE SCHEMA " + schema);
        script.add("CREATE EXTENSION hstore SCHEMA " + schema);
        script.add("CREATE EXTENSION citext SCHEMA public");
        String table = script.qualified();
        script.add("CREATE TABLE %s (h %s.hstore DEFAULT ''::%s.hstore, c public.citext)"
                .formatted(table, schema, schema));
        script.add("INSERT INTO %s VALUES ('a=>\"b c\", d=>NULL', 'MiXed'), (NULL, '')".formatted(table));
        script.add("CREATE INDEX ON %s USING gin (h)".formatted(table));
    }

    private void addTextSearch() {
        String dictionary = script.qualified();
        String configuration = script.qualified();
        script.add("CREATE TEXT SEARCH DICTIONARY %s (TEMPLATE = simple, STOPWORDS = english, ACCEPT = false)"
                .formatted(dictionary));
        script.add("CREATE TEXT SEARCH CONFIGURATION %s (COPY = german)".formatted(configuration));
        script.add("ALTER TEXT SEARCH CONFIGURATION %s ALTER MAPPING FOR asciiword, word WITH %s, english_stem"
                .formatted(configuration, dictionary));
        script.comment("TEXT SEARCH DICTIONARY " + dictionary);
        script.comment("TEXT SEARCH CONFIGURATION " + configuration);
        if (draw.percent(50)) {
            String conversion = script.qualified();
            script.add("CREATE CONVERSION %s FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8".formatted(conversion));
            script.comment("CONVERSION " + conversion);
        }
    }

    private void addLargeObjects() {
        for (int i = draw.below(4); i > 0; i--) {
            int oid = 3000000 + i;
            script.add("SELECT lo_from_bytea(%d, decode(repeat('00ff', %d), 'hex'))".formatted(oid, draw.below(9000)));
            script.comment("LARGE OBJECT " + oid);
        }
    }

    private void addForeignTable() {
        String wrapper = script.names.next();
        String server = script.names.next();
        String table = script.qualified();
        script.add("CREATE FOREIGN DATA WRAPPER %s OPTIONS (a 'it''s')".formatted(wrapper));
        script.add("CREATE SERVER %s TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER %s OPTIONS (\"b c\" '\\')"
                .formatted(server, wrapper));
        script.add(
                "CREATE FOREIGN TABLE %s (a integer OPTIONS (o 'p') NOT NULL DEFAULT 3, b text) SERVER %s OPTIONS (c 'd')"
                        .formatted(table, server));
        script.comment("SERVER " + server);
        script.comment("FOREIGN TABLE " + table);
    }

    private void addAccessMethod() {
        String method = script.names.next();
        script.add("CREATE ACCESS METHOD %s TYPE TABLE HANDLER heap_tableam_handler".formatted(method));
        String table = script.qualified();
        script.add("CREATE TABLE %s (a integer) USING %s".formatted(table, method));
        script.add("INSERT INTO %s VALUES (1)".formatted(table));
    }

    private void addEventTrigger() {
        String function = script.qualified();
        String name = script.names.next();
        script.add("CREATE FUNCTION %s() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'".formatted(function));
        script.add(
                "CREATE EVENT TRIGGER %s ON ddl_command_start WHEN TAG IN ('CREATE SEQUENCE', 'CREATE DOMAIN') EXECUTE FUNCTION %s()"
                        .formatted(name, function));
        if (draw.percent(50)) {
            script.add("ALTER EVENT TRIGGER %s DISABLE".formatted(name));
        }
    }
}
