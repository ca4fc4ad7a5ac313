package dev.restage.postgres.internal.mask;

import dev.restage.masking.LiveRows;
import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.ProviderException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at some rows of a live source, in its transaction, before anything is copied. Nothing is locked and nothing kept. */
public final class SourceRows implements LiveRows {

    private static final int ROWS_PER_TABLE = 200;

    /** So many tables are looked at by one statement, as a statement may take its time to get there. */
    private static final int TABLES_PER_QUERY = 100;

    private static final int MOST_CHARACTERS = 20_000;

    private static final int CHECKED_ROWS = 200;

    private static final String CHECK_VIOLATION = "23514";

    private final Connection source;
    private final ResolvedPolicy policy;
    private final MaskKey key;
    private final Predicate<TableShape> untried;
    private @Nullable Map<String, Map<String, List<String>>> values;

    /**
     * Prepares to look.
     *
     * @param source a session in a transaction
     * @param untried tables whose checks must not run there
     */
    public SourceRows(Connection source, ResolvedPolicy policy, MaskKey key, Predicate<TableShape> untried) {
        this.source = source;
        this.policy = policy;
        this.key = key;
        this.untried = untried;
    }

    /** {@inheritDoc} Of other columns none are shown. Long values are cut. */
    @Override
    public List<String> values(TableShape table, TableShape.Column column) {
        if (values == null) {
            values = attempt(this::read, refused -> Optional.empty()).orElseGet(Map::of);
        }
        return values.getOrDefault(table.qualifiedName(), Map.of()).getOrDefault(column.name(), List.of());
    }

    @Override
    public Optional<Boolean> refuses(TableMasking masking, String check) {
        if (untried.test(masking.table())) {
            return Optional.empty();
        }
        List<TableShape.Column> columns = masking.table().columns().stream()
                .filter(column -> check.contains(column.name()) || check.contains(Query.quoted(column.name())))
                .toList();
        // a domain refuses a value by an error, where the check of a table just does not hold
        return attempt(
                () -> refuses(masking, columns, check),
                refused -> CHECK_VIOLATION.equals(refused.getSQLState()) ? Optional.of(true) : Optional.empty());
    }

    private Map<String, Map<String, List<String>>> read() throws SQLException {
        ReadableTables readable = ReadableTables.of(new Query(source));
        Map<String, List<String>> columns = new HashMap<>();
        for (TableMasking masking : policy.tables()) {
            TableShape table = masking.table();
            List<String> open = table.columns().stream()
                    .filter(column -> masking.column(column.name())
                            .map(ColumnMask::namesParts)
                            .orElseGet(() -> isNumber(column)))
                    .map(TableShape.Column::name)
                    .toList();
            if (!open.isEmpty() && readable.shows(masking)) {
                columns.put(table.qualifiedName(), open);
            }
        }
        Map<String, Map<String, List<String>>> seen = new HashMap<>();
        List<TableShape> tables = policy.tables().stream()
                .map(TableMasking::table)
                .filter(table -> columns.containsKey(table.qualifiedName()))
                .toList();
        for (int from = 0; from < tables.size(); from += TABLES_PER_QUERY) {
            List<TableShape> some = tables.subList(from, Math.min(tables.size(), from + TABLES_PER_QUERY));
            read(some, columns, seen);
        }
        return seen;
    }

    private void read(
            List<TableShape> tables, Map<String, List<String>> columns, Map<String, Map<String, List<String>>> seen)
            throws SQLException {
        String query = Stream.iterate(0, i -> i < tables.size(), i -> i + 1)
                .map(i -> "(SELECT %d, ARRAY[%s]::text[] FROM %s LIMIT %d)"
                        .formatted(
                                i,
                                columns.getOrDefault(tables.get(i).qualifiedName(), List.of()).stream()
                                        .map(column ->
                                                "left(%s::text, %d)".formatted(Query.quoted(column), MOST_CHARACTERS))
                                        .collect(Collectors.joining(", ")),
                                quoted(tables.get(i)),
                                ROWS_PER_TABLE))
                .collect(Collectors.joining(" UNION ALL "));
        new Query(source).list(query, row -> {
            String table = tables.get(row.getInt(1)).qualifiedName();
            List<String> names = columns.getOrDefault(table, List.of());
            @Nullable String[] values = strings(row.getArray(2));
            for (int i = 0; i < values.length; i++) {
                String value = values[i];
                if (value != null) {
                    seen.computeIfAbsent(table, name -> new HashMap<>())
                            .computeIfAbsent(names.get(i), name -> new ArrayList<>())
                            .add(value);
                }
            }
            return table;
        });
    }

