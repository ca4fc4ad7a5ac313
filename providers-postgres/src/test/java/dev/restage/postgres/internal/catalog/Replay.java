package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.session.Query;
import dev.restage.sandbox.server.PostgresDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** The simplest way to make contents: one statement after the other, and rows through memory. */
final class Replay {

    private static final String SETTINGS =
            "SET search_path = ''; SET check_function_bodies = false; SET row_security = off";

    private Replay() {}

    /** Reads a database for a server of a version. */
    static Contents read(PostgresDatabase database, int targetMajor) throws SQLException {
        try (Connection connection = connect(database)) {
            return reader(connection, targetMajor).contents();
        }
    }

    static CatalogReader reader(Connection connection, int targetMajor) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        run(connection, SETTINGS);
        return new CatalogReader(connection, targetMajor);
    }

    static void make(Contents contents, PostgresDatabase source, PostgresDatabase target)
            throws SQLException, IOException {
        Map<Integer, TableData> tables = contents.tables().stream()
                .collect(Collectors.toMap(table -> table.entry().id(), Function.identity()));
        try (Connection from = connect(source);
                Connection to = connect(target)) {
            run(from, SETTINGS);
            run(to, SETTINGS);
            for (Entry entry : contents.entries()) {
                TableData table = tables.get(entry.id());
                if (table != null) {
                    copy(table, from, to);
                } else if (entry.kind().equals(Entry.BLOBS)) {
                    copyLargeObjects(from, to);
                } else if (entry.definition() != null) {
                    try {
                        run(to, entry.definition());
                    } catch (SQLException e) {
                        throw new AssertionError(
                                "%s: %s%n%s".formatted(entry.name(), e.getMessage(), entry.definition()), e);
                    }
                }
            }
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    static Connection connect(PostgresDatabase database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }

    private static void copy(TableData table, Connection from, Connection to) throws SQLException, IOException {
        String copy = String.valueOf(table.entry().copy());
        String read = copy.replace("FROM stdin;", "TO stdout");
        StringWriter rows = new StringWriter();
        from.unwrap(PGConnection.class).getCopyAPI().copyOut(read, rows);
        to.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, new StringReader(rows.toString()));
    }

    private static void copyLargeObjects(Connection from, Connection to) throws SQLException {
        String writes = String.join(
                ";",
                new Query(from)
                        .list(
                                "SELECT format('SELECT lo_put(%s, 0, %L::bytea)', oid, lo_get(oid)) FROM pg_largeobject_metadata",
                                row -> row.getString(1)));
        run(to, writes);
    }

    /** The kinds and names of entries, in their order. */
    static List<String> names(Contents contents) {
        return contents.entries().stream().map(Entry::name).toList();
    }
}
