package dev.restage.postgres;

import dev.restage.masking.MaskTarget;
import dev.restage.masking.MaskTarget.Trait;
import dev.restage.postgres.EntryOrder.Placed;
import dev.restage.postgres.SchemaEntry.Section;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a database holds: its objects in the order in which they can be made, and its tables. */
final class CatalogReader {

    /** The queries in the order of pg_dump: what nothing orders otherwise is made in this order. */
    private static final List<String> BEFORE_ROWS = List.of(
            "schemas",
            "extensions",
            "types",
            "functions",
            "aggregates",
            "sequences",
            "tables",
            "column-settings",
            "sequence-owners",
            "defaults",
            "checks",
            "partitions",
            "views");

    private static final List<String> AFTER_ROWS = List.of(
            "constraints",
            "indexes",
            "index-partitions",
            "index-settings",
            "statistics",
            "rules",
            "triggers",
            "foreign-keys");

    private final Catalog catalog;
    private final Set<ObjectId> extensionMembers;

    CatalogReader(Catalog catalog) throws SQLException {
        this.catalog = catalog;
        this.extensionMembers = new HashSet<>(catalog.ask("extension-members", row -> ObjectId.at(row, 1)));
    }

    List<SchemaEntry> entries() throws SQLException {
        EntryOrder order = new EntryOrder(
                catalog.ask("dependencies", row -> new EntryOrder.Edge(ObjectId.at(row, 1), ObjectId.at(row, 3))));
        List<Placed> after = found(AFTER_ROWS);
        List<Placed> before = order.sorted(found(BEFORE_ROWS), after);
        List<SchemaEntry> entries = new ArrayList<>();
        before.forEach(placed -> entries.add(placed.entry().in(Section.BEFORE_ROWS)));
        entries.addAll(sequenceValues());
        Set<Placed> made = new HashSet<>(before);
        order.sorted(after, List.of()).stream()
                .filter(placed -> !made.contains(placed))
                .forEach(placed -> entries.add(placed.entry()));
        order.sorted(found(List.of("refreshes")), List.of()).forEach(placed -> entries.add(placed.entry()));
        found(List.of("comments")).forEach(placed -> entries.add(placed.entry()));
        return entries;
    }

    /** Objects of kinds that a copy does not carry, each as its kind and name. */
    List<String> unsupported() throws SQLException {
        return catalog
                .ask("unsupported", row -> Map.entry(ObjectId.at(row, 3), row.getString(1) + " " + row.getString(2)))
                .stream()
                .filter(entry -> !extensionMembers.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Statements that remove every object which is no part of an extension. */
    List<String> drops() throws SQLException {
        return catalog.ask("drops", row -> Map.entry(ObjectId.at(row, 2), row.getString(1))).stream()
                .filter(entry -> !extensionMembers.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The tables that hold rows, big ones first. */
    List<TableData> tables() throws SQLException {
        Map<Long, List<TableColumn>> columns = new HashMap<>();
        catalog.ask(
                "columns",
                row -> columns.computeIfAbsent(row.getLong(1), oid -> new ArrayList<>())
                        .add(column(row)));
        long pgClass = catalog.askText("SELECT 'pg_class'::regclass::oid", row -> row.getLong(1))
                .get(0);
        List<TableData> tables = new ArrayList<>();
        catalog.ask("tables", row -> {
            if (extensionMembers.contains(new ObjectId(pgClass, row.getLong(3)))) {
                return false;
            }
            return tables.add(new TableData(
                    row.getString(1),
                    row.getString(2),
                    row.getString(5),
                    row.getLong(4),
                    columns.getOrDefault(row.getLong(3), List.of())));
        });
        return tables;
    }

    private List<Placed> found(List<String> queries) throws SQLException {
        List<Placed> found = new ArrayList<>();
        for (String query : queries) {
            catalog
                    .ask(
                            "catalog/" + query,
                            row -> new Placed(
                                    ObjectId.at(row, 3),
                                    new SchemaEntry(
                                            row.getString(1), row.getString(2), Section.AFTER_ROWS, row.getString(5))))
                    .stream()
                    .filter(placed -> !extensionMembers.contains(placed.id()))
                    .sorted(Comparator.comparing(placed -> placed.entry().name()))
                    .forEach(found::add);
        }
        return found;
    }

    private List<SchemaEntry> sequenceValues() throws SQLException {
        List<SchemaEntry> values = new ArrayList<>();
        for (Map.Entry<ObjectId, String> sequence : catalog.askText(
                "SELECT 'pg_class'::regclass::oid, c.oid, c.oid::regclass::text FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND n.nspname !~ '^pg_'"
                        + " AND n.nspname <> '" + Catalog.OWN_SCHEMA + "' ORDER BY 3",
                row -> Map.entry(ObjectId.at(row, 1), row.getString(3)))) {
            if (!extensionMembers.contains(sequence.getKey())) {
                values.addAll(catalog.askText(
                        "SELECT last_value, is_called FROM " + sequence.getValue(),
                        row -> new SchemaEntry(
                                "sequence value",
                                sequence.getValue(),
                                Section.WITH_ROWS,
                                "SELECT pg_catalog.setval(%s, %d, %s)"
                                        .formatted(
                                                Catalog.literal(sequence.getValue()),
                                                row.getLong(1),
                                                row.getBoolean(2)))));
            }
        }
        return values;
    }

    private static TableColumn column(ResultSet row) throws SQLException {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (row.getBoolean(6)) {
            traits.add(Trait.NOT_NULL);
        }
        if (row.getInt(7) > 0) {
            traits.add(row.getInt(7) == 1 ? Trait.UNIQUE : Trait.UNIQUE_WITH_OTHERS);
        }
        return new TableColumn(
                row.getString(2),
                row.getString(3),
                new MaskTarget(TableColumn.shape(row.getString(3), row.getBoolean(4)), row.getInt(5), traits));
    }
}
