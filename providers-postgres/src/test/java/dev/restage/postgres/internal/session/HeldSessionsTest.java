package dev.restage.postgres.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Secret;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldSessionsTest {

    private static final PostgresServer SERVER = TestServers.ofVersion(TestServers.BUNDLED);
    private static final PostgresDatabase DATABASE =
            SERVER.createDatabase("held_" + UUID.randomUUID().toString().substring(0, 8));

    private final Sessions sessions = new Sessions(new ConnectionSpec(
            DATABASE.host(),
            DATABASE.port(),
            DATABASE.name(),
            DATABASE.user(),
            Secret.of(DATABASE.password()),
            "disable"));
    private Sessions.Held held;

    @BeforeEach
    void begin() {
        held = sessions.held();
    }

    @AfterEach
    void end() throws SQLException {
        held.close();
        assertThat(open()).isZero();
    }

    @Test
    void whatWasClosedIsUsedAgainWhileWorkGoesOn() throws SQLException {
        int first = closed(sessions.read());

        assertThat(closed(sessions.read())).isEqualTo(first);
        assertThat(closed(sessions.source())).isEqualTo(first);
        assertThat(closed(sessions.write())).isNotEqualTo(first);
    }

    @Test
    void whatIsInUseIsNobodyElses() throws SQLException {
        try (Connection one = sessions.read();
                Connection other = sessions.read()) {
            assertThat(pid(one)).isNotEqualTo(pid(other));
        }
    }

    @Test
    void withoutWorkEachIsEndedWhenItIsClosed() throws SQLException {
        Sessions free = new Sessions(sessions.database());
        int first = closed(free.read());

        assertThat(closed(free.read())).isNotEqualTo(first);
        assertThat(open()).isZero();
    }

    @Test
    void workWithinWorkEndsNothing() throws SQLException {
        int first = closed(sessions.read());
        sessions.held().close();

        assertThat(closed(sessions.read())).isEqualTo(first);
    }

    @Test
    void oneComesBackAsNew() throws SQLException {
        int first;
        try (Connection connection = sessions.target()) {
            first = pid(connection);
            connection.setAutoCommit(false);
            Query query = new Query(connection);
            query.run("SET work_mem = '1234kB'; CREATE TEMP TABLE mine (a int); CREATE TABLE public.half (a int)");
            query.list("SELECT pg_advisory_lock(4711)", row -> 0);
        }
        try (Connection connection = sessions.target()) {
            Query query = new Query(connection);
            assertThat(pid(connection)).isEqualTo(first);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(text(query, "SHOW work_mem")).isNotEqualTo("1234kB");
            assertThat(text(query, "SHOW synchronous_commit")).isEqualTo("off");
            assertThat(text(query, "SHOW application_name")).isEqualTo("restage copy (target)");
            assertThat(text(query, "SELECT to_regclass('mine') IS NULL AND to_regclass('public.half') IS NULL"))
                    .isEqualTo("t");
            assertThat(text(query, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711"))
                    .isEqualTo("0");
        }
    }

    @Test
    void oneForReadingStillRefusesToWrite() throws SQLException {
        closed(sessions.source());
        try (Connection connection = sessions.source()) {
            assertThatThrownBy(() -> new Query(connection).run("CREATE TABLE written (a int)"))
                    .hasMessageContaining("read-only");
        }
    }

    @Test
    void oneThatItsServerHasEndedIsReplaced() throws SQLException {
        int first = closed(sessions.read());
        try (Connection superuser = SERVER.connectAsSuperuser("postgres")) {
            new Query(superuser).list("SELECT pg_terminate_backend(%d, 5000)".formatted(first), row -> 0);
        }

        assertThat(closed(sessions.read())).isNotEqualTo(first);
    }

    @Test
    void oneInWhichAQueryFailedIsUsedAgain() throws SQLException {
        int first;
        try (Connection connection = sessions.read()) {
            first = pid(connection);
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> new Query(connection).run("SELECT 1/0")).isInstanceOf(SQLException.class);
        }

        assertThat(closed(sessions.read())).isEqualTo(first);
    }

    @Test
    void oneThatWasEndedForGoodIsNot() throws SQLException {
        int first;
        try (Connection connection = sessions.read()) {
            first = pid(connection);
            Sessions.end(connection);

            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(closed(sessions.read())).isNotEqualTo(first);
    }

    @Test
    void thoseThatWaitCanBeEndedSoThatTheDatabaseHasNone() throws SQLException {
        closed(sessions.read());
        closed(sessions.at("postgres").read());
        assertThat(sessionsNow()).isEqualTo(1);

        sessions.letGo();

        assertThat(open()).isZero();
    }

    @Test
    void whoeverHasClosedOneCannotUseItAnyMore() throws SQLException {
        Connection connection = sessions.read();
        connection.close();
        connection.close();

        assertThat(connection.isClosed()).isTrue();
        assertThatThrownBy(connection::createStatement).hasMessageContaining("closed");
    }

    private static int closed(Connection connection) throws SQLException {
        try (connection) {
            return pid(connection);
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return new Query(connection).one("SELECT pg_backend_pid()", row -> row.getInt(1));
    }

    private static String text(Query query, String sql) throws SQLException {
        return query.one(sql, row -> row.getString(1));
    }

    /** A session takes a moment to end after its client has gone. */
    private static int open() throws SQLException {
        int found = sessionsNow();
        for (int i = 0; i < 100 && found > 0; i++) {
            try (Connection superuser = SERVER.connectAsSuperuser("postgres")) {
                new Query(superuser).list("SELECT pg_sleep(0.02)", row -> 0);
            }
            found = sessionsNow();
        }
        return found;
    }

    private static int sessionsNow() throws SQLException {
        try (Connection superuser = SERVER.connectAsSuperuser("postgres")) {
            return new Query(superuser)
                    .one(
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = '%s'".formatted(DATABASE.name()),
                            row -> row.getInt(1));
        }
    }
}
