package dev.restage.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Asks the system catalog with the queries that lie next to this class. */
final class Catalog {

    /** Holds our own marks, and is no part of what a user has. */
    static final String OWN_SCHEMA = "restage";

    private static final String OWN =
            "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '" + OWN_SCHEMA + "')";

    private final Connection connection;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> ask(String query, Row<T> reader) throws SQLException {
        return askText(text(query), reader);
    }

    <T> List<T> askText(String sql, Row<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        }
        return Collections.unmodifiableList(found);
    }

    static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String text(String query) {
        try (InputStream file = Catalog.class.getResourceAsStream(query + ".sql")) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks " + query + ".sql");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("{own}", OWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
