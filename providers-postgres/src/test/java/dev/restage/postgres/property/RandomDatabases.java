package dev.restage.postgres.property;

import dev.restage.postgres.testing.TestServers;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** Empty databases, and databases filled by random schemas. */
final class RandomDatabases {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private RandomDatabases() {}

    /** An empty database, as its owner or as the superuser. */
    static PostgresDatabase empty(PostgresServer server, boolean superuser) {
        PostgresDatabase owned = server.createDatabase("random" + COUNT.incrementAndGet());
        return superuser ? server.asSuperuser(owned.name()) : owned;
    }

    static PostgresDatabase filled(int major, long seed, boolean superuser) {
        PostgresDatabase database = empty(TestServers.ofVersion(major), superuser);
        List<String> statements = RandomSchema.of(seed, major, superuser);
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new AssertionError("seed %d on %d, %s:%n%s".formatted(seed, major, e.getMessage(), sql), e);
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return database;
    }

    /** Simple protocol: the driver must not look for parameters and statements in what is awkward on purpose. */
    static Connection connect(PostgresDatabase database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }
}
