package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that copies is killed at random moments. A second run always ends in the same database. More moments with
 * {@code -Drestage.kills=N}, others with {@code -Drestage.seed=N}.
 */
class KilledCopyTest {

    /** Often enough to see each state, and not all that a core can do. */
    private static final long PAUSE_NANOS = 20_000_000;

    private static final int MOMENTS = Integer.getInteger("restage.kills", 2);
    private static final long SEED = Long.getLong("restage.seed", 4711);
    private static final String REAL = "@real.test";

    @TempDir
    Path home;

    private enum Way {
        BESIDE,
        IN_PLACE
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aSecondRunEndsInTheSameDatabaseAndNoReaderEverSeesHalfOfItOrAnUnmaskedRow(Way way) throws Exception {
        PostgresServer server = TestServers.ofVersion(TestServers.BUNDLED);
        PostgresDatabase source = server.createDatabase(name());
        PostgresDatabase target = server.createDatabase(name());
        if (way == Way.BESIDE) {
            try (Connection connection = server.connectAsSuperuser("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("ALTER ROLE %s CREATEDB".formatted(target.user()));
            }
        }
        execute(
                source,
                "CREATE TABLE a_first(id int PRIMARY KEY, email text)",
                "INSERT INTO a_first SELECT i, 'ada' || i || '" + REAL + "' FROM generate_series(1, 8000) i",
                "CREATE TABLE b_last(id int PRIMARY KEY REFERENCES a_first, email text UNIQUE)",
                "INSERT INTO b_last SELECT * FROM a_first",
                "CREATE INDEX ON a_first (lower(email))");
        execute(target, "CREATE TABLE old AS SELECT generate_series(1, 1000) AS i");
        dev.restage.postgres.PostgresDatabase from = open(source);
        dev.restage.postgres.PostgresDatabase to = open(target);
        long start = System.nanoTime();
        to.copyFrom(from, KilledCopy.MASKED, Progress.NONE);
        long duration = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Map<String, String> expected = sums(target);
        Set<String> seen = new ConcurrentSkipListSet<>();
        AtomicBoolean stop = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                try (Connection connection = target.connect()) {
                    while (!stop.get()) {
                        seen.add(look(connection));
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                } catch (SQLException e) {
                    // Ended by the copy, as all that have the database open.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        });
        reader.setDaemon(true);
        reader.start();
        Random random = new Random(SEED);

        for (int i = 0; i < MOMENTS; i++) {
            execute(target, "DROP TABLE IF EXISTS b_last", "DROP TABLE a_first", "CREATE TABLE old()");
            kill(source, target, random.nextLong(duration * 2));
            assertThat(look(target)).isIn("old", "incomplete", "new");

            to.copyFrom(from, KilledCopy.MASKED, Progress.NONE);

            assertThat(sums(target)).isEqualTo(expected);
            assertThat(look(target)).isEqualTo("new");
        }
        stop.set(true);
        reader.join();
        assertThat(seen).isSubsetOf("old", "incomplete", "new");
        assertThat(databases(server, target)).hasSize(way == Way.BESIDE ? 2 : 1);
    }

    private void kill(PostgresDatabase source, PostgresDatabase target, long afterMillis)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledCopy.class.getName(),
                        source.host(),
                        Integer.toString(source.port()),
                        home.toString(),
                        source.name(),
                        source.user(),
                        source.password(),
                        target.name(),
                        target.user(),
                        target.password())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo(KilledCopy.BEGINS);
            process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** What a reader sees at one moment. */
    private static String look(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            return state(statement);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static String look(PostgresDatabase target) throws SQLException {
        try (Connection connection = target.connect()) {
            return look(connection);
        }
    }

    private static String state(Statement statement) throws SQLException {
        String marker = one(
                statement, "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'restage'");
        if (marker.startsWith("incomplete")) {
            return one(statement, "SELECT to_regclass('a_first')").isEmpty()
                            || one(statement, "SELECT count(*) FROM a_first WHERE email LIKE '%" + REAL + "'")
                                    .equals("0")
                    ? "incomplete"
                    : "unmasked";
        }
        if (!one(statement, "SELECT to_regclass('old')").isEmpty()
                || one(statement, "SELECT to_regclass('b_last')").isEmpty()) {
            return "old";
        }
        String rows = one(
                statement, "SELECT count(*) || ' ' || count(*) FILTER (WHERE email LIKE '%" + REAL + "') FROM b_last");
        return rows.equals("8000 0") ? "new" : "half: " + rows;
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            String found = row.next() ? row.getString(1) : null;
            return found == null ? "" : found;
        }
    }

    private static List<String> databases(PostgresServer server, PostgresDatabase target) throws SQLException {
        try (Connection connection = server.connectAsSuperuser("postgres")) {
            return new dev.restage.postgres.internal.session.Query(connection)
                    .list(
                            "SELECT datname FROM pg_database WHERE datname LIKE '%s%%'".formatted(target.name()),
                            row -> row.getString(1));
        }
    }

    private static Map<String, String> sums(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return RowSums.of(connection);
        }
    }

    private static void execute(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private dev.restage.postgres.PostgresDatabase open(PostgresDatabase made) {
        return dev.restage.postgres.PostgresDatabase.of(
                new ConnectionSpec(
                        made.host(), made.port(), made.name(), made.user(), Secret.of(made.password()), "disable"),
                Variables.of(Map.of("RESTAGE_HOME", home.toString())));
    }

    private static String name() {
        return "killed_" + UUID.randomUUID().toString().substring(0, 8);
    }
}
