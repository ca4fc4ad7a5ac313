package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.Dataset;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Schemas whose functions look up names and tables: what pg_restore cannot bring over, or only with luck. */
class FunctionsInSchemasTest {

    @TempDir
    Path home;

    private TestDatabases databases;

    @BeforeEach
    void prepare() {
        databases = new TestDatabases(home);
    }

    @ParameterizedTest
    @CsvSource({"IN_PLACE, 15", "IN_PLACE, 18", "ARCHIVE, 18", "PG_DUMP, 15", "PG_DUMP, 18"})
    void functionsWithoutAPathFindWhatTheyNameWhileTheyFillIndexesAndColumns(Way way, int to) throws Exception {
        PostgresDatabase source = made(
                TestServers.ofVersion(15),
                "CREATE EXTENSION unaccent",
                "CREATE SCHEMA app",
                "CREATE FUNCTION f_unaccent(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT unaccent($1)'",
                "CREATE FUNCTION app.plain(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN f_unaccent($1); END'",
                "CREATE FUNCTION app.own(text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path TO public AS 'SELECT f_unaccent($1)'",
                "CREATE FUNCTION is_plain(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT unaccent($1) IS NOT NULL'",
                "CREATE TABLE town (id int PRIMARY KEY, name text CHECK (is_plain(name)),"
                        + " sorted text GENERATED ALWAYS AS (app.plain(name)) STORED)",
                "CREATE INDEX town_sorted ON town (f_unaccent(name))",
                "CREATE INDEX town_own ON town (app.own(name))",
                "CREATE STATISTICS town_guess ON (f_unaccent(name)), id FROM town",
                "CREATE MATERIALIZED VIEW names AS SELECT id, f_unaccent(name) AS name FROM town",
                "INSERT INTO town SELECT i, 'Zürich ' || i FROM generate_series(1, 100) i",
                "REFRESH MATERIALIZED VIEW names");
        dev.restage.postgres.PostgresDatabase target = copied(way, source, to);

        assertThat(TestDatabases.one(target, "SELECT sorted FROM town WHERE f_unaccent(name) = 'Zurich 7'"))
                .isEqualTo("Zurich 7");
        assertThat(TestDatabases.one(target, "SELECT name FROM names WHERE id = 7"))
                .isEqualTo("Zurich 7");
        assertThat(TestDatabases.all(target, "SELECT proname FROM pg_proc WHERE proconfig IS NOT NULL"))
                .containsExactly("own");
    }

