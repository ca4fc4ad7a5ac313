package dev.restage.postgres.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveSourceTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BUSY = "CREATE TABLE busy AS SELECT i FROM generate_series(1, 1000) i";

    @Test
    void aTableThatIsDroppedAfterItWasListedIsNotMissed() throws Exception {
        PostgresDatabase database = holding("CREATE TABLE gone(a int)", "CREATE TABLE stays(a int)");

        assertThat(tablesSeenAfter(database, "DROP TABLE gone")).containsExactly("stays [a]");
    }

    @Test
    void aTableThatIsChangedAfterItWasListedIsReadAsItIsThen() throws Exception {
        PostgresDatabase database = holding(BUSY);

        assertThat(tablesSeenAfter(database, "ALTER TABLE busy ADD COLUMN late int"))
                .containsExactly("busy [i, late]");
    }

    @Test
    void aTableThatTakesTheNameOfAnotherAndANewOneAreLockedToo() throws Exception {
        PostgresDatabase database = holding("CREATE TABLE one(a int)", "CREATE TABLE two(b int)");

        assertThat(tablesSeenAfter(
                        database, "DROP TABLE one", "ALTER TABLE two RENAME TO one", "CREATE TABLE three(c int)"))
                .containsExactlyInAnyOrder("one [b]", "three [c]");
    }

    @Test
    void onlyTheSessionThatChangesATableIsNamed() throws Exception {
        PostgresDatabase database = holding("CREATE TABLE t(a int)", "CREATE TABLE read(a int)");
        try (Connection changing = named(database, "migration");
                Connection reading = named(database, "web dyno")) {
            new Query(changing).run("ALTER TABLE t ADD COLUMN b int");
            new Query(reading).list("SELECT a FROM read", row -> row.getInt(1));

            assertThatThrownBy(() -> LiveSource.open(sessions(database), TestServers.BUNDLED))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                    .hasMessageContaining("migration")
                    .hasMessageContaining("public.t")
                    .hasMessageContaining("run again")
                    .hasMessageNotContaining("web dyno");
        }
    }

    @Test
    void aDropThatWaitsForUsDoesNotKeepUsFromReading() throws Exception {
        PostgresDatabase database = holding(BUSY);
        try (Connection dropping = named(database, "dropping")) {
            FutureTask<Boolean> drop = new FutureTask<>(() -> {
                new Query(dropping).run("DROP TABLE busy");
                dropping.commit();
                return true;
            });
            try (LiveSource source = LiveSource.open(sessions(database), TestServers.BUNDLED)) {
                TableData table = source.contents().tables().get(0);
                new Thread(drop).start();
                awaitWaiting(database, "dropping");

                AtomicLong rows = new AtomicLong();
                source.rows(TablePart.whole(table), (buffer, from, length) -> rows.incrementAndGet());

                assertThat(rows).hasValue(1000);
                assertThat(drop.isDone()).isFalse();
            }
            assertThat(drop.get()).isTrue();
        }
    }

    @Test
    void aServerThatCannotLockSoManyTablesIsToldBySetting() throws SQLException {
        try (PostgresServer server = PostgresServer.start(
                dev.restage.sandbox.server.PostgresBinaries.bundled(),
                Map.of("max_locks_per_transaction", "10", "max_connections", "20"))) {
            PostgresDatabase database = server.createDatabase("many");
            run(
                    database,
                    "DO $$ BEGIN FOR i IN 1..40 LOOP FOR j IN 1..100 LOOP EXECUTE format('CREATE TABLE t%s_%s(a int)', i, j);"
                            + " END LOOP; COMMIT; END LOOP; END $$");

            assertThatThrownBy(() -> LiveSource.open(sessions(database), TestServers.BUNDLED))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("max_locks_per_transaction")
                    .hasMessageContaining("many on 127.0.0.1");
        }
    }

    /** What is seen by a source that lists the tables before a change and can lock them only after it. */
    private static List<String> tablesSeenAfter(PostgresDatabase database, String... changes) throws Exception {
        try (Connection changing = named(database, "changing")) {
            for (String change : changes) {
                new Query(changing).run(change);
            }
            FutureTask<LiveSource> opening = started(() -> LiveSource.open(sessions(database), TestServers.BUNDLED));
            awaitWaiting(database, "restage copy (source)");
            changing.commit();
            try (LiveSource source = opening.get()) {
                assertThat(unlocked(database)).isZero();
                for (TableData table : source.contents().tables()) {
                    source.rows(TablePart.whole(table), (buffer, from, length) -> {});
                }
                return source.contents().tables().stream()
                        .map(table -> table.table().name() + " " + table.columns())
                        .toList();
            }
        }
    }

    private static int unlocked(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return new Query(connection)
                    .one(
                            "SELECT count(*) FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                                    + " AND NOT EXISTS (SELECT FROM pg_locks l WHERE l.relation = c.oid AND l.granted)",
                            row -> row.getInt(1));
        }
    }

    private static void awaitWaiting(PostgresDatabase database, String application) throws SQLException {
        try (Connection connection = database.connect()) {
            Query query = new Query(connection);
            long end = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(30);
            while (query.list(
                            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
                                    + " AND application_name = " + Query.literal(application),
                            row -> 1)
                    .isEmpty()) {
                assertThat(System.nanoTime())
                        .as("%s waits for a lock", application)
                        .isLessThan(end);
                Thread.onSpinWait();
            }
        }
    }

    private static <T> FutureTask<T> started(java.util.concurrent.Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }

    /** A connection in a transaction. */
    private static Connection named(PostgresDatabase database, String application) throws SQLException {
        Connection connection = database.connect();
        connection.setClientInfo("ApplicationName", application);
        connection.setAutoCommit(false);
        return connection;
    }

    private static PostgresDatabase holding(String... statements) throws SQLException {
        PostgresDatabase database =
                TestServers.ofVersion(TestServers.BUNDLED).createDatabase("source" + COUNT.incrementAndGet());
        run(database, statements);
        return database;
    }

    private static void run(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect()) {
            for (String statement : statements) {
                new Query(connection).run(statement);
            }
        }
    }

    private static Sessions sessions(PostgresDatabase database) {
        return new Sessions(new ConnectionSpec(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                Secret.of(database.password()),
                "disable"));
    }
}
