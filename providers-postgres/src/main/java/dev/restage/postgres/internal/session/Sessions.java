package dev.restage.postgres.internal.session;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.ProviderException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections to one database. */
public final class Sessions {

    private static final int CONNECT_SECONDS = 15;

    /** What makes values and definitions read the same whatever the database's own settings are, as pg_dump does it. */
    private static final String NEUTRAL = """
            SET search_path = ''; SET datestyle = 'ISO, YMD'; SET intervalstyle = postgres; SET extra_float_digits = 3;
            SET bytea_output = hex; SET xmloption = content; SET standard_conforming_strings = on; SET row_security = off;
            SET synchronize_seqscans = off; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;
            SET client_min_messages = error;
            """;

    private static final String LOCK_WAIT = "SET lock_timeout = '10s';";

    private final ConnectionSpec database;

    public Sessions(ConnectionSpec database) {
        this.database = database;
    }

    public ConnectionSpec database() {
        return database;
    }

    public Connection read() {
        return open("restage", true, "SET client_min_messages = warning");
    }

    public Connection write() {
        return open("restage", false, "SET client_min_messages = warning");
    }

    public Connection named(String application) {
        return open(application, false, "SET idle_session_timeout = 0");
    }

    public Connection source() {
        return open("restage copy (source)", true, NEUTRAL + LOCK_WAIT);
    }

    public Connection target() {
        return open(
                "restage copy (target)",
                false,
                NEUTRAL + LOCK_WAIT + "SET check_function_bodies = false; SET synchronous_commit = off");
    }

    private Connection open(String application, boolean readOnly, String settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {database.host()});
        source.setPortNumbers(new int[] {database.port()});
        source.setDatabaseName(database.database());
        source.setUser(database.user());
        if (database.password() != null) {
            source.setPassword(database.password().reveal());
        }
        source.setSslMode(database.sslMode());
        source.setApplicationName(application);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false);
        if (readOnly) {
            source.setOptions("-c default_transaction_read_only=on");
            source.setReadOnlyMode("always");
            source.setReadOnly(true);
        }
        try {
            return prepared(source.getConnection(), settings);
        } catch (SQLException e) {
            throw ServerErrors.of(database, "connect to database", e);
        }
    }

    private Connection prepared(Connection connection, String settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseMajorVersion() < 13) {
                throw new ProviderException(
                        ProviderException.Kind.UNSUPPORTED,
                        "%s is PostgreSQL %s; Restage needs 13 or later"
                                .formatted(database, connection.getMetaData().getDatabaseProductVersion()),
                        null);
            }
            if (!settings.contains("idle_session_timeout")
                    || connection.getMetaData().getDatabaseMajorVersion() >= 14) {
                statement.execute(settings);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
