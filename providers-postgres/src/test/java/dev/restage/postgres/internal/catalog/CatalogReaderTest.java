package dev.restage.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.SchemaText;
import dev.restage.postgres.testing.TestServers;
import dev.restage.sandbox.server.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogReaderTest {

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void everyKindOfRelationIsMadeAgain(int major) throws SQLException, IOException {
        copyIsEqual(major, major, TestDatabase.statements("relations.sql", major));
    }

    @ParameterizedTest
    @CsvSource({"13, 17", "15, 18", "17, 18"})
    void relationsMoveToANewerServer(int from, int to) throws SQLException, IOException {
        copyIsEqual(from, to, TestDatabase.statements("relations.sql", from));
    }

    @ParameterizedTest
    @CsvSource({"18, 17", "17, 15"})
    void relationsOfAnOlderVersionMoveToAnOlderServer(int from, int to) throws SQLException, IOException {
        PostgresDatabase source =
                TestDatabase.filled(TestDatabase.empty(from), TestDatabase.statements("relations.sql", 13));
        PostgresDatabase target = TestDatabase.empty(to);

        Replay.make(Replay.read(source, to), source, target);

        assertThat(sums(target)).isEqualTo(sums(source));
    }

    @ParameterizedTest
    @CsvSource({
        "15, postgres/pagila.sql",
        "18, postgres/pagila.sql",
        "15, postgres/chinook.sql",
        "18, postgres/chinook.sql",
        "15, postgres/northwind.sql",
        "18, postgres/northwind.sql",
        "15, wagtail/bakery.sql",
        "18, wagtail/bakery.sql"
    })
    void knownSchemasAreMadeAgain(int major, String file) throws SQLException, IOException {
        String fixtures = System.getProperty("restage.fixtures", "");
        assumeFalse(fixtures.isEmpty(), "no fixtures: set restage.fixtures");
        copyIsEqual(major, major, Files.readString(Path.of(fixtures, file)));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void entriesComeInAnOrderInWhichTheyCanBeMade(int major) throws SQLException {
        Contents contents = Replay.read(relations(major), major);

        Set<Integer> made = new HashSet<>();
        Section section = Section.PRE_DATA;
        for (Entry entry : contents.entries()) {
            assertThat(made).as(entry.name()).containsAll(entry.dependencies());
            made.add(entry.id());
            if (entry.section() != Section.NONE) {
                assertThat(entry.section()).as(entry.name()).isGreaterThanOrEqualTo(section);
                section = entry.section();
            }
        }
        assertThat(contents.tables())
                .extracting(table -> table.entry().id())
                .containsExactlyElementsOf(contents.entries().stream()
                        .filter(entry -> entry.kind().equals(Entry.TABLE_DATA))
                        .map(Entry::id)
                        .toList());
    }

    @Test
    void theWholeCatalogTakesLessThanFortyQueriesInAFewRoundTrips() throws SQLException {
        Tally tally = new Tally();
        try (Connection connection = Replay.connect(relations(TestServers.BUNDLED))) {
            Replay.reader(tally.of(connection), TestServers.BUNDLED).contents();
        }

        assertThat(tally.results()).isLessThan(40);
        assertThat(tally.roundTrips()).isLessThan(12);
    }

    @Test
    void anOwnerWhoIsNoSuperuserReadsAllOfItsDatabase() throws SQLException {
        PostgresDatabase database = TestDatabase.filled(
                TestDatabase.owned(TestServers.BUNDLED),
                "CREATE TABLE t (id serial PRIMARY KEY, v text); CREATE MATERIALIZED VIEW m AS SELECT v FROM t");

        assertThat(Replay.names(Replay.read(database, TestServers.BUNDLED)))
                .contains("TABLE public.t", "SEQUENCE SET public.t_id_seq", "MATERIALIZED VIEW DATA public.m");
    }

    @Test
    void whatNoOrderOfStatementsMakesIsReported() throws SQLException {
        PostgresDatabase database = TestDatabase.filled(
                TestDatabase.owned(TestServers.BUNDLED),
                "CREATE VIEW v AS SELECT 1 AS a; CREATE OR REPLACE VIEW v AS SELECT a FROM v");

        assertThat(uncarried(database, TestServers.BUNDLED)).containsExactly("VIEW public.v selects from itself");
    }

    @Test
    void whatAnOlderTargetDoesNotKnowIsReported() throws SQLException {
        PostgresDatabase database = TestDatabase.filled(TestDatabase.owned(18), """
                CREATE TABLE t (a integer NOT NULL, b integer GENERATED ALWAYS AS (a) VIRTUAL,
                    CONSTRAINT c CHECK (a > 0) NOT ENFORCED);
                CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;
                """);

        assertThat(uncarried(database, 18)).isEmpty();
        assertThat(uncarried(database, 15))
                .containsExactly(
                        "COLUMN public.t.b needs PostgreSQL 18: GENERATED VIRTUAL",
                        "CONSTRAINT c on public.t needs PostgreSQL 18: NOT ENFORCED");
        assertThat(uncarried(database, 14)).contains("INDEX public.i needs PostgreSQL 15: NULLS NOT DISTINCT");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void subscriptionsAreListedForAnOwnerWhoMayNotReadThem(int major) throws SQLException {
        PostgresDatabase database = TestDatabase.owned(major);
        TestDatabase.filled(
                TestServers.ofVersion(major).asSuperuser(database.name()),
                "CREATE SUBSCRIPTION %s CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p WITH (connect = false, slot_name = NONE)"
                        .formatted(database.name()));

        assertThat(Replay.names(Replay.read(database, major))).contains("SUBSCRIPTION " + database.name());
    }

    @Test
    void theMarkerOfRestageIsNoPartOfADatabase() throws SQLException {
        PostgresDatabase database = TestDatabase.filled(
                TestDatabase.owned(TestServers.BUNDLED),
                "CREATE SCHEMA restage; COMMENT ON SCHEMA restage IS 'filled'");

        assertThat(Replay.names(Replay.read(database, TestServers.BUNDLED)))
                .noneMatch(name -> name.contains("restage"));
        assertThat(uncarried(database, TestServers.BUNDLED)).isEmpty();
    }

    @Test
    void whatOthersKeepInTheSchemaOfTheMarkerIsReported() throws SQLException {
        PostgresDatabase database = TestDatabase.filled(
                TestDatabase.owned(TestServers.BUNDLED),
                "CREATE SCHEMA restage; CREATE TABLE restage.plans (a integer); CREATE TYPE restage.mood AS ENUM ()");

        assertThat(uncarried(database, TestServers.BUNDLED))
                .containsExactly("SCHEMA restage is for the marker of Restage alone,"
                        + " so what is in it (table restage.plans, type restage.mood)");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void whatIsOfAKindThatNobodyReadsIsReported(int major) throws SQLException {
        PostgresDatabase database = TestDatabase.filled(TestDatabase.empty(major), """
                SET allow_system_table_mods = on;
                INSERT INTO pg_depend
                SELECT 'pg_database'::regclass, oid, 0, 'pg_namespace'::regclass, 'public'::regnamespace, 0, 'n'
                FROM pg_database WHERE datname = current_database();
                """);

        assertThat(uncarried(database, major))
                .singleElement()
                .asString()
                .startsWith("DATABASE " + database.name() + " is of a kind that is not known here");
    }

    private static void copyIsEqual(int from, int to, String sql) throws SQLException, IOException {
        PostgresDatabase source = TestDatabase.filled(TestDatabase.empty(from), sql);
        PostgresDatabase target = TestDatabase.empty(to);

        Replay.make(Replay.read(source, to), source, target);

        assertThat(sums(target)).isEqualTo(sums(source));
        ClientPrograms programs = from == to ? ClientPrograms.atLeast(to) : ClientPrograms.ofVersion(to);
        PostgresDatabase expected = from == to ? source : restored(source, to, programs);
        assertThat(schema(target, programs)).isEqualTo(schema(expected, programs));
    }

    /** What the real programs make of a database on another server: versions write queries of views differently. */
    private static PostgresDatabase restored(PostgresDatabase source, int to, ClientPrograms programs)
            throws IOException {
        PostgresDatabase restored = TestDatabase.empty(to);
        Path file = Files.createTempFile("restage-", ".sql");
        try {
            programs.dump(source, "--no-owner", "--no-privileges", "-f", file.toString());
            programs.psql(restored, file);
        } finally {
            Files.delete(file);
        }
        return restored;
    }

    private static List<String> uncarried(PostgresDatabase database, int targetMajor) throws SQLException {
        try (Connection connection = Replay.connect(database)) {
            CatalogReader reader = Replay.reader(connection, targetMajor);
            reader.contents();
            return reader.uncarried();
        }
    }

    private static PostgresDatabase relations(int major) throws SQLException {
        return TestDatabase.filled(TestDatabase.empty(major), TestDatabase.statements("relations.sql", major));
    }

    private static List<String> schema(PostgresDatabase database, ClientPrograms programs) {
        return SchemaText.of(database, programs, "--no-owner", "--no-privileges")
                .lines()
                .toList();
    }

    private static Object sums(PostgresDatabase database) throws SQLException {
        try (Connection connection = Replay.connect(database)) {
            return RowSums.of(connection);
        }
    }
}
