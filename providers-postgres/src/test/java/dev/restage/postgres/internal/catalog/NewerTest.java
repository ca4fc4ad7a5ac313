package dev.restage.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.schema.Selection;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.database.CopyOptions.Extra;
import dev.restage.sandbox.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an older target does not know is named before anything there is touched. */
class NewerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "14 | COLUMN public.t.r needs PostgreSQL 14: int4multirange | CREATE TABLE t (r int4multirange)",
                "14 | COLUMN public.t.r needs PostgreSQL 14: int4multirange[] | CREATE TABLE t (r int4multirange[])",
                "14 | DOMAIN public.d needs PostgreSQL 14: int4multirange | CREATE DOMAIN d AS int4multirange",
                "14 | FUNCTION public.f(int4multirange) needs PostgreSQL 14: a multirange"
                        + " | CREATE FUNCTION f(int4multirange) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "14 | FUNCTION public.f() needs PostgreSQL 14: a body of SQL without quotes"
                        + " | CREATE FUNCTION f() RETURNS int RETURN 1",
                "14 | PROCEDURE public.p() needs PostgreSQL 14: OUT"
                        + " | CREATE PROCEDURE p(OUT a int) LANGUAGE plpgsql AS 'BEGIN a := 1; END'",
                "14 | INDEX public.i needs PostgreSQL 14: INCLUDE of an SP-GiST index"
                        + " | CREATE TABLE t (a text, b int); CREATE INDEX i ON t USING spgist (a) INCLUDE (b)",
                "14 | INDEX public.i needs PostgreSQL 14: an operator class of BRIN"
                        + " | CREATE TABLE t (a int); CREATE INDEX i ON t USING brin (a int4_minmax_multi_ops)",
                "14 | STATISTICS s needs PostgreSQL 14: an expression"
                        + " | CREATE TABLE t (a int); CREATE STATISTICS s ON (a + 1) FROM t",
                "15 | INDEX public.i needs PostgreSQL 15: NULLS NOT DISTINCT"
                        + " | CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT",
                "15 | VIEW public.v needs PostgreSQL 15: security_invoker"
                        + " | CREATE VIEW v WITH (security_invoker) AS SELECT 1 AS a",
                "15 | SEQUENCE public.s needs PostgreSQL 15: UNLOGGED | CREATE UNLOGGED SEQUENCE s",
                "15 | FK CONSTRAINT k on public.t needs PostgreSQL 15: ON DELETE SET of some columns"
                        + " | CREATE TABLE t (a int, b int, PRIMARY KEY (a, b), c int,"
                        + " CONSTRAINT k FOREIGN KEY (c, b) REFERENCES t ON DELETE SET NULL (c))",
                "16 | COLLATION public.c needs PostgreSQL 16: rules"
                        + " | CREATE COLLATION c (provider = icu, locale = 'und', rules = '&a < g')",
                "17 | COLLATION public.c needs PostgreSQL 17: the builtin provider"
                        + " | CREATE COLLATION c (provider = builtin, locale = 'C.UTF-8')",
                "17 | EVENT TRIGGER e needs PostgreSQL 17: ON login"
                        + " | CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
                        + " CREATE EVENT TRIGGER e ON login EXECUTE FUNCTION f(); ALTER EVENT TRIGGER e DISABLE",
                "17 | COLUMN public.t.a needs PostgreSQL 17: an identity of a partitioned table"
                        + " | CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (a)",
                "17 | TABLE public.t needs PostgreSQL 17: an access method of a partitioned table"
                        + " | CREATE TABLE t (a int) PARTITION BY RANGE (a) USING heap",
                "18 | COLUMN public.t.b needs PostgreSQL 18: GENERATED VIRTUAL"
                        + " | CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) VIRTUAL)",
                "18 | CONSTRAINT k on public.t needs PostgreSQL 18: NOT ENFORCED"
                        + " | CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0) NOT ENFORCED)",
                "18 | CONSTRAINT k on public.t needs PostgreSQL 18: WITHOUT OVERLAPS"
                        + " | CREATE TABLE t (i int4range, d daterange, CONSTRAINT k UNIQUE (i, d WITHOUT OVERLAPS))",
                "18 | CONSTRAINT k on public.t needs PostgreSQL 18: NOT NULL with NO INHERIT or NOT VALID"
                        + " | CREATE TABLE t (a int, CONSTRAINT k NOT NULL a NO INHERIT)"
            })
    void isNamedWithItsVersion(int since, String problem, String sql) throws SQLException {
        PostgresDatabase source = TestDatabase.filled(TestDatabase.empty(TestServers.BUNDLED), sql);

        assertThat(uncarried(source, since - 1)).containsExactly(problem);
        assertThat(uncarried(source, since)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "15 | PUBLICATION TABLE public.p t | CREATE TABLE t (a int); CREATE PUBLICATION p FOR TABLE t (a)",
                "15 | PUBLICATION TABLE public.p t"
                        + " | CREATE TABLE t (a int); CREATE PUBLICATION p FOR TABLE t WHERE (a > 0)",
                "15 | PUBLICATION TABLES IN SCHEMA public.p public | CREATE PUBLICATION p FOR TABLES IN SCHEMA public",
                "17 | ACL public.TABLE t | CREATE TABLE t (a int); GRANT MAINTAIN ON t TO PUBLIC",
                "17 | DEFAULT ACL DEFAULT PRIVILEGES FOR TABLES"
                        + " | ALTER DEFAULT PRIVILEGES GRANT MAINTAIN ON TABLES TO PUBLIC"
            })
    void isNamedOnlyWhereItIsCarried(int since, String object, String sql) throws SQLException {
        PostgresDatabase source = TestDatabase.filled(TestDatabase.empty(TestServers.BUNDLED), sql);
        Contents contents = Replay.read(source, since - 1);
        Contents carried = new Selection(Set.of(Extra.PRIVILEGES, Extra.PUBLICATIONS)).of(contents);

        assertThat(uncarried(source, since - 1)).isEmpty();
        assertThat(problems(new Selection(Set.of()).of(contents), since - 1)).isEmpty();
        assertThat(problems(carried, since - 1))
                .singleElement()
                .asString()
                .startsWith("%s needs PostgreSQL %d: ".formatted(object, since));
        assertThat(problems(carried, since)).isEmpty();
    }

    @Test
    void functionsAndSyntaxOfANewerServerAreNamed() throws SQLException {
        PostgresDatabase source = TestDatabase.filled(TestDatabase.empty(TestServers.BUNDLED), """
                CREATE TABLE t (id uuid DEFAULT uuidv7(), at timestamptz CHECK (date_bin('1 day', at, at) < now()));
                CREATE INDEX i ON t (uuid_extract_version(id));
                CREATE VIEW v AS SELECT any_value(id), EXTRACT(year FROM max(at)), count(*), concat(1, 2, 3) FROM t;
                CREATE VIEW j AS SELECT JSON_OBJECT('a': 1) AS made, '1' IS JSON AS is, random(1, 6) AS dice;
                CREATE MATERIALIZED VIEW m AS SELECT JSON_VALUE('{}'::jsonb, '$.a') AS a;
                CREATE POLICY p ON t USING (array_sort(ARRAY[1]) IS NOT NULL);
                CREATE FUNCTION f(a uuid DEFAULT uuidv4()) RETURNS int LANGUAGE sql AS 'SELECT 1';
                """);

        assertThat(missing(source, 18)).isEmpty();
        assertThat(missing(source, 15))
                .containsExactlyInAnyOrder(
                        "DEFAULT of public.t.id uses uuidv7",
                        "FUNCTION public.f(uuid) uses uuidv4",
                        "INDEX public.i uses uuid_extract_version",
                        "MATERIALIZED VIEW public.m uses SQL/JSON",
                        "POLICY p of public.t uses array_sort",
                        "VIEW public.j uses IS JSON",
                        "VIEW public.j uses SQL/JSON",
                        "VIEW public.j uses random",
                        "VIEW public.v uses any_value");
        assertThat(missing(source, 13)).hasSize(10).contains("CONSTRAINT t_at_check of public.t uses date_bin");
    }

    private static List<String> missing(PostgresDatabase source, int major) throws SQLException {
        try (Connection from = Replay.connect(source);
                Connection to = Replay.connect(TestDatabase.empty(major))) {
            Replay.reader(from, major);
            return BuiltIns.missing(from, to, "target").stream()
                    .map(problem -> problem.replaceFirst(", which target is too old for.*", ""))
                    .toList();
        }
    }

    private static List<String> uncarried(PostgresDatabase database, int targetMajor) throws SQLException {
        try (Connection connection = Replay.connect(database)) {
            CatalogReader reader = Replay.reader(connection, targetMajor);
            reader.contents();
            return reader.uncarried();
        }
    }

    private static List<String> problems(Contents contents, int major) throws SQLException {
        try (Connection connection = Replay.connect(TestDatabase.empty(major))) {
            return Requirements.problems(contents, connection, "target");
        }
    }
}
