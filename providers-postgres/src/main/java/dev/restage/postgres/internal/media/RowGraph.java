package dev.restage.postgres.internal.media;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of a database, and the foreign keys by which their rows refer to each other. Partitions go by their root. */
final class RowGraph {

    private static final String KEYS = """
            SELECT n.nspname, c.relname, a.attname
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
            WHERE i.indisprimary AND i.indnkeyatts = 1""";

    /**
     * A table.
     *
     * @param key the column of its primary key; empty if there is none, or more than one
     * @param keyType the type of this column
     */
    record Table(TableShape shape, String key, String keyType) {

        private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
        private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

        String sql() {
            return Query.quoted(shape.schema()) + "." + Query.quoted(shape.name());
        }

        /** Whether a text can be a primary key. */
        boolean takes(String value) {
            return switch (keyType) {
                case "smallint" -> DIGITS.matcher(value).matches() && Long.parseLong(value) <= Short.MAX_VALUE;
                case "integer" -> DIGITS.matcher(value).matches() && Long.parseLong(value) <= Integer.MAX_VALUE;
                case "bigint" -> DIGITS.matcher(value).matches();
                case "uuid" -> UUID.matcher(value).matches();
                default -> keyType.startsWith("character varying") || keyType.equals("text");
            };
        }

        List<String> texts() {
            return shape.columns().stream()
                    .filter(column -> column.type().matches("text|jsonb?|citext"))
                    .map(TableShape.Column::name)
                    .toList();
        }
    }

    /** A foreign key of one column that leads to a primary key. */
    record Edge(Table from, String column, Table to) {

        /** Whether both rows are one thing, kept in two tables. */
        boolean isInheritance() {
            return column.equals(from.key());
        }
    }

    private final DatabaseShape shape;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();

    private RowGraph(DatabaseShape shape) {
        this.shape = shape;
    }

    static RowGraph of(Connection connection, DatabaseShape shape) throws SQLException {
        Map<String, String> keys = new LinkedHashMap<>();
        new Query(connection).list(KEYS, row -> keys.put(row.getString(1) + "." + row.getString(2), row.getString(3)));
        RowGraph graph = new RowGraph(shape);
        shape.tables().stream()
                .filter(table -> table.name().equals(table.root()))
                .forEach(table -> graph.add(table, keys.getOrDefault(table.qualifiedName(), "")));
        graph.tables.values().forEach(graph::connect);
        return graph;
    }

    private void add(TableShape table, String key) {
        String type = table.column(key).map(TableShape.Column::type).orElse("");
        tables.put(table.qualifiedName(), new Table(table, key, type));
    }

    private void connect(Table from) {
        for (TableShape.Reference reference : from.shape().references()) {
            Table to = tables.get(reference.schema() + "." + reference.table());
            if (to != null && reference.keys().equals(List.of(to.key()))) {
                edges.add(new Edge(from, reference.columns().get(0), to));
            }
        }
    }

    boolean fits(TableSelector selector, Table table) {
        return selector.fits(table.shape(), shape);
    }

    Stream<Table> tables() {
        return tables.values().stream();
    }

    Stream<Table> tables(TableSelector selector) {
        return tables().filter(table -> fits(selector, table));
    }

    /** The table of a bare name, in the first schema that has one. */
    Optional<Table> named(String name) {
        return tables().filter(table -> table.shape().name().equals(name)).findFirst();
    }

    List<Edge> edges() {
        return edges;
    }

    Stream<Edge> from(Table table) {
        return edges.stream().filter(edge -> edge.from().equals(table));
    }

    Stream<Edge> to(Table table) {
        return edges.stream().filter(edge -> edge.to().equals(table));
    }
}
