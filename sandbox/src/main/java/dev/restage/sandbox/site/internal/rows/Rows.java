package dev.restage.sandbox.site.internal.rows;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows by table, collected in PostgreSQL's COPY text format and loaded in one go. */
final class Rows {

    private final Map<String, StringBuilder> tables = new LinkedHashMap<>();

    /** Adds one row; the values are those of all columns, in the order of {@code schema.txt}. */
    void add(String table, @Nullable Object... values) {
        StringBuilder rows = tables.computeIfAbsent(table, name -> new StringBuilder());
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                rows.append('\t');
            }
            append(rows, values[i]);
        }
        rows.append('\n');
    }

    void load(Connection connection) throws SQLException, IOException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (Map.Entry<String, StringBuilder> table : tables.entrySet()) {
            copy.copyIn(
                    "COPY %s FROM STDIN".formatted(table.getKey()),
                    new StringReader(table.getValue().toString()));
        }
    }

    private static void append(StringBuilder rows, @Nullable Object value) {
        if (value == null) {
            rows.append("\\N");
            return;
        }
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> rows.append("\\\\");
                case '\t' -> rows.append("\\t");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                default -> rows.append(c);
            }
        }
    }
}
