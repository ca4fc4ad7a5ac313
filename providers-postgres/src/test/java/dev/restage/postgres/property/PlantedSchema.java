package dev.restage.postgres.property;

import java.util.ArrayList;
import java.util.List;

/** A random schema with people in rows and in every other place that can hold text or digits. */
final class PlantedSchema {

    private static final int MOST_TABLES = 3;
    private static final int ROWS = 12;

    private final Draw draw;
    private final List<String> statements = new ArrayList<>();
    private final List<PlantedPerson> people = new ArrayList<>();

    /** Whether names stand somewhere as names: else nobody can know a name, or bare digits, in the text of a definition. */
    private boolean known;

    private PlantedSchema(long seed) {
        this.draw = new Draw(seed);
        for (int i = 0; i < ROWS; i++) {
            people.add(PlantedPerson.draw(draw));
        }
    }

    static PlantedSchema of(long seed) {
        PlantedSchema schema = new PlantedSchema(seed);
        schema.build();
        return schema;
    }

    List<String> statements() {
        return statements;
    }

    List<PlantedPerson> people() {
        return people;
    }

    /** A column: its type, names that it may have, and how a person is written into it, as SQL. */
    private record Form(String type, List<String> names, Written written) {}

    @FunctionalInterface
    private interface Written {
        String of(PlantedPerson person);
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String sentence(PlantedPerson person) {
        return "Please ask %s (%s) or call %s.".formatted(person.name(), person.email(), person.phone());
    }

    private static String json(PlantedPerson person) {
        return "{\"id\": 7, \"who\": {\"name\": \"%s\", \"ways\": [{\"email\": \"%s\"}, {\"phone\": \"%s\", \"tel\": %s}]}}"
                .formatted(person.name(), person.email(), person.phone(), person.digits());
    }

    private static final List<String> TECHNICAL =
            List.of("attrs", "path", "context", "data", "meta", "x1", "value", "body");

    private static List<String> or(String... names) {
        List<String> all = new ArrayList<>(List.of(names));
        all.addAll(TECHNICAL);
        return all;
    }

