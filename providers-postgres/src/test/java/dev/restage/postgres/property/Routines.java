package dev.restage.postgres.property;

import java.util.ArrayList;
import java.util.List;

/** Functions, procedures, aggregates, operators and casts. */
final class Routines {

    private static final String BODY = "it's $$ a \\ body -- with\n\t\"all\" $1 /* of */ it";

    private final Script script;
    private final Draw draw;
    private final List<String> calls = new ArrayList<>(List.of("CURRENT_USER", "(now())::text", "lower('ABC')"));

    Routines(Script script) {
        this.script = script;
        this.draw = script.draw;
    }

    /** An expression of type text that calls a function. */
    String call() {
        return draw.of(calls);
    }

    void addAll() {
        addSql();
        addPlpgsql();
        addWithParameters();
        addProcedure();
        addAggregate();
        addOperator();
        if (script.major >= 14) {
            addStandardBody();
        }
    }

    private void addSql() {
        String name = script.qualified();
        script.add("CREATE FUNCTION %s() RETURNS text LANGUAGE sql %s%s AS $body$SELECT %s::text$body$"
                .formatted(
                        name,
                        draw.of("IMMUTABLE", "STABLE", "VOLATILE"),
                        draw.of(
                                "",
                                " STRICT",
                                " PARALLEL SAFE LEAKPROOF".replace(script.superuser ? "" : " LEAKPROOF", ""),
                                " COST 3.5"),
                        BuiltInTypes.literal(BODY)));
        script.comment("FUNCTION %s()".formatted(name));
        calls.add(name + "()");
    }

    private void addPlpgsql() {
        String name = script.qualified();
        DrawnType type = script.type();
        script.add(
                "CREATE FUNCTION %s(%s %s, integer DEFAULT 7, OUT %s text, INOUT %s bigint DEFAULT -1) LANGUAGE plpgsql%s AS $_1$BEGIN\n\t-- %s\nEND$_1$"
                        .formatted(
                                name,
                                script.names.next(),
                                type.name(),
                                script.names.next(),
                                script.names.next(),
                                draw.of(
                                        "",
                                        " SECURITY DEFINER",
                                        " SET search_path TO 'public', 'a b'",
                                        " SET work_mem = '1MB' SET datestyle = 'ISO, DMY'"),
                                "it''s $$ $_$ body"));
        script.add("CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'".formatted(name));
    }

    private void addWithParameters() {
        String name = script.qualified();
        script.add(
                "CREATE FUNCTION %s(VARIADIC %s text[] DEFAULT ARRAY['a''b', NULL]) RETURNS TABLE(%s integer, %s text) LANGUAGE sql ROWS 7 AS 'SELECT 1, $1[1]'"
                        .formatted(name, script.names.next(), script.names.next(), script.names.next()));
        script.add(
                "CREATE FUNCTION %s(anyelement) RETURNS SETOF anyelement LANGUAGE sql AS 'SELECT $1'".formatted(name));
    }

    private void addProcedure() {
        String name = script.qualified();
        script.add("CREATE PROCEDURE %s(INOUT a integer) LANGUAGE plpgsql AS $$BEGIN COMMIT; END$$".formatted(name));
        script.comment("PROCEDURE %s(integer)".formatted(name));
    }

    private void addAggregate() {
        String name = script.qualified();
        script.add("CREATE AGGREGATE %s(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0'%s)"
                .formatted(
                        name,
                        draw.of(
                                "",
                                ", COMBINEFUNC = int4pl, PARALLEL = safe",
                                ", MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MINITCOND = '0'")));
        script.add("CREATE AGGREGATE %s(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0')".formatted(name));
        script.comment("AGGREGATE %s(integer)".formatted(name));
    }

    private void addOperator() {
        String schema = "public";
        String function = schema + "." + script.names.next();
        script.add(
                "CREATE FUNCTION %s(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = length($2)'"
                        .formatted(function));
        script.add(
                "CREATE OPERATOR %s.<@#> (LEFTARG = integer, RIGHTARG = text, FUNCTION = %s, RESTRICT = eqsel, JOIN = eqjoinsel)"
                        .formatted(schema, function));
        script.comment("OPERATOR %s.<@#> (integer, text)".formatted(schema));
        String pair = script.qualified();
        script.add("CREATE TYPE %s AS (a integer, b text)".formatted(pair));
        String cast = script.qualified();
        script.add("CREATE FUNCTION %s(%s) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT ($1).a'"
                .formatted(cast, pair));
        script.add("CREATE CAST (%s AS integer) WITH FUNCTION %s(%s)%s"
                .formatted(pair, cast, pair, draw.maybe(50, " AS ASSIGNMENT")));
        if (script.superuser) {
            String class_ = script.qualified();
            script.add("CREATE OPERATOR FAMILY %s USING btree".formatted(class_));
            script.add(
                    "CREATE OPERATOR CLASS %s FOR TYPE integer USING btree FAMILY %s AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer)"
                            .formatted(class_, class_));
            script.add("ALTER OPERATOR FAMILY %s USING btree ADD OPERATOR 1 < (integer, bigint)".formatted(class_));
        }
    }

    private void addStandardBody() {
        String name = script.qualified();
        script.add("CREATE FUNCTION %s(integer) RETURNS text LANGUAGE sql STABLE RETURN ($1 + 1)::text || %s::text"
                .formatted(name, script.builtIn().text()));
        script.add(
                "CREATE FUNCTION %s() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT %s::text AS \"sel;ect\"; END"
                        .formatted(name, script.builtIn().text()));
        calls.add(name + "(3)");
    }
}
