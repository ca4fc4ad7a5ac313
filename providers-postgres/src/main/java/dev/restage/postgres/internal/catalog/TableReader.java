package dev.restage.postgres.internal.catalog;

import dev.restage.masking.TableShape;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Trait;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the tables as those see them who handle rows. */
final class TableReader {

    /**
     * A table.
     *
     * @param oid its oid
     * @param shape its columns and keys
     * @param bytes its size with out-of-line values
     * @param rows an estimate
     * @param pages those of its heap
     * @param filter which rows are a user's, of a table of an extension; null for all
     */
    record Table(
            long oid,
            TableShape shape,
            long bytes,
            long rows,
            long pages,
            @Nullable String filter) {}

    /** A column as the catalog has it. */
    private record Column(
            String name,
            String type,
            String base,
            List<String> labels,
            boolean notNull,
            @Nullable String generated) {}

    /** What there is to know of one table beside its columns. */
    private record Keys(List<List<String>> unique, List<TableShape.Reference> references, List<String> checks) {
        Keys() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private final CatalogSession session;
    private final Map<Long, List<Column>> columns = new HashMap<>();
    private final Map<Long, Keys> keys = new HashMap<>();

    TableReader(CatalogSession session) {
        this.session = session;
    }

    List<Table> tables() throws SQLException {
        session.all(
                List.of(session.text("shape/columns.sql")),
                row -> columns.computeIfAbsent(row.getLong(1), oid -> new ArrayList<>())
                        .add(new Column(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                strings(row, 5),
                                row.getBoolean(6),
                                row.getString(7))));
        session.all(List.of(session.text("shape/keys.sql")), row -> {
            Keys of = keys.computeIfAbsent(row.getLong(2), oid -> new Keys());
            return switch (row.getString(1)) {
                case "unique" -> of.unique().add(strings(row, 3));
                case "reference" ->
                    of.references()
                            .add(new TableShape.Reference(
                                    strings(row, 3), row.getString(4), row.getString(5), strings(row, 6)));
                default -> of.checks().add(row.getString(7));
            };
        });
        return session.all(
                List.of(session.text("shape/tables.sql")),
                row -> new Table(
                        row.getLong(1),
                        shape(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getString(8)));
    }

    private TableShape shape(long oid, String schema, String name, String root) {
        Keys of = keys.getOrDefault(oid, new Keys());
        List<TableShape.Column> shapes = columns.getOrDefault(oid, List.of()).stream()
                .map(column -> new TableShape.Column(
                        column.name(), column.type(), target(column, of.unique()), column.generated()))
                .toList();
        return new TableShape(schema, name, root, shapes, of.unique(), of.references(), of.checks());
    }

    private static MaskTarget target(Column column, List<List<String>> uniqueKeys) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (column.notNull()) {
            traits.add(Trait.NOT_NULL);
        }
        for (List<String> key : uniqueKeys) {
            if (key.contains(column.name())) {
                traits.add(key.size() == 1 ? Trait.UNIQUE : Trait.UNIQUE_WITH_OTHERS);
            }
        }
        return column.labels().isEmpty()
                ? MaskTarget.of(column.base(), traits)
                : MaskTarget.enumeration(column.labels(), traits);
    }

    private static List<String> strings(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