    private static final List<Form> FORMS = List.of(
            new Form("text", or("email", "contact"), person -> text(person.email())),
            new Form("varchar(120)", or("full_name", "customer"), person -> text(person.name())),
            new Form("char(60)", or("owner", "last_name"), person -> text(person.last())),
            new Form("text", or("phone", "mobile"), person -> text(person.phone())),
            new Form("text", or("note", "comment"), person -> text(sentence(person))),
            new Form("bigint", or("phone_digits", "tel"), PlantedPerson::digits),
            new Form("numeric", or("phone_number", "fax"), PlantedPerson::digits),
            new Form("numeric(20,2)", or("mobile_no"), PlantedPerson::digits),
            new Form("json", or("profile"), person -> text(json(person))),
            new Form("jsonb", or("payload"), person -> text(json(person))),
            new Form("jsonb", or("nested"), person -> text("[[" + json(person) + "]]")),
            new Form(
                    "text[]",
                    or("emails"),
                    person -> "ARRAY[" + text(person.email()) + "," + text(person.name()) + "]"),
            new Form("bigint[]", or("phones"), person -> "ARRAY[" + person.digits() + "]"),
            new Form("jsonb[]", or("events"), person -> "ARRAY[" + text(json(person)) + "::jsonb]"),
            new Form("contact", or("pair"), person -> "ROW(" + text(person.name()) + "," + text(person.email()) + ")"),
            new Form(
                    "contact[]",
                    or("pairs"),
                    person -> "ARRAY[ROW(" + text(person.name()) + "," + text(person.email()) + ")::contact]"),
            new Form("address", or("mail_address"), person -> text(person.email())),
            new Form("textrange", or("span"), person -> "textrange(" + text(person.last()) + ", NULL)"),
            new Form(
                    "int8range",
                    or("numbers"),
                    person -> "int8range(" + person.digits() + "," + person.digits() + ", '[]')"),
            new Form(
                    "xml",
                    or("document"),
                    person -> "xmlparse(CONTENT " + text("<p who=\"" + person.email() + "\">" + person.name() + "</p>")
                            + ")"),
            new Form("hstore", or("settings"), person -> "hstore('who', " + text(person.email()) + ")"),
            new Form("citext", or("login"), person -> text(person.email())),
            new Form("double precision", or("line"), PlantedPerson::digits),
            new Form("numeric[]", or("lines"), person -> "ARRAY[" + person.digits() + ".0, 17]"),
            new Form("line_number", or("extension"), PlantedPerson::digits),
            new Form("line_number[]", or("extensions"), person -> "ARRAY[" + person.digits() + "]::line_number[]"),
            new Form("money", or("worth"), person -> person.digits() + "::money"),
            new Form("point", or("place"), person -> "point(" + person.digits() + ", 1)"),
            new Form("bit(40)", or("flags"), person -> person.digits() + "::bigint::bit(40)"),
            new Form("interval", or("span"), person -> "make_interval(secs => " + person.digits() + ")"),
            new Form(
                    "int8multirange",
                    or("spans"),
                    person -> "int8multirange(int8range(" + person.digits() + ", NULL))"),
            new Form(
                    "jsonb",
                    or("by_who"),
                    person -> text("{\"%s\": 1, \"%s\": {\"n\": [%s]}}"
                            .formatted(person.email(), person.digits(), person.digits()))),
            new Form(
                    "json",
                    or("log"),
                    person -> text("{\"raw\": \"{\\\"to\\\": \\\"%s\\\"}\"}".formatted(person.email()))),
            new Form("jsonpath", or("filter"), person -> text("$.who ? (@ == \"" + person.email() + "\")")),
            new Form("name", or("role"), person -> text(person.last())),
            new Form("varchar(200)", or("home"), person -> text("/home/" + person.account() + "/inbox")),
            new Form("bytea", or("blob"), person -> "convert_to(" + text(sentence(person)) + ", 'UTF8')"),
            new Form("tsvector", or("search"), person -> "to_tsvector('simple', " + text(sentence(person)) + ")"),
            new Form(
                    "text",
                    or("url"),
                    person -> text("https://x.test/?q=" + person.email().replace("@", "%40"))),
            new Form(
                    "text",
                    or("base64"),
                    person -> "encode(convert_to(" + text(sentence(person)) + ", 'UTF8'), 'base64')"),
            new Form(
                    "oid",
                    or("file"),
                    person -> "lo_from_bytea(0, convert_to(" + text(sentence(person)) + ", 'UTF8'))"));

    private void build() {
        statements.add("CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public");
        statements.add("CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public");
        statements.add("CREATE TYPE contact AS (name text, email text)");
        statements.add("CREATE DOMAIN address AS text"
                + draw.maybe(5, " DEFAULT " + text(somebody().email())));
        statements.add("CREATE DOMAIN line_number AS bigint CHECK (VALUE > 0)");
        statements.add("CREATE TYPE textrange AS RANGE (subtype = text)");
        known = draw.percent(75);
        if (known) {
            statements.add("CREATE TABLE person (id int PRIMARY KEY, full_name text, email text, phone text)");
            for (int i = 0; i < people.size(); i++) {
                PlantedPerson person = people.get(i);
                statements.add("INSERT INTO person VALUES (%d, %s, %s, %s)"
                        .formatted(i, text(person.name()), text(person.email()), text(person.phone())));
            }
        }
        int tables = 1 + draw.below(MOST_TABLES);
        for (int i = 0; i < tables; i++) {
            table("t" + i);
        }
        if (draw.percent(8)) {
            PlantedPerson listed = somebody();
            statements.add("CREATE TABLE parted (email text) PARTITION BY LIST (email)");
            statements.add("CREATE TABLE part PARTITION OF parted FOR VALUES IN (" + text(listed.email()) + ")");
            statements.add("INSERT INTO parted VALUES (" + text(listed.email()) + ")");
        }
        if (draw.percent(8)) {
            statements.add("CREATE TYPE mood AS ENUM ("
                    + text(
                            known && draw.percent(50)
                                    ? somebody().name()
                                    : somebody().email()) + ", 'b')");
        }
        if (known && draw.percent(8)) {
            statements.add("CREATE SEQUENCE calls; SELECT setval('calls', "
                    + somebody().digits() + ")");
        }
        if (draw.percent(50)) {
            statements.add("ANALYZE");
        }
    }

