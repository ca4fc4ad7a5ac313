package dev.restage.postgres.internal.replace;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Secret;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A database of a role of its own, which is no superuser. */
final class TestTarget {

    final PostgresServer server;
    final PostgresDatabase made;
    final Sessions sessions;

    private TestTarget(PostgresServer server, PostgresDatabase made) {
        this.server = server;
        this.made = made;
        this.sessions = new Sessions(new ConnectionSpec(
                made.host(), made.port(), made.name(), made.user(), Secret.of(made.password()), "disable"));
    }

    /** One whose role may not create databases. */
    static TestTarget plain(String... statements) throws SQLException {
        return plain(TestServers.ofVersion(TestServers.BUNDLED), statements);
    }

    static TestTarget plain(PostgresServer server, String... statements) throws SQLException {
        String name = "replace_" + UUID.randomUUID().toString().substring(0, 8);
        TestTarget target = new TestTarget(server, server.createDatabase(name));
        target.run(statements);
        return target;
    }

    /** One whose role may create databases. */
    static TestTarget creating(String... statements) throws SQLException {
        return creating(TestServers.ofVersion(TestServers.BUNDLED), statements);
    }

    static TestTarget creating(PostgresServer server, String... statements) throws SQLException {
        TestTarget target = plain(server, statements);
        target.asSuperuser("ALTER ROLE %s CREATEDB".formatted(target.made.user()));
        return target;
    }

    String name() {
        return made.name();
    }

    void run(String... statements) throws SQLException {
        run(sessions, statements);
    }

    static void run(Sessions sessions, String... statements) throws SQLException {
        try (Connection connection = sessions.write()) {
            for (String statement : statements) {
                new Query(connection).run(statement);
            }
        }
    }

    void asSuperuser(String statement) throws SQLException {
        try (Connection connection = server.connectAsSuperuser("postgres")) {
            new Query(connection).run(statement);
        }
    }

    String one(String query) throws SQLException {
        try (Connection connection = sessions.read()) {
            return new Query(connection).one(query, row -> String.valueOf(row.getString(1)));
        }
    }

    List<String> databases() throws SQLException {
        try (Connection connection = server.connectAsSuperuser("postgres")) {
            return new Query(connection)
                    .list(
                            "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY 1"
                                    .formatted(Query.literal(name() + "%")),
                            row -> row.getString(1));
        }
    }
}