    @Test
    void aPartOfTheRowsOfATableWithSuchAnIndexCanBeRead() throws Exception {
        PostgresDatabase source = made(
                TestServers.ofVersion(15),
                "CREATE EXTENSION unaccent",
                "CREATE FUNCTION f_unaccent(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT unaccent($1)'",
                "CREATE TABLE town (id int PRIMARY KEY, name text, kind regclass)",
                "CREATE TABLE street (id int PRIMARY KEY, town int REFERENCES town, name text)",
                "CREATE INDEX ON street (f_unaccent(name))",
                "INSERT INTO town SELECT i, 'Zürich ' || i, 'town' FROM generate_series(1, 10) i",
                "INSERT INTO street SELECT i, i % 10 + 1, 'Straße ' || i FROM generate_series(1, 100) i");

        dev.restage.postgres.PostgresDatabase target =
                Way.IN_PLACE.copied(databases.open(source), databases, options(Map.of("town", "id <= 5"), 0));

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM street WHERE f_unaccent(name) LIKE 'Strasse %'"))
                .isEqualTo("50");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aPathThatTheDatabaseHasIsTheOneThatCounts(Way way) throws Exception {
        PostgresDatabase source = made(
                TestServers.ofVersion(15),
                "CREATE SCHEMA app",
                "CREATE SCHEMA words",
                "CREATE TABLE words.doc (body text)",
                "INSERT INTO words.doc VALUES ('to be or not to be')",
                "CREATE FUNCTION words.loud(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper($1)'",
                "SET search_path TO public, words",
                "CREATE FUNCTION app.shout(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT loud($1)'",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path TO public, words', current_database()); END $$",
                "CREATE INDEX ON words.doc (app.shout(body))",
                "CREATE MATERIALIZED VIEW app.counted AS SELECT word, nentry FROM ts_stat('SELECT to_tsvector(''simple'', body) FROM doc')");

        dev.restage.postgres.PostgresDatabase target = copied(way, source, 15);

        assertThat(TestDatabases.one(target, "SELECT nentry FROM app.counted WHERE word = 'be'"))
                .isEqualTo("2");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_index WHERE indrelid = 'words.doc'::regclass"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void checksThatLookIntoOtherTablesComeAfterTheRows(Way way) throws Exception {
        PostgresDatabase source = made(
                TestDatabases.server(),
                "CREATE TABLE zone (code text PRIMARY KEY)",
                "CREATE FUNCTION is_zone(text) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT FROM public.zone WHERE code = $1)'",
                "CREATE FUNCTION zones() RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN (SELECT count(*) FROM public.zone); END'",
                "CREATE FUNCTION must_have(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN"
                        + " IF NOT public.is_zone($1) THEN RAISE EXCEPTION ''no zone %'', $1; END IF; RETURN $1; END'",
                "CREATE DOMAIN zoned AS text CHECK (VALUE <> '') CONSTRAINT known CHECK (is_zone(VALUE))",
                "INSERT INTO zone SELECT 'z' || i FROM generate_series(1, 50) i",
                "CREATE TABLE area (\"Code, x\" text DEFAULT 'a(,', CONSTRAINT \"known; zone\" CHECK (is_zone(\"Code, x\") AND zones() > 0),"
                        + " CHECK (\"Code, x\" <> ''))",
                "INSERT INTO area SELECT code FROM zone",
                "CREATE TABLE district (a int, code zoned, CHECK (zones() > 0) NO INHERIT, again text)",
                "INSERT INTO district SELECT 1, code FROM zone",
                "CREATE INDEX ON district (must_have(code))",
                "CREATE TABLE part (code text, CONSTRAINT of_zone CHECK (is_zone(code))) PARTITION BY LIST (code)",
                "CREATE TABLE part_1 PARTITION OF part FOR VALUES IN ('z1')",
                "CREATE TABLE part_2 PARTITION OF part DEFAULT",
                "INSERT INTO part SELECT code FROM zone",
                "CREATE TABLE heir (more int) INHERITS (area)",
                "INSERT INTO heir VALUES ('z3', 3)");
        Dataset from = way.from(source, databases, home);

        dev.restage.postgres.PostgresDatabase target = way.copied(from, databases, options(Map.of(), 1));

        assertThat(checks(target)).isEqualTo(checks(databases.open(source))).hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void materializedViewsThatReadEachOtherThroughFunctionsAreFilledInSomeOrder(Way way) throws Exception {
        PostgresDatabase source = made(
                TestDatabases.server(),
                "CREATE TABLE item (id int)",
                "INSERT INTO item SELECT generate_series(1, 10)",
                "CREATE MATERIALIZED VIEW zz AS SELECT count(*) AS n FROM item",
                "CREATE FUNCTION all_zz() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT n FROM public.zz); END'",
                "CREATE MATERIALIZED VIEW mm AS SELECT all_zz() AS n",
                "CREATE UNIQUE INDEX ON mm (n)",
                "CREATE FUNCTION all_mm() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT n FROM public.mm); END'",
                "CREATE VIEW through AS SELECT all_mm() AS n",
                "CREATE MATERIALIZED VIEW aa AS SELECT n FROM through");
        Dataset from = way.from(source, databases, home);

        dev.restage.postgres.PostgresDatabase target = way.copied(from, databases, TestDatabases.UNMASKED);

        assertThat(TestDatabases.one(target, "SELECT n FROM aa")).isEqualTo("10");
        assertThat(TestDatabases.one(target, "SELECT n FROM mm")).isEqualTo("10");
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"IN_PLACE", "BESIDE", "PG_DUMP"})
    void viewsOfForeignTablesWhoseUserMappingStaysBehindAreNotFilledAndNamed(Way way) throws Exception {
        PostgresDatabase elsewhere =
                made(TestDatabases.server(), "CREATE TABLE far (id int)", "INSERT INTO far VALUES (7)");
        PostgresDatabase source = TestDatabases.made(TestDatabases.server());
        run(
                source,
                "CREATE EXTENSION postgres_fdw",
                "CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '%s', port '%d', dbname '%s')"
                        .formatted(elsewhere.host(), elsewhere.port(), elsewhere.name()),
                "CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere OPTIONS (user '%s', password '%s')"
                        .formatted(elsewhere.user(), elsewhere.password()),
                "CREATE FOREIGN TABLE far (id int) SERVER elsewhere",
                "CREATE VIEW near AS SELECT id FROM far",
                "CREATE MATERIALIZED VIEW by_view AS SELECT id FROM near",
                "CREATE MATERIALIZED VIEW own AS SELECT 1 AS id");
        Dataset from = way.from(source, databases, home);
        dev.restage.postgres.PostgresDatabase target = databases.open(TestDatabases.made(TestDatabases.server()));

        assertThat(target.checkCopy(from, TestDatabases.UNMASKED).notes())
                .anyMatch(note -> note.contains("MATERIALIZED VIEW public.by_view"));
        target.copyFrom(from, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.all(target, "SELECT relname FROM pg_class WHERE relkind = 'm' AND relispopulated"))
                .containsExactly("own");
    }

    private dev.restage.postgres.PostgresDatabase copied(Way way, PostgresDatabase source, int to) throws SQLException {
        dev.restage.postgres.PostgresDatabase target =
                databases.open(TestServers.ofVersion(to).createDatabase(name()));
        Dataset from = way.from(source, databases, home);
        assertThat(target.checkCopy(from, TestDatabases.UNMASKED).problems()).isEmpty();
        target.copyFrom(from, TestDatabases.UNMASKED, Progress.NONE);
        return target;
    }

    private static String name() {
        return "fun_" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static CopyOptions options(Map<String, String> where, int workers) {
        CopyOptions all = TestDatabases.UNMASKED;
        return new CopyOptions(
                all.policy(),
                all.key(),
                all.extras(),
                all.withoutRows(),
                List.of(),
                where,
                all.storage(),
                workers,
                all.proof(),
                CopyOptions.Orphans.REFUSE,
                null,
                Map.of());
    }

    private static List<String> checks(dev.restage.postgres.PostgresDatabase database) throws SQLException {
        return TestDatabases.all(
                database,
                "SELECT concat_ws(' ', conrelid::regclass, contypid::regtype, conname, conislocal, coninhcount, convalidated,"
                        + " pg_get_constraintdef(oid)) FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace ORDER BY 1");
    }

    private static PostgresDatabase made(PostgresServer server, String... statements) throws SQLException {
        PostgresDatabase made = server.createDatabase(name());
        run(made, statements);
        return made;
    }

    private static void run(PostgresDatabase made, String... statements) throws SQLException {
        try (Connection connection = made.connect();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
