package dev.restage.postgres.internal.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.DatabaseShape;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.SnapshotId;
import dev.restage.sandbox.server.PostgresBinaries;
import dev.restage.sandbox.server.PostgresServer;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that can hold locks for much less than a database has. */
class ManyTablesTest {

    private static final String TABLES = "DO $$ BEGIN FOR i IN 1..16 LOOP FOR j IN 1..25 LOOP EXECUTE format("
            + "'CREATE TABLE t%s_%s(id int PRIMARY KEY, text text DEFAULT '''')', i, j); END LOOP; COMMIT; END LOOP; END $$";
    private static final Contents NOTHING =
            new Contents("", 18, "18", "UTF8", List.of(), List.of(), new DatabaseShape(List.of()));
    private static final Marker FILLED = Marker.of("database elsewhere");
    private static final SnapshotId BACKUP = new SnapshotId("20260101T000000.000Z-00000000");
    private static final String COUNT =
            "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(
                PostgresBinaries.bundled(),
                Map.of(
                        "max_locks_per_transaction",
                        "10",
                        "max_connections",
                        "12",
                        "max_wal_senders",
                        "0",
                        "max_worker_processes",
                        "1",
                        "autovacuum_worker_slots",
                        "1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void canBeFilled() throws Exception {
        TestTarget source = TestTarget.plain(TestServers.ofVersion(TestServers.BUNDLED), TABLES);
        TestTarget target = TestTarget.plain(server);
        LiveOrigin origin = new LiveOrigin(source.sessions);
        try (var live = origin.open(Load.ALL, TestServers.BUNDLED)) {
            new Load(origin, live, Load.ALL, Progress.NONE).into(target.sessions);
        }

        assertThat(target.one(COUNT)).isEqualTo("400");
    }

    @Test
    void canBeEmptiedUnderTheMarker() throws Exception {
        TestTarget target = TestTarget.plain(server, TABLES);
        assertThatThrownBy(
                        () -> target.run(
                                "DO $$ BEGIN EXECUTE (SELECT 'DROP TABLE ' || string_agg(oid::regclass::text, ',')"
                                        + " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace); END $$"))
                .as("too many for one transaction")
                .hasMessageContaining("out of shared memory");

        new InPlace(target.sessions, NOTHING, () -> BACKUP, Map.of())
                .replace(
                        database -> {
                            assertThat(target.one(COUNT)).isEqualTo("0");
                            TestTarget.run(database, "CREATE TABLE filled(a int)");
                        },
                        FILLED);

        assertThat(target.one(COUNT)).isEqualTo("1");
    }

    @Test
    void areMarkedWhenTheyCannotAllBeEmptied() throws Exception {
        TestTarget target = TestTarget.plain(server, TABLES);
        try (Connection busy = server.connectAsSuperuser(target.name())) {
            busy.setClientInfo("ApplicationName", "web dyno");
            busy.setAutoCommit(false);
            new Query(busy).run("LOCK TABLE t1_1 IN ACCESS SHARE MODE");
            InPlace inPlace = new InPlace(target.sessions, NOTHING, () -> BACKUP, Map.of());

            assertThatThrownBy(() -> inPlace.replace(database -> {}, FILLED))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.effect()).isEqualTo(Effect.SOME))
                    .hasMessageContaining("web dyno")
                    .hasMessageContaining("its state before is the snapshot " + BACKUP)
                    .hasMessageNotContaining("as before");
        }
        try (Connection connection = target.sessions.read()) {
            assertThat(Marker.of(connection).orElseThrow().isUnfinished()).isTrue();
        }
    }
}
