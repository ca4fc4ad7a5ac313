package dev.restage.postgres;

import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.CopyOptions;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
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

    private static final PostgresServer SERVER = started();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path home;

    TestDatabases(Path home) {
        this.home = home;
    }

    static PostgresServer server() {
        return SERVER;
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

    PostgresDatabase loaded(Path file) throws SQLException, IOException {
        dev.restage.sandbox.server.PostgresDatabase made = SERVER.createDatabase("db" + COUNT.incrementAndGet());
        Properties properties = new Properties();
        properties.setProperty("user", made.user());
        properties.setProperty("password", made.password());
        properties.setProperty("preferQueryMode", "simple");
        try (Connection connection = DriverManager.getConnection(made.jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(Files.readString(file));
        }
        return open(made);
    }

    private PostgresDatabase open(dev.restage.sandbox.server.PostgresDatabase made) {
        return PostgresDatabase.of(
                new ConnectionSpec(
                        made.host(), made.port(), made.name(), made.user(), Secret.of(made.password()), "disable"),
                Variables.of(Map.of("RESTAGE_HOME", home.toString())));
    }

    static void run(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.write();
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
            return new Catalog(connection).askText(query, row -> String.valueOf(row.getString(1)));
        }
    }

    /** Every definition, sequence value and table with a checksum of its rows, whatever their order. */
    static Map<String, String> contents(PostgresDatabase database) throws SQLException {
        Map<String, String> contents = new TreeMap<>();
        try (Connection connection = database.read();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = ''");
            Catalog catalog = new Catalog(connection);
            CatalogReader reader = new CatalogReader(catalog);
            reader.entries()
                    .forEach(entry -> contents.merge(
                            entry.kind() + " " + entry.name(), entry.definition(), (a, b) -> a + ";" + b));
            for (TableData table : reader.tables()) {
                contents.put(
                        "rows of " + table.qualifiedName(),
                        catalog.askText(
                                        "SELECT count(*) || ' ' || COALESCE(sum(hashtextextended(t::text, 0)), 0) FROM ONLY %s.%s t"
                                                .formatted(
                                                        Catalog.quoted(table.schema()), Catalog.quoted(table.name())),
                                        row -> row.getString(1))
                                .get(0));
            }
        }
        return contents;
    }

    private static PostgresServer started() {
        PostgresServer server = PostgresServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }
}
