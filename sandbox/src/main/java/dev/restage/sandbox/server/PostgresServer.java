package dev.restage.sandbox.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A real PostgreSQL server with an empty cluster, on a free port of 127.0.0.1, with passwords that are checked. It is
 * tuned for a short life: nothing is synced to disk.
 *
 * <p>May be used by several threads at once.
 */
public final class PostgresServer implements AutoCloseable {

    private final OwnedProcess process;
    private final PostgresDatabase superuser;

    private PostgresServer(OwnedProcess process, PostgresDatabase superuser) {
        this.process = process;
        this.superuser = superuser;
    }

    /** {@return a running server with its data in a temporary directory} */
    public static PostgresServer start() {
        return start(Directories.createTemporary("restage-postgres-"));
    }

    /**
     * Starts a server of another version or with other settings, with its data in a temporary directory.
     *
     * @param binaries its programs
     * @param settings of {@code postgresql.conf}; they win over the sandbox's own
     * @return the running server
     */
    public static PostgresServer start(PostgresBinaries binaries, Map<String, String> settings) {
        return start(binaries, settings, Directories.createTemporary("restage-postgres-"));
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param directory where its data goes; made if missing, and removed with all that is in it when the server ends.
     *     For root, who starts the server as nobody, everybody must be allowed to enter the directories above
     * @return the running server
     */
    public static PostgresServer start(Path directory) {
        return start(PostgresBinaries.bundled(), Map.of(), directory);
    }

    private static PostgresServer start(PostgresBinaries binaries, Map<String, String> settings, Path directory) {
        try {
            return Ports.onFreePort(port -> startOn(port, PostgresCluster.initialise(binaries, directory), settings));
        } catch (RuntimeException e) {
            Directories.remove(directory);
            throw e;
        }
    }

    /** {@return the host, 127.0.0.1} */
    public String host() {
        return superuser.host();
    }

    /** {@return the port} */
    public int port() {
        return superuser.port();
    }

    /**
     * Makes a role that can log in, and an empty database that it owns and that no other role but the superuser may
     * enter. Like a hosting company's role, it is no superuser.
     *
     * @param name the name of both: lower case letters, digits, underscores
     * @return the database
     */
    public PostgresDatabase createDatabase(String name) {
        if (!name.matches("[a-z_][a-z0-9_]*")) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        PostgresDatabase database = new PostgresDatabase(host(), port(), name, name, Passwords.next());
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, Passwords.scram(database.password())));
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, name));
            statement.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
        return database;
    }

    /**
     * Connects as the superuser.
     *
     * @param database the name of a database
     * @return a new connection, to be closed by the caller
     * @throws SQLException if there is no such database
     */
    public Connection connectAsSuperuser(String database) throws SQLException {
        return asSuperuser(database).connect();
    }

    /**
     * {@return a database as the superuser sees it, for programs that want its password}
     * @param database the name of a database
     */
    public PostgresDatabase asSuperuser(String database) {
        return new PostgresDatabase(host(), port(), database, superuser.user(), superuser.password());
    }

    /** Cuts off every client, stops the server and removes its data. Does nothing the second time. */
    @Override
    public void close() {
        process.close();
    }

    private static PostgresServer startOn(int port, PostgresCluster cluster, Map<String, String> settings) {
        String superuser = PostgresCluster.SUPERUSER;
        PostgresServer server = new PostgresServer(
                cluster.serve(port, settings),
                new PostgresDatabase(Ports.HOST, port, superuser, superuser, cluster.password()));
        server.process.awaitReady(server::answers, "could not bind");
        server.hashOnce();
        return server;
    }

    /** An older server cannot be initialised with a hash. */
    private void hashOnce() {
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER ROLE %s PASSWORD '%s'".formatted(superuser.user(), Passwords.scram(superuser.password())));
        } catch (SQLException e) {
            process.close();
            throw new IllegalStateException("cannot set the password of the superuser", e);
        }
    }

    /** Only our own server knows the password, so an answer comes from it and not from whoever took the port. */
    private boolean answers() {
        try (Connection connection = superuser.connect()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }
}
