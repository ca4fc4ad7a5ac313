package dev.restage.postgres.internal.session;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.ProviderException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Opens connections to one database. */
public final class Sessions {

    private static final int CONNECT_SECONDS = 15;

    private static final String APPLICATION = "application_name";

    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    private final ConnectionSpec database;
    private final IdleSessions idle;

    public Sessions(ConnectionSpec database) {
        this(database, new IdleSessions());
    }

    private Sessions(ConnectionSpec database, IdleSessions idle) {
        this.database = database;
        this.idle = idle;
    }

    /** Until it ends, sessions of this server that are closed wait to be used again. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Begins work that asks many questions. */
    public Held held() {
        idle.hold();
        return idle::letGo;
    }

    /** Ends the sessions that wait to be used again, as a database must have none that is to be renamed. */
    public void letGo() {
        idle.clear();
    }

    public ConnectionSpec database() {
        return database;
    }

    /** Closes a session for good, as one that was cancelled must be: the order to cancel may still be under way. */
    public static void end(Connection session) throws SQLException {
        if (!session.isClosed()) {
            session.unwrap(BaseConnection.class).close();
            session.close();
        }
    }

    /** Sessions of the same role on the same server in another database. */
    public Sessions at(String name) {
        return new Sessions(database.inDatabase(name), idle);
    }

    /** Whether both take their sessions from the same server, as far as its name tells. */
    public boolean isOnServerOf(Sessions other) {
        return database.host().equals(other.database.host()) && database.port() == other.database.port();
    }

    public Connection read() {
        return lent(true, Settings.QUIET);
    }

    /** A session for code that is not ours: it reads, and nothing that is called or sent makes it write. */
    public Connection guarded() {
        Connection connection = open(
                "restage",
                true,
                Settings.QUIET.with("idle_in_transaction_session_timeout", "0").with("transaction_timeout", "0"));
        try {
            return ReadOnlyConnection.of(connection);
        } catch (SQLException e) {
            throw ServerErrors.of(database, "connect to database", e);
        }
    }

    public Connection write() {
        return lent(false, Settings.QUIET);
    }

    public Connection named(String application) {
        return open(application, false, Settings.QUIET.with("idle_session_timeout", "0"));
    }

    /** A session that cannot write and in which values and definitions read the same whatever the database's settings. */
    public Connection source() {
        return source(Settings.NEUTRAL);
    }

    /** The same under a search path, as {@code SET search_path TO} takes it. */
    public Connection source(String path) {
        return source(Settings.NEUTRAL.with("search_path", path));
    }

    private Connection source(Settings settings) {
        return lent(
                true,
                settings.with(APPLICATION, "restage copy (source)")
                        .with("lock_timeout", LOCK_WAIT.toMillis() + "ms")
                        .with("restrict_nonsystem_relation_kind", "view, foreign-table"));
    }

    /**
     * A session that fills the database: it does not wait for disks, and takes definitions in any order. Its queries are
     * not cut up by the driver, as definitions hold several statements.
     */
    public Connection target() {
        return lent(
                false,
                Settings.NEUTRAL
                        .with(APPLICATION, "restage copy (target)")
                        .with("lock_timeout", LOCK_WAIT.toMillis() + "ms")
                        .with("check_function_bodies", "off")
                        .with("synchronous_commit", "off"));
    }

    private Connection lent(boolean readOnly, Settings settings) {
        try {
            return idle.session(
                    new IdleSessions.Kind(database.database(), readOnly, isSimple(settings)),
                    settings,
                    () -> open("restage", readOnly, settings));
        } catch (SQLException e) {
            throw ServerErrors.of(database, "connect to database", e);
        }
    }

    /** Whether statements are sent as they are, and not cut up by the driver. */
    private static boolean isSimple(Settings settings) {
        return settings.values().containsKey("check_function_bodies");
    }

    private Connection open(String application, boolean readOnly, Settings settings) {
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
        source.setPreferQueryMode(isSimple(settings) ? PreferQueryMode.SIMPLE : PreferQueryMode.EXTENDED);
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

    private Connection prepared(Connection connection, Settings settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseMajorVersion() < 13) {
                throw new ProviderException(
                        ProviderException.Kind.UNSUPPORTED,
                        "%s is PostgreSQL %s; Restage needs 13 or later"
                                .formatted(database, connection.getMetaData().getDatabaseProductVersion()),
                        null);
            }
            statement.execute(settings.sql());
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
