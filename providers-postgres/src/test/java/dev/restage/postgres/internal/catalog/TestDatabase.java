package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.testing.TestServers;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes databases of this package's tests. */
final class TestDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {}

    /** An empty database, to be used as its owner, who is no superuser. */
    static PostgresDatabase owned(int major) {
        return TestServers.ofVersion(major).createDatabase("catalog" + COUNT.incrementAndGet());
    }

    /** An empty database, to be used as superuser. */
    static PostgresDatabase empty(int major) {
        PostgresServer server = TestServers.ofVersion(major);
        return server.asSuperuser(owned(major).name());
    }

    static PostgresDatabase filled(PostgresDatabase database, String sql) throws SQLException {
        try (Connection connection = Replay.connect(database)) {
            Replay.run(connection, sql);
        }
        return database;
    }

    /** A file of statements next to the tests, without what a version does not know. */
    static String statements(String file, int major) {
        return CatalogSession.gated(Query.text(TestDatabase.class, file), major);
    }
}