    private static boolean isNumber(TableShape.Column column) {
        MaskTarget element = column.target().element();
        Shape shape = element == null ? column.target().shape() : element.shape();
        return (shape == Shape.INTEGER || shape == Shape.NUMBER || shape == Shape.OTHER)
                && !column.name().equals("id")
                && !column.name().endsWith("_id");
    }

    private boolean refuses(TableMasking masking, List<TableShape.Column> columns, String check) throws SQLException {
        List<@Nullable String[]> rows = rows(masking, columns);
        String values = Stream.iterate(0, i -> i < columns.size(), i -> i + 1)
                .map(i -> "restage_v.v%d::%s AS %s"
                        .formatted(
                                i,
                                columns.get(i).type(),
                                Query.quoted(columns.get(i).name())))
                .collect(Collectors.joining(", "));
        String names = Stream.iterate(0, i -> i < columns.size(), i -> i + 1)
                .map(i -> "v" + i)
                .collect(Collectors.joining(", "));
        String arrays = columns.stream().map(column -> "?::text[]").collect(Collectors.joining(", "));
        String query = "SELECT count(*) FROM (SELECT %s FROM unnest(%s) AS restage_v(%s)) AS %s WHERE (%s) IS FALSE"
                .formatted(values, arrays, names, Query.quoted(masking.table().name()), check.replace("?", "??"));
        try (PreparedStatement statement = source.prepareStatement(query)) {
            for (int i = 0; i < columns.size(); i++) {
                int at = i;
                statement.setArray(
                        i + 1,
                        source.createArrayOf(
                                "text", rows.stream().map(row -> row[at]).toArray()));
            }
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && found.getLong(1) > 0;
            }
        }
    }

    /** Some rows as they will be: masked. */
    private List<@Nullable String[]> rows(TableMasking masking, List<TableShape.Column> columns) throws SQLException {
        String query = "SELECT ARRAY[%s]::text[] FROM %s LIMIT %d"
                .formatted(
                        columns.stream()
                                .map(column -> Query.quoted(column.name()) + "::text")
                                .collect(Collectors.joining(", ")),
                        quoted(masking.table()),
                        CHECKED_ROWS);
        return new Query(source).list(query, row -> {
            @Nullable String[] values = strings(row.getArray(1));
            for (int i = 0; i < values.length; i++) {
                String value = values[i];
                ColumnMask mask = masking.column(columns.get(i).name()).orElse(null);
                if (value != null && mask != null && columns.get(i).generated() == null) {
                    values[i] = mask.apply(value, key);
                }
            }
            return values;
        });
    }

    private interface Look<T> {
        T at() throws SQLException;
    }

    /**
     * Looks without ending the transaction, which others read in, when the server refuses.
     *
     * @param refused what it means when it does
     */
    private <T> Optional<T> attempt(Look<T> look, Function<SQLException, Optional<T>> refused) {
        try {
            Savepoint before = source.setSavepoint();
            try {
                T found = look.at();
                source.releaseSavepoint(before);
                return Optional.of(found);
            } catch (SQLException e) {
                source.rollback(before);
                return refused.apply(e);
            }
        } catch (SQLException e) {
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "rows of the source cannot be looked at (SQLSTATE %s): check that its server runs, and run again"
                            .formatted(e.getSQLState()),
                    null);
        }
    }

    private static @Nullable String[] strings(Array array) throws SQLException {
        return (@Nullable String[]) array.getArray();
    }

    private static String quoted(TableShape table) {
        return Query.quoted(table.schema()) + "." + Query.quoted(table.name());
    }
}
