package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.session.Query;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table or materialized view of the target.
 *
 * @param view whether it is a materialized view
 * @param cuttable whether its pages can be read in ranges
 * @param ofExtension whether it came with an extension, which may have put rows of its own into it
 */
record TargetTable(
        String schema,
        String name,
        boolean view,
        boolean cuttable,
        long pages,
        boolean ofExtension,
        List<Column> columns) {

    /** Smaller parts are not worth a statement of their own. */
    private static final long PAGES_PER_PART = 8192;

    /** Ranges of row addresses are read as such since this version. Source: release notes of PostgreSQL 14. */
    private static final int CUTS_SINCE = 14;

    /**
     * A column.
     *
     * @param text whether its values are or contain texts
     * @param number whether its values are or contain numbers that are long enough to be somebody's
     */
    record Column(String name, String type, boolean generated, boolean text, boolean number) {}

    TargetTable {
        columns = List.copyOf(columns);
    }

    static List<TargetTable> all(Connection connection) throws SQLException {
        boolean cuts = connection.getMetaData().getDatabaseMajorVersion() >= CUTS_SINCE;
        return new Query(connection)
                .list(
                        Query.text(TargetTable.class, "target-tables.sql"),
                        row -> new TargetTable(
                                row.getString("nspname"),
                                row.getString("relname"),
                                row.getBoolean("view"),
                                cuts && row.getBoolean("cuttable"),
                                row.getLong("pages"),
                                row.getBoolean("of_extension"),
                                columns(row)));
    }

    String qualifiedName() {
        return schema + "." + name;
    }

    /** Whether it holds values that read differently under each search path. */
    boolean namesObjects() {
        return columns.stream().anyMatch(column -> column.type().startsWith("reg"));
    }

    /** Conditions that each cut out a part of the rows; a single empty one for all of them. */
    List<String> parts() {
        if (!cuttable || pages <= PAGES_PER_PART) {
            return List.of("");
        }
        List<String> parts = new ArrayList<>();
        for (long from = 0; from < pages; from += PAGES_PER_PART) {
            long to = from + PAGES_PER_PART;
            parts.add(" WHERE ctid >= '(%d,0)'".formatted(from)
                    + (to < pages ? " AND ctid < '(%d,0)'".formatted(to) : ""));
        }
        return parts;
    }

    /** The statement that counts its rows. */
    String count() {
        return "SELECT count(*) FROM ONLY %s.%s".formatted(Query.quoted(schema), Query.quoted(name));
    }

    /** The statement that reads columns of one part. */
    String copy(List<String> names, String part) {
        String list = names.stream().map(Query::quoted).collect(Collectors.joining(", "));
        return "COPY (SELECT %s FROM ONLY %s.%s%s) TO STDOUT"
                .formatted(list, Query.quoted(schema), Query.quoted(name), part);
    }

    private static List<Column> columns(ResultSet row) throws SQLException {
        String[] names = (String[]) array(row, "names");
        Boolean[] generated = (Boolean[]) array(row, "generated");
        Boolean[] texts = (Boolean[]) array(row, "texts");
        Boolean[] numbers = (Boolean[]) array(row, "numbers");
        String[] types = (String[]) array(row, "types");
        List<Column> columns = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            columns.add(new Column(names[i], types[i], generated[i], texts[i], numbers[i]));
        }
        return columns;
    }

    private static Object array(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array.getArray();
    }
}
