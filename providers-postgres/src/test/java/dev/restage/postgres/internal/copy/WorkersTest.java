package dev.restage.postgres.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Secret;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int PLENTY = 16;

    @Test
    void theServerWithFewerFreeSessionsCounts() throws SQLException {
        Sessions narrow = withSessions(8, TestServers.BUNDLED);
        Sessions wide = withSessions(50, 17);

        assertThat(Workers.between(narrow, wide, PLENTY)).isEqualTo(4);
        assertThat(Workers.between(wide, narrow, PLENTY)).isEqualTo(4);
        assertThat(Workers.between(wide, narrow, 2)).isEqualTo(2);
    }

    @Test
    void oneServerHasToServeBothSides() throws SQLException {
        assertThat(Workers.between(withSessions(8, TestServers.BUNDLED), withSessions(50, TestServers.BUNDLED), PLENTY))
                .isEqualTo(2);
    }

    @Test
    void thereIsAlwaysOne() throws SQLException {
        assertThat(Workers.between(withSessions(2, TestServers.BUNDLED), withSessions(50, 17), PLENTY))
                .isEqualTo(1);
    }

    private static Sessions withSessions(int limit, int major) throws SQLException {
        PostgresServer server = TestServers.ofVersion(major);
        PostgresDatabase database = server.createDatabase("workers" + COUNT.incrementAndGet());
        try (Connection connection = server.connectAsSuperuser("postgres")) {
            new Query(connection).run("ALTER ROLE %s CONNECTION LIMIT %d".formatted(database.user(), limit));
        }
        return new Sessions(new ConnectionSpec(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                Secret.of(database.password()),
                "disable"));
    }
}
