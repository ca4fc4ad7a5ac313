package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas whose functions look up names and tables: what pg_restore cannot bring over, or only with luck. */
class FunctionsInSchemasTest {

    private static final String[] TOWNS = {
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
        "REFRESH MATERIALIZED VIEW names"
    };

    private static final String[] ZONES = {
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
        "INSERT INTO heir VALUES ('z3', 3)",
        "CREATE TABLE item (id int)",
        "INSERT INTO item SELECT generate_series(1, 10)",
        "CREATE MATERIALIZED VIEW zz AS SELECT count(*) AS n FROM item",
        "CREATE FUNCTION all_zz() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT n FROM public.zz); END'",
        "CREATE MATERIALIZED VIEW mm AS SELECT all_zz() AS n",
        "CREATE UNIQUE INDEX ON mm (n)",
        "CREATE FUNCTION all_mm() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT n FROM public.mm); END'",
        "CREATE VIEW through AS SELECT all_mm() AS n",
        "CREATE MATERIALIZED VIEW aa AS SELECT n FROM through"
    };

    /** Each way with each version; some of them, in which each occurs, otherwise. */
    private static final boolean EVERY = Boolean.getBoolean("restage.every");

    private static PostgresDatabase towns;
    private static PostgresDatabase zones;

    @TempDir
    Path home;

    private TestDatabases databases;

    @BeforeAll
    static void make() throws SQLException {
        towns = made(TestServers.ofVersion(15), TOWNS);
        zones = made(TestDatabases.server(), ZONES);
    }

    @BeforeEach
    void prepare() {
        databases = new TestDatabases(home);
    }

    static Stream<Arguments> waysOfOlder() {
        Stream<Arguments> some =
                Stream.of(arguments(Way.IN_PLACE, 18), arguments(Way.ARCHIVE, 18), arguments(Way.PG_DUMP, 15));
        return EVERY ? Stream.concat(some, Stream.of(arguments(Way.IN_PLACE, 15), arguments(Way.PG_DUMP, 18))) : some;
    }

    static Stream<Way> ways() {
        return EVERY ? Stream.of(Way.values()) : Stream.of(Way.BESIDE, Way.ARCHIVE, Way.PG_DUMP);
    }

    @ParameterizedTest
    @MethodSource("waysOfOlder")
    void functionsWithoutAPathFindWhatTheyNameWhileTheyFillIndexesAndColumns(Way way, int to) throws Exception {
        dev.restage.postgres.PostgresDatabase target =
                databases.open(TestServers.ofVersion(to).createDatabase(name()));

        copy(way, towns, target);

        assertThat(TestDatabases.all(
                        target,
                        "SELECT sorted FROM town WHERE f_unaccent(name) = 'Zurich 7'"
                                + " UNION ALL SELECT 'view: ' || name FROM names WHERE id = 7"
                                + " UNION ALL SELECT 'path: ' || proname FROM pg_proc WHERE proconfig IS NOT NULL"))
                .containsExactly("Zurich 7", "view: Zurich 7", "path: own");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void checksThatLookIntoOtherTablesAndViewsThatReadEachOtherComeInAnOrderThatWorks(Way way) throws Exception {
        Dataset from = way.from(zones, databases, home);

        dev.restage.postgres.PostgresDatabase target = way.copied(from, databases, options(Map.of(), 1));

        assertThat(checks(target)).isEqualTo(checks(databases.open(zones))).hasSizeGreaterThan(8);
        assertThat(TestDatabases.all(target, "SELECT 'aa ' || n FROM aa UNION ALL SELECT 'mm ' || n FROM mm"))
                .containsExactly("aa 10", "mm 10");
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

    @Test
    void aPathThatTheDatabaseHasIsTheOneThatCounts() throws Exception {
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

        for (Way way : List.of(Way.IN_PLACE, Way.ARCHIVE, Way.PG_DUMP)) {
            dev.restage.postgres.PostgresDatabase target =
                    databases.open(TestServers.ofVersion(15).createDatabase(name()));

            copy(way, source, target);

            assertThat(TestDatabases.one(target, "SELECT nentry FROM app.counted WHERE word = 'be'"))
                    .as(way.name())
                    .isEqualTo("2");
            assertThat(TestDatabases.one(
                            target, "SELECT count(*) FROM pg_index WHERE indrelid = 'words.doc'::regclass"))
                    .as(way.name())
                    .isEqualTo("1");
        }
    }

    @Test
    void viewsOfForeignTablesWhoseUserMappingStaysBehindAreNotFilledAndNamed() throws Exception {
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
        for (Way way : List.of(Way.BESIDE, Way.PG_DUMP)) {
            Dataset from = way.from(source, databases, home);
            dev.restage.postgres.PostgresDatabase target = databases.open(TestDatabases.made(TestDatabases.server()));

            assertThat(target.checkCopy(from, TestDatabases.UNMASKED).notes())
                    .as(way.name())
                    .anyMatch(note -> note.contains("MATERIALIZED VIEW public.by_view"));
            target.copyFrom(from, TestDatabases.UNMASKED, Progress.NONE);

            assertThat(TestDatabases.all(target, "SELECT relname FROM pg_class WHERE relkind = 'm' AND relispopulated"))
                    .as(way.name())
                    .containsExactly("own");
        }
    }

    private void copy(Way way, PostgresDatabase source, dev.restage.postgres.PostgresDatabase target) {
        Dataset from = way.from(source, databases, home);
        assertThat(target.checkCopy(from, TestDatabases.UNMASKED).problems()).isEmpty();
        target.copyFrom(from, TestDatabases.UNMASKED, Progress.NONE);
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
