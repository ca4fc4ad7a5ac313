package dev.restage.postgres.internal.session;

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

/** Asks a server one thing, and writes names and texts into SQL. */
public final class Query {

    private final Connection connection;

    public Query(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A question of one or more queries. */
    @FunctionalInterface
    public interface Asking<T> {
        T ask(Query query) throws SQLException;
    }

    /** All rows of a result. */
    public <T> List<T> list(String sql, Row<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
        }
        return Collections.unmodifiableList(found);
    }

    /** The only row of a result. */
    public <T> T one(String sql, Row<T> reader) throws SQLException {
        return list(sql, reader).get(0);
    }

    /** Runs statements that have no result. */
    public void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** The text of a query that lies next to a class. */
    public static String text(Class<?> owner, String file) {
        try (InputStream stream = owner.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An identifier, always in quotes. */
    public static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /** A text as a literal, under standard_conforming_strings. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
