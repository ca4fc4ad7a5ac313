package dev.restage.postgres.internal.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.DatabaseShape;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.SnapshotId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InPlaceTest {

    private static final Marker FILLED = Marker.of("database elsewhere");
    private static final Filling NEW = database ->
            TestTarget.run(database, "CREATE TABLE t AS SELECT 'half' AS state", "UPDATE t SET state = 'new'");
    private static final Contents NOTHING =
            new Contents("", 18, "18", "UTF8", List.of(), List.of(), new DatabaseShape(List.of()));
    private static final SnapshotId BACKUP = new SnapshotId("20260101T000000.000Z-00000000");

    @Test
    void readersSeeTheOldContentsTheMarkerOrTheNewContents() throws Exception {
        TestTarget target = TestTarget.plain("CREATE TABLE t AS SELECT 'old' AS state");
        Set<String> seen = new ConcurrentSkipListSet<>();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(1);
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                seen.add(look(target));
                reading.countDown();
            }
        });
        reader.start();
        reading.await();

        assertThat(new InPlace(target.sessions, NOTHING, () -> BACKUP, Map.of()).replace(NEW, FILLED))
                .contains(BACKUP);

        seen.add(look(target));
        stop.set(true);
        reader.join();
        seen.removeIf(state -> state.startsWith("ended"));
        assertThat(seen).contains("old", "new").isSubsetOf("old", "incomplete", "new");
    }

    @Test
    void everyKindOfOwnObjectIsDroppedAndExtensionsStay() throws Exception {
        TestTarget target = TestTarget.plain(
                "CREATE EXTENSION citext",
                "CREATE SCHEMA app",
                "CREATE SCHEMA heroku_ext",
                "CREATE EXTENSION hstore SCHEMA heroku_ext",
                "CREATE TYPE app.mood AS ENUM ('well')",
                "CREATE DOMAIN app.code AS citext CHECK (VALUE <> '')",
                "CREATE TABLE app.a(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m app.mood, c app.code, h heroku_ext.hstore)",
                "CREATE TABLE b(a int REFERENCES app.a, s serial) PARTITION BY RANGE (a)",
                "CREATE TABLE b1 PARTITION OF b DEFAULT",
                "CREATE FUNCTION f(app.a) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE VIEW v AS SELECT f(a) FROM app.a a",
                "CREATE MATERIALIZED VIEW mv AS SELECT * FROM v",
                "CREATE TEXT SEARCH CONFIGURATION own (COPY = pg_catalog.simple)",
                "CREATE COLLATION own_c (provider = libc, locale = 'C')",
                "CREATE FUNCTION add_up(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2'",
                "CREATE AGGREGATE total(int) (sfunc = add_up, stype = int, initcond = '0')",
                "CREATE OPERATOR @+@ (function = add_up, leftarg = int, rightarg = int)",
                "CREATE STATISTICS st ON a, s FROM b",
                "CREATE PUBLICATION p FOR TABLE app.a",
                "SELECT lo_create(4711)",
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");

        new InPlace(target.sessions, NOTHING, () -> BACKUP, Map.of()).replace(database -> {}, FILLED);

        assertThat(
                        target.one(
                                "SELECT string_agg(relname, ',') FROM pg_class WHERE oid >= 16384 AND relnamespace::regnamespace::text !~ '^pg_'"))
                .isEqualTo("null");
        assertThat(
                        target.one(
                                "SELECT string_agg(nspname, ',' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"))
                .isEqualTo("heroku_ext,public");
        assertThat(target.one("SELECT string_agg(extname, ',' ORDER BY extname) FROM pg_extension"))
                .isEqualTo("citext,hstore,plpgsql");
        assertThat(
                        target.one(
                                "SELECT (SELECT count(*) FROM pg_largeobject_metadata) + (SELECT count(*) FROM pg_publication)"
                                        + " + (SELECT count(*) FROM pg_ts_config WHERE oid >= 16384) + (SELECT count(*) FROM pg_collation WHERE oid >= 16384)"))
                .isEqualTo("0");
    }

    @Test
    void aFailureWhileFillingLeavesTheMarkerAndASecondRunRedoesItWithoutABackup() throws Exception {
        TestTarget target = TestTarget.plain("CREATE TABLE t AS SELECT 'old' AS state");
        InPlace failing = new InPlace(target.sessions, NOTHING, () -> BACKUP, Map.of());

        assertThatThrownBy(() -> failing.replace(
                        database -> {
                            TestTarget.run(database, "CREATE TABLE half(a int)");
                            throw new SQLException("connection lost", "08006");
                        },
                        FILLED))
                .hasMessage("connection lost");
        assertThat(failing.effect()).isEqualTo(Effect.SOME);
        assertThat(marker(target).orElseThrow().isUnfinished()).isTrue();

        AtomicInteger backups = new AtomicInteger();
        assertThat(new InPlace(
                                target.sessions,
                                NOTHING,
                                () -> {
                                    backups.incrementAndGet();
                                    return BACKUP;
                                },
                                Map.of())
                        .replace(NEW, FILLED))
                .contains(BACKUP);

        assertThat(backups).hasValue(0);
        assertThat(target.one("SELECT to_regclass('half') IS NULL AND state = 'new' FROM t"))
                .isEqualTo("t");
        assertThat(marker(target)).isEmpty();
    }

    @Test
    void anEmptyTargetNeedsNoBackup() throws Exception {
        TestTarget target = TestTarget.plain();

        assertThat(new InPlace(
                                target.sessions,
                                NOTHING,
                                () -> {
                                    throw new AssertionError("there is nothing to back up");
                                },
                                Map.of())
                        .replace(NEW, FILLED))
                .isEmpty();
    }

    @Test
    void aBackupThatFailsLeavesEverythingAsItWas() throws Exception {
        TestTarget target = TestTarget.plain("CREATE TABLE t AS SELECT 'old' AS state");
        InPlace inPlace = new InPlace(
                target.sessions,
                NOTHING,
                () -> {
                    throw new java.io.IOException("disk full");
                },
                Map.of());

        assertThatThrownBy(() -> inPlace.replace(NEW, FILLED)).hasMessage("disk full");

        assertThat(inPlace.effect()).isEqualTo(Effect.NONE);
        assertThat(look(target)).isEqualTo("old");
    }

    @Test
    void sessionsThatIdleWithLocksAreEndedAndWorkingOnesAreNamed() throws Exception {
        TestTarget target = TestTarget.plain("CREATE TABLE t AS SELECT 'old' AS state");
        try (Connection idle = target.made.connect();
                Connection busy = target.server.connectAsSuperuser(target.name())) {
            idle.setAutoCommit(false);
            new Query(idle).run("LOCK TABLE t");
            new InPlace(target.sessions, NOTHING, () -> BACKUP, Map.of()).replace(NEW, FILLED);

            busy.setClientInfo("ApplicationName", "web dyno");
            busy.setAutoCommit(false);
            new Query(busy).run("LOCK TABLE t");
            InPlace refused = new InPlace(target.sessions, NOTHING, () -> BACKUP, Map.of());
            assertThatThrownBy(() -> refused.replace(NEW, FILLED))
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            e -> assertThat(List.of(e.kind(), e.effect()))
                                    .isEqualTo(List.of(Kind.CONFLICT, Effect.NONE)))
                    .hasMessageContaining("web dyno");
        }
        assertThat(look(target)).isEqualTo("new");
    }

    private static Optional<Marker> marker(TestTarget target) throws SQLException {
        try (Connection connection = target.sessions.read()) {
            return Marker.of(connection);
        }
    }

    /** Looks at marker and rows in one view of the database. */
    private static String look(TestTarget target) {
        try (Connection connection = target.made.connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            if (Marker.of(connection).filter(Marker::isUnfinished).isPresent()) {
                return "incomplete";
            }
            return new Query(connection).one("SELECT state FROM t", row -> row.getString(1));
        } catch (SQLException e) {
            return "ended: " + e.getSQLState();
        }
    }
}
