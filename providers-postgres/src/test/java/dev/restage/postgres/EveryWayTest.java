package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.SchemaText;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.database.SnapshotId;
import dev.restage.sandbox.server.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes each of the four ways arrives as the real pg_dump and pg_restore bring it: servers of different versions write
 * some definitions differently, whoever made them. All things all ways with {@code -Drestage.every=true}.
 */
class EveryWayTest {

    private static final String FIXTURES = System.getProperty("restage.fixtures", "");
    private static final boolean EVERY = Boolean.getBoolean("restage.every");
    private static final int NEWEST = 18;
    private static final Map<String, PostgresDatabase> LOADED = new HashMap<>();

    @TempDir
    Path home;

    /** From a server of one version to one of another or the same. */
    record Versions(int from, int to) {}

    /** Into a server of a version, from an archive itself or from one that was made of it. */
    record Arrival(boolean repacked, int to) {}

    static Stream<Arguments> fixtures() {
        return combined(
                List.of("wagtail/bakery.sql", "postgres/pagila.sql", "postgres/chinook.sql", "postgres/northwind.sql"),
                List.of(new Versions(15, 18), new Versions(18, 18), new Versions(15, 15)));
    }

    static Stream<Arguments> archives() {
        return combined(
                List.of(
                        "pagila-v1.14",
                        "small-v1.14-gzip",
                        "small-v1.14-no-offsets",
                        "small-v1.14-none",
                        "small-v1.15-gzip",
                        "small-v1.16-gzip",
                        "small-v1.16-lz4",
                        "small-v1.16-none",
                        "small-v1.16-zstd"),
                List.of(new Arrival(false, 18), new Arrival(true, 15), new Arrival(true, 18), new Arrival(false, 15)));
    }

    /**
     * Each thing with one way, by turns, so that each of both occurs: what goes wrong with one thing or one way alone is
     * found by that. What only a certain pair can show is found with {@code -Drestage.every=true}.
     */
    private static Stream<Arguments> combined(List<String> things, List<? extends Record> ways) {
        return IntStream.range(0, things.size() * ways.size())
                .filter(i -> EVERY || i / ways.size() % ways.size() == i % ways.size())
                .mapToObj(i -> Arguments.of(things.get(i / ways.size()), ways.get(i % ways.size())));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aDatabaseArrivesWhole(String fixture, Versions versions) throws Exception {
        assumeTrue(!FIXTURES.isEmpty(), "no fixtures: set restage.fixtures");
        TestDatabases databases = new TestDatabases(home);
        int to = versions.to();
        PostgresDatabase made = loaded(fixture, versions.from());
        PostgresDatabase expected = versions.from() == to ? made : dumped(made, to);
        dev.restage.postgres.PostgresDatabase source = databases.open(made);
        PostgresDatabase copied = TestDatabases.made(TestServers.ofVersion(to));
        PostgresDatabase restored = TestDatabases.made(TestServers.ofVersion(to));
        PostgresDatabase unpacked = TestDatabases.made(TestServers.ofVersion(to));

        databases.open(copied).copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);
        SnapshotId snapshot = source.capture(Progress.NONE).id();
        databases.open(restored).restore(snapshot, Progress.NONE);
        databases.open(restored).restore(snapshot, Progress.NONE);
        assertThat(databases.open(restored).restored()).contains(snapshot);
        databases.open(unpacked).copyFrom(repacked(source), TestDatabases.UNMASKED, Progress.NONE);

        assertEqual(List.of(copied, restored, unpacked), expected, made);
    }

    @ParameterizedTest
    @MethodSource("archives")
    void anArchiveArrivesWhole(String archive, Arrival arrival) throws Exception {
        assumeTrue(!FIXTURES.isEmpty(), "no fixtures: set restage.fixtures");
        TestDatabases databases = new TestDatabases(home);
        Path file = Path.of(FIXTURES, "postgres", "archives", archive + ".dump");
        PostgresDatabase expected = unpacked(file, arrival.to());
        PostgresDatabase arrived = made(arrival.to());
        PostgresArchive source = PostgresArchive.of(file, Clock.systemUTC());

        databases
                .open(arrived)
                .copyFrom(arrival.repacked() ? repacked(source) : source, TestDatabases.UNMASKED, Progress.NONE);

        assertEqual(List.of(arrived), expected, expected);
    }

    /** An archive made from an archive. */
    private PostgresArchive repacked(dev.restage.provider.database.Dataset source) {
        PostgresArchive first = PostgresArchive.of(home.resolve("first.dump"), Clock.systemUTC());
        PostgresArchive second = PostgresArchive.of(home.resolve("second.dump"), Clock.systemUTC());
        first.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);
        second.copyFrom(first, TestDatabases.UNMASKED, Progress.NONE);
        return second;
    }

    /** What the newest pg_restore makes, but for a setting that older servers do not know. */
    private PostgresDatabase unpacked(Path archive, int to) throws SQLException, IOException {
        ClientPrograms programs = ClientPrograms.atLeast(NEWEST);
        Path script = home.resolve("unpacked.sql");
        Files.writeString(
                script,
                programs.read(archive, "-f", "-", "--no-owner", "--no-privileges", "--no-publications")
                        .replace("SET transaction_timeout = 0;\n", ""));
        PostgresDatabase database = made(to);
        programs.psql(database, script);
        return database;
    }

    /** Read only by these tests, so each is loaded once. */
    private static PostgresDatabase loaded(String fixture, int major) throws SQLException, IOException {
        synchronized (LOADED) {
            String key = fixture + " " + major;
            PostgresDatabase database = LOADED.get(key);
            if (database == null) {
                database = TestDatabases.made(TestServers.ofVersion(major), Path.of(FIXTURES, fixture));
                LOADED.put(key, database);
            }
            return database;
        }
    }

    private PostgresDatabase dumped(PostgresDatabase source, int to) {
        ClientPrograms programs = ClientPrograms.atLeast(NEWEST);
        PostgresDatabase database = TestDatabases.made(TestServers.ofVersion(to));
        Path script = home.resolve("dumped.sql");
        programs.dump(source, "--no-owner", "--no-privileges", "-f", script.toString());
        programs.psql(database, script);
        return database;
    }

    private static PostgresDatabase made(int major) throws SQLException {
        PostgresDatabase database = TestDatabases.made(TestServers.ofVersion(major));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    DO $$ BEGIN
                        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'appuser') THEN CREATE ROLE appuser; END IF;
                    END $$""");
        }
        return database;
    }

    private static void assertEqual(List<PostgresDatabase> arrived, PostgresDatabase expected, PostgresDatabase rows)
            throws SQLException {
        List<String> schema = schema(expected);
        Map<String, String> sums = sums(rows);
        for (PostgresDatabase one : arrived) {
            assertThat(schema(one)).containsExactlyElementsOf(schema);
            assertThat(sums(one)).isEqualTo(sums);
        }
    }

    /** Without the schema of the marker, which a database that was filled has besides. */
    private static List<String> schema(PostgresDatabase database) {
        return SchemaText.of(
                        database,
                        ClientPrograms.atLeast(NEWEST),
                        "--no-owner",
                        "--no-privileges",
                        "--exclude-schema=restage")
                .lines()
                .toList();
    }

    private static Map<String, String> sums(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return RowSums.of(connection);
        }
    }
}
