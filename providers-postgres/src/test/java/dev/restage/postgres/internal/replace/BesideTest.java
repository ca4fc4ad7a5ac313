package dev.restage.postgres.internal.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.SnapshotId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BesideTest {

    private static final Marker FILLED = Marker.of("database elsewhere");
    private static final Filling NEW = database -> TestTarget.run(database, "CREATE TABLE t AS SELECT 'new' AS state");

    @Test
    void readersSeeTheOldContentsOrTheNewOnesAndNothingElse() throws Exception {
        TestTarget target = TestTarget.creating("CREATE TABLE t AS SELECT 'old' AS state");
        Set<String> seen = new ConcurrentSkipListSet<>();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(1);
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                try (Connection connection = target.made.connect()) {
                    Query query = new Query(connection);
                    seen.add(query.one("SELECT state FROM t", row -> row.getString(1)));
                    reading.countDown();
                    seen.add(query.one("SELECT state FROM t", row -> row.getString(1)));
                } catch (SQLException e) {
                    // Ended by the swap, or too early for the new name.
                    seen.add("SQLSTATE " + e.getSQLState());
                }
            }
        });
        reader.start();
        reading.await();

        beside(target).replace(NEW, FILLED);

        assertThat(target.one("SELECT state FROM t")).isEqualTo("new");
        stop.set(true);
        reader.join();
        seen.removeIf(state -> state.matches("SQLSTATE (3D000|57P01|08006|08001)"));
        assertThat(seen).contains("old").isSubsetOf("old", "new");
        assertThat(marker(target)).isEmpty();
    }

    @Test
    void whatWasThereIsASnapshotThatCanBeRestoredAgainAndAgain() throws Exception {
        TestTarget target = TestTarget.creating("CREATE TABLE t AS SELECT 'old' AS state");
        SnapshotId before = beside(target).replace(NEW, FILLED).orElseThrow();

        for (int i = 0; i < 2; i++) {
            beside(target).restore(kept(target, before).orElseThrow(), Marker.of(before));

            assertThat(target.one("SELECT state FROM t")).isEqualTo("old");
            assertThat(marker(target).orElseThrow().snapshot()).contains(before);
        }
        assertThat(target.databases()).hasSize(2);
    }

    @Test
    void onlyTheLastStateIsKept() throws Exception {
        TestTarget target = TestTarget.creating();
        SnapshotId first = beside(target).replace(NEW, FILLED).orElseThrow();
        SnapshotId second = beside(target).replace(NEW, FILLED).orElseThrow();

        assertThat(kept(target, first)).isEmpty();
        assertThat(kept(target, second)).isPresent();
    }

    @Test
    void theNewOneLooksLikeTheOldOne() throws Exception {
        TestTarget target = TestTarget.creating();
        TestTarget other = TestTarget.plain();
        target.run(
                "ALTER DATABASE %s SET search_path = '$user', public, \"My app\"".formatted(target.name()),
                "ALTER DATABASE %s SET application_name = 'it''s staging'".formatted(target.name()),
                "ALTER ROLE %1$s IN DATABASE %1$s SET work_mem = '7MB'".formatted(target.name()),
                "ALTER DATABASE %s CONNECTION LIMIT 17".formatted(target.name()),
                "GRANT CONNECT ON DATABASE %s TO %s".formatted(target.name(), other.name()),
                "COMMENT ON DATABASE %s IS 'staging''s own'".formatted(target.name()));
        String before = appearance(target);

        beside(target).replace(NEW, FILLED);

        assertThat(appearance(target)).isEqualTo(before).contains("My app", "it's staging", "work_mem", "17");
        assertThat(target.one("SHOW work_mem")).isEqualTo("7MB");
    }

    @Test
    void aFailureLeavesTheOldContentsAndNothingBeside() throws Exception {
        TestTarget target = TestTarget.creating("CREATE TABLE t AS SELECT 'old' AS state");
        Beside beside = beside(target);

        assertThatThrownBy(() -> beside.replace(
                        database -> {
                            throw new SQLException("disk full", "53100");
                        },
                        FILLED))
                .hasMessage("disk full");

        assertThat(beside.effect()).isEqualTo(Effect.NONE);
        assertThat(target.one("SELECT state FROM t")).isEqualTo("old");
        assertThat(target.databases()).containsExactly(target.name());
    }

    @Test
    void theNextRunDropsWhatAKilledOneLeftAndNothingElse() throws Exception {
        TestTarget target = TestTarget.creating();
        String similar = target.name() + "_restage_20260101T000000.000Z-00000000";
        target.asSuperuser("CREATE DATABASE \"%s\" OWNER %s".formatted(similar, target.name()));
        String left;
        try (Connection connection = maintenance(target)) {
            left = new Siblings(connection, target.name()).create();
        }

        beside(target).replace(NEW, FILLED);

        assertThat(target.databases()).doesNotContain(left).contains(similar);
        target.asSuperuser("DROP DATABASE \"%s\"".formatted(similar));
    }

    @Test
    void sessionsThatCannotBeEndedAreNamed() throws Exception {
        TestTarget target = TestTarget.creating("CREATE TABLE t AS SELECT 'old' AS state");
        try (Connection connection = target.server.connectAsSuperuser(target.name())) {
            connection.setClientInfo("ApplicationName", "backup job");

            assertThatThrownBy(() -> new Beside(
                                    target.sessions,
                                    Maintenance.of(target.sessions).orElseThrow(),
                                    java.time.Duration.ZERO)
                            .replace(NEW, FILLED))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                    .hasMessageContaining("backup job");
        }
        assertThat(target.one("SELECT state FROM t")).isEqualTo("old");
        assertThat(target.databases()).containsExactly(target.name());
    }

    @Test
    void olderServersSwapToo() throws Exception {
        TestTarget target = TestTarget.creating(TestServers.installed(15), "CREATE TABLE t AS SELECT 'old' AS state");
        try (Connection open = target.made.connect()) {
            SnapshotId before = beside(target).replace(NEW, FILLED).orElseThrow();

            assertThat(target.one("SELECT state FROM t")).isEqualTo("new");
            beside(target).restore(kept(target, before).orElseThrow(), Marker.of(before));
            assertThat(target.one("SELECT state FROM t")).isEqualTo("old");
            assertThat(open.isValid(1)).isFalse();
        }
    }

    @Test
    void aRoleThatMayNotCreateDatabasesIsToldWhy() throws Exception {
        assertThat(Siblings.obstacle(TestTarget.plain().sessions)).contains("the role may not create databases");
        assertThat(Siblings.obstacle(TestTarget.creating().sessions)).isEmpty();
    }

    private static Beside beside(TestTarget target) {
        return new Beside(target.sessions, Maintenance.of(target.sessions).orElseThrow());
    }

    private static Connection maintenance(TestTarget target) {
        return Maintenance.of(target.sessions).orElseThrow().write();
    }

    private static Optional<String> kept(TestTarget target, SnapshotId id) throws SQLException {
        try (Connection connection = maintenance(target)) {
            return new Siblings(connection, target.name()).find(id);
        }
    }

    private static Optional<Marker> marker(TestTarget target) throws SQLException {
        try (Connection connection = target.sessions.read()) {
            return Marker.of(connection);
        }
    }

    private static String appearance(TestTarget target) throws SQLException {
        return target.one("""
                SELECT concat_ws(' ', datconnlimit, shobj_description(oid, 'pg_database'), datcollate, datdba,
                    (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM aclexplode(datacl) a),
                    (SELECT string_agg(setrole || array_to_string(setconfig, ';'), ',' ORDER BY setrole)
                    FROM pg_db_role_setting WHERE setdatabase = pg_database.oid))
                FROM pg_database WHERE datname = current_database()
                """);
    }
}
