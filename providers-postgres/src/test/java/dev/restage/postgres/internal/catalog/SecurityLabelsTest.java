package dev.restage.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.SchemaText;
import dev.restage.sandbox.server.PostgresDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No server here has a provider of security labels, but its catalog holds labels all the same, and pg_dump writes them. */
class SecurityLabelsTest {

    private static final int NEWEST = 18;

    private static final String SQL = """
            SET allow_system_table_mods = on;
            CREATE SCHEMA "Odd schema";
            CREATE TABLE "Odd schema".t (a int, "b c" text);
            CREATE VIEW v AS SELECT 1 AS a;
            CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
            CREATE SEQUENCE s;
            CREATE DOMAIN d AS int;
            CREATE TYPE e AS ENUM ('x');
            CREATE FUNCTION f(int, "Odd schema".t) RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
            CREATE AGGREGATE sum_of(int) (SFUNC = int4pl, STYPE = int);
            CREATE PUBLICATION everything;
            INSERT INTO pg_seclabel (objoid, classoid, objsubid, provider, label)
            SELECT o.oid, o.class, o.sub, 'Odd provider', 'top ''secret'' ' || o.oid::text
            FROM (
                SELECT 'pg_class'::regclass, c.oid, 0 FROM pg_class c
                WHERE c.relname IN ('t', 'v', 'm', 's') AND c.relnamespace >= 2200
                UNION ALL SELECT 'pg_class'::regclass, '"Odd schema".t'::regclass::oid, 2
                UNION ALL SELECT 'pg_namespace'::regclass, '"Odd schema"'::regnamespace::oid, 0
                UNION ALL SELECT 'pg_type'::regclass, 'd'::regtype::oid, 0
                UNION ALL SELECT 'pg_type'::regclass, 'e'::regtype::oid, 0
                UNION ALL SELECT 'pg_proc'::regclass, p.oid, 0 FROM pg_proc p WHERE p.pronamespace = 2200
                UNION ALL SELECT 'pg_publication'::regclass, p.oid, 0 FROM pg_publication p
            ) o(class, oid, sub);
            """;

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void areReadAsPgDumpReadsThem(int major) throws SQLException {
        PostgresDatabase database = TestDatabase.filled(TestDatabase.empty(major), SQL);

        List<String> ours = Replay.read(database, major).entries().stream()
                .filter(entry -> entry.kind().equals("SECURITY LABEL"))
                .map(Entry::definition)
                .flatMap(definition -> String.valueOf(definition).lines())
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(ours)
                .hasSize(12)
                .containsExactlyInAnyOrderElementsOf(SchemaText.of(database, ClientPrograms.atLeast(NEWEST))
                        .lines()
                        .filter(line -> line.startsWith("SECURITY LABEL "))
                        .map(line -> line.replace(", ", ","))
                        .toList());
    }
}
