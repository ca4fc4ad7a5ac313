package dev.restage.sandbox.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A database of a {@link PostgresServer} and the role that owns it, as a hosting company would hand them over.
 *
 * @param host the server's host
 * @param port the server's port
 * @param name the database
 * @param user the role that owns the database
 * @param password the role's password
 */
public record PostgresDatabase(String host, int port, String name, String user, String password) {

    /** {@return the URL with the password in it, in the form of a {@code DATABASE_URL}} */
    public String url() {
        return "postgres://%s:%s@%s:%d/%s".formatted(user, password, host, port, name);
    }

    /** {@return the JDBC URL, without user and password} */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }

    /**
     * Connects as the owner.
     *
     * @return a new connection, to be closed by the caller
     * @throws SQLException if the server refuses
     */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    /** {@return the address without the password} */
    @Override
    public String toString() {
        return "postgres://%s@%s:%d/%s".formatted(user, host, port, name);
    }
}
