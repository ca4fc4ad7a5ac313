package dev.restage.postgres.internal.copy;

import dev.restage.masking.TableShape;
import dev.restage.masking.TableShape.Reference;
import dev.restage.postgres.internal.session.Query;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows that would be copied, and refer to rows that would not be. */
record Dangling(TableShape table, Reference reference, Map<String, String> conditions) {

    /** So many are named. */
    private static final int NAMED = 10;

    /** Types of keys that say nothing of anybody. */
    private static final List<String> NAMELESS = List.of("smallint", "integer", "bigint", "uuid");

    /** A sentence that names them, if there are any. */
    Optional<String> in(Query source) throws SQLException {
        String own = conditions.get(table.qualifiedName());
        String rows = "FROM ONLY %s.%s WHERE %sNOT (%s) AND (%s) IS NOT TRUE"
                .formatted(
                        Query.quoted(table.schema()),
                        Query.quoted(table.name()),
                        own == null ? "" : own + " AND ",
                        RowFilters.missing(reference),
                        RowFilters.within(reference, conditions));
        long count = source.one("SELECT count(*) " + rows, row -> row.getLong(1));
        if (count == 0) {
            return Optional.empty();
        }
        return Optional.of(
                "%d rows of %s refer by %s to rows of %s.%s that the condition leaves out%s: widen the condition, or leave them out by it too"
                        .formatted(
                                count,
                                table.qualifiedName(),
                                String.join(", ", reference.columns()),
                                reference.schema(),
                                reference.table(),
                                names(source, rows)));
    }

    private String names(Query source, String rows) throws SQLException {
        Optional<List<String>> key = table.uniqueKeys().stream()
                .filter(columns -> columns.stream().allMatch(this::isNameless))
                .findFirst();
        if (key.isEmpty()) {
            return "";
        }
        String columns = key.get().stream().map(Query::quoted).collect(Collectors.joining(", "));
        List<String> names = source.list(
                "SELECT ROW(%s)::text %s ORDER BY %s LIMIT %d".formatted(columns, rows, columns, NAMED),
                row -> row.getString(1));
        return " (%s %s)".formatted(String.join(", ", key.get()), String.join(" ", names));
    }

    private boolean isNameless(String column) {
        return table.column(column)
                .filter(each -> NAMELESS.contains(each.type()))
                .isPresent();
    }
}