    private void table(String name) {
        List<Form> forms = draw.some(FORMS, 6);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            columns.add(draw.of(forms.get(i).names()) + (draw.percent(60) ? "" : "_" + i));
        }
        List<String> unique = new ArrayList<>();
        columns.forEach(column -> unique.add(unique.contains(column) ? column + unique.size() : column));
        StringBuilder list = new StringBuilder("id int PRIMARY KEY");
        for (int i = 0; i < forms.size(); i++) {
            list.append(", ")
                    .append(unique.get(i))
                    .append(' ')
                    .append(forms.get(i).type());
        }
        statements.add("CREATE TABLE %s (%s)".formatted(name, list));
        for (int row = 0; row < people.size(); row++) {
            PlantedPerson person = people.get(row);
            statements.add("INSERT INTO %s VALUES (%d, %s)"
                    .formatted(
                            name,
                            row,
                            String.join(
                                    ", ",
                                    forms.stream()
                                            .map(form -> form.written().of(person))
                                            .toList())));
        }
        beside(name, unique.get(0), forms.get(0).type());
    }

    /** What lies on a table and says something of somebody. */
    private void beside(String table, String column, String type) {
        PlantedPerson person = somebody();
        String said = text(
                known
                        ? draw.of(person.email(), person.name(), sentence(person), person.phone())
                        : draw.of(person.email(), sentence(person), person.phone()));
        maybe("COMMENT ON TABLE %s IS %s".formatted(table, said));
        maybe("COMMENT ON COLUMN %s.%s IS %s".formatted(table, column, said));
        maybe("ALTER TABLE %s ADD added text DEFAULT %s".formatted(table, said));
        maybe("ALTER TABLE %s ADD CONSTRAINT never CHECK (id::text <> %s)".formatted(table, said));
        maybe("CREATE VIEW v_%s AS SELECT id FROM %1$s WHERE id::text <> %s".formatted(table, said));
        maybe("CREATE FUNCTION f_%s() RETURNS text LANGUAGE plpgsql AS $f$BEGIN RETURN %s; END$f$"
                .formatted(table, said));
        maybe("CREATE POLICY p ON %s USING (id::text <> %s)".formatted(table, said));
        maybe("CREATE INDEX i_%s ON %1$s (id) WHERE id::text <> %s".formatted(table, said));
        maybe("CREATE RULE r AS ON DELETE TO %s WHERE OLD.id::text = %s DO INSTEAD NOTHING".formatted(table, said));
        maybe("CREATE STATISTICS s_%s ON id, (replace(id::text, %s, '')) FROM %1$s".formatted(table, said));
        maybe(("CREATE TRIGGER g BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION"
                        + " suppress_redundant_updates_trigger(%s)")
                .formatted(table, said));
        maybe("ALTER TABLE %s RENAME COLUMN id TO \"%s\"".formatted(table, person.email()));
        if (draw.percent(25) && !type.equals("xml") && !type.equals("json")) {
            statements.add("CREATE MATERIALIZED VIEW m_%s AS SELECT DISTINCT %s::text AS x FROM %1$s"
                    .formatted(table, column));
        }
    }

    private void maybe(String statement) {
        if (draw.percent(4)) {
            statements.add(statement);
        }
    }

    private PlantedPerson somebody() {
        return draw.of(people);
    }
}
