package dev.restage.postgres;

import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.catalog.CatalogReader;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases on one server that all tests of this JVM share. */
final class TestDatabases {

    static final CopyOptions UNMASKED = new CopyOptions(MaskingPolicy.none(), Secret.of("key"));

    private static final PostgresServer SERVER = TestServers.ofVersion(TestServers.BUNDLED);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path home;

    TestDatabases(Path home) {
        this.home = home;
    }

    static PostgresServer server() {
        return SERVER;
    }

    /** An empty database of an ordinary role, for checks alone: they change nothing, so one serves them all. */
    static PostgresDatabase onlyChecked() {
        return Checked.DATABASE;
    }

    private static final class Checked {
        private static final PostgresDatabase DATABASE = new TestDatabases(Path.of("no-home")).empty();
    }

    /** An empty database with an ordinary role that owns it. */
    PostgresDatabase empty() {
        return open(SERVER.createDatabase("db" + COUNT.incrementAndGet()));
    }

    PostgresDatabase holding(String... statements) throws SQLException {
        PostgresDatabase database = empty();
        run(database, statements);
        return database;
    }

    /** One of a role that may create databases. */
    PostgresDatabase creating(String... statements) throws SQLException {
        PostgresDatabase database = open(creator());
        run(database, statements);
        return database;
    }

    /** Another database of the role of one. */
    PostgresDatabase creatingBeside(dev.restage.sandbox.server.PostgresDatabase one) throws SQLException {
        String name = one.name() + "_" + COUNT.incrementAndGet();
        try (Connection connection = SERVER.connectAsSuperuser("postgres")) {
            new Query(connection).run("CREATE DATABASE %s OWNER %s".formatted(name, one.user()));
        }
        return open(
                new dev.restage.sandbox.server.PostgresDatabase(
                        one.host(), one.port(), name, one.user(), one.password()),
                PostgresDatabase.Snapshots.TEMPLATES);
    }

    /** A role that may create databases, with its first one. */
    dev.restage.sandbox.server.PostgresDatabase creator() throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase made = SERVER.createDatabase("db" + COUNT.incrementAndGet());
        try (Connection connection = SERVER.connectAsSuperuser("postgres")) {
            new Query(connection).run("ALTER ROLE %s CREATEDB".formatted(made.user()));
        }
        return made;
    }

    void asSuperuser(PostgresDatabase database, String statement) throws SQLException {
        String name = one(database, "SELECT current_database()");
        try (Connection connection = SERVER.connectAsSuperuser(name)) {
            new Query(connection).run(statement);
        }
    }

    PostgresDatabase loaded(Path file) throws SQLException, IOException {
        return open(made(SERVER, file));
    }

    /** An empty one on a server, of its superuser. */
    static dev.restage.sandbox.server.PostgresDatabase made(PostgresServer server) {
        return server.asSuperuser(
                server.createDatabase("db" + COUNT.incrementAndGet()).name());
    }

    /** One whose text is in an encoding, as the superuser sees it. */
    static dev.restage.sandbox.server.PostgresDatabase encoded(String encoding) throws SQLException {
        String name = "db" + COUNT.incrementAndGet();
        run(
                SERVER.asSuperuser("postgres"),
                "CREATE DATABASE %s ENCODING '%s' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
                        .formatted(name, encoding));
        return SERVER.asSuperuser(name);
    }

    /** One on a server, of an ordinary role, with what a file of SQL makes. */
    static dev.restage.sandbox.server.PostgresDatabase made(PostgresServer server, Path file)
            throws SQLException, IOException {
        dev.restage.sandbox.server.PostgresDatabase made = server.createDatabase("db" + COUNT.incrementAndGet());
        Properties properties = new Properties();
        properties.setProperty("user", made.user());
        properties.setProperty("password", made.password());
        properties.setProperty("preferQueryMode", "simple");
        try (Connection connection = DriverManager.getConnection(made.jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(Files.readString(file));
        }
        return made;
    }

    PostgresDatabase open(dev.restage.sandbox.server.PostgresDatabase made) {
        return open(made, PostgresDatabase.Snapshots.FILES);
    }

    private PostgresDatabase open(
            dev.restage.sandbox.server.PostgresDatabase made, PostgresDatabase.Snapshots snapshots) {
        return PostgresDatabase.of(
                new ConnectionSpec(
                        made.host(), made.port(), made.name(), made.user(), Secret.of(made.password()), "disable"),
                Variables.of(Map.of("RESTAGE_HOME", home.toString())),
                snapshots);
    }

    static void run(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.write();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static void run(dev.restage.sandbox.server.PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static String one(PostgresDatabase database, String query) throws SQLException {
        return String.join("\n", all(database, query));
    }

    static List<String> all(PostgresDatabase database, String query) throws SQLException {
        try (Connection connection = database.read()) {
            return new Query(connection).list(query, row -> String.valueOf(row.getString(1)));
        }
    }

    /** Every definition, sequence value and table with a checksum of its rows, whatever their order. */
    static Map<String, String> contents(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.read()) {
            Map<String, String> contents = new TreeMap<>(RowSums.of(connection));
            connection.setAutoCommit(false);
            int major = connection.getMetaData().getDatabaseMajorVersion();
            for (Entry entry : new CatalogReader(connection, major).contents().entries()) {
                if (entry.definition() != null) {
                    contents.merge(entry.name(), entry.definition(), String::concat);
                }
            }
            return contents;
        }
    }
}
