package dev.restage.postgres.internal.archive.entries;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Trait;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.sql.QualifiedName;
import dev.restage.postgres.internal.sql.SqlCursor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the shape of tables from what their definitions say. */
public final class Shapes {

    /** More levels of partitions or domains than anybody has; a damaged archive could go round in a circle. */
    private static final int DEEPEST = 32;

    private final Definitions definitions;

    private Shapes(Definitions definitions) {
        this.definitions = definitions;
    }

    public static DatabaseShape of(List<Entry> entries) {
        Definitions definitions = new Definitions();
        entries.forEach(definitions::add);
        return new Shapes(definitions).shape();
    }

    /** A table without a definition, in an archive of data alone: every column could hold anything. */
    public static TableShape unknown(Entry data, List<String> columns) {
        List<TableShape.Column> texts = columns.stream()
                .map(name -> new TableShape.Column(name, "text", MaskTarget.TEXT, null))
                .toList();
        String schema = data.schema() == null ? "" : data.schema();
        return new TableShape(schema, data.tag(), data.tag(), texts, List.of(), List.of(), List.of());
    }

    private DatabaseShape shape() {
        List<TableShape> shapes = new ArrayList<>();
        definitions.tables.forEach((name, table) -> {
            if (table.partitioned == null || !table.hasPartitions) {
                shapes.add(shape(name, table));
            }
        });
        return new DatabaseShape(shapes);
    }

    private TableShape shape(QualifiedName name, TableDraft table) {
        Map<String, TableDraft.Column> columns = new LinkedHashMap<>();
        List<String> checks = new ArrayList<>();
        inherit(table, columns, checks, 0);
        List<TableShape.Reference> references = new ArrayList<>(table.references);
        QualifiedName root = name;
        // pg_dump lists a foreign key of a partitioned table once, not for each of its partitions.
        TableDraft above = table;
        for (int i = 0; i < DEEPEST && above != null && above.partitioned != null; i++) {
            root = above.partitioned;
            above = definitions.tables.get(root);
            if (above != null) {
                references.addAll(above.references);
            }
        }
        List<TableShape.Column> made = new ArrayList<>();
        columns.forEach((column, written) -> made.add(column(column, written, table.uniqueKeys, checks)));
        return new TableShape(name.schema(), name.name(), root.name(), made, table.uniqueKeys, references, checks);
    }

    /** Columns of parents come first; one that is written again keeps its place. */
    private void inherit(TableDraft table, Map<String, TableDraft.Column> columns, List<String> checks, int depth) {
        for (QualifiedName parent : table.parents) {
            TableDraft above = definitions.tables.get(parent);
            if (above != null && depth < DEEPEST) {
                inherit(above, columns, checks, depth + 1);
            }
        }
        columns.putAll(table.columns);
        table.checks.stream().filter(check -> !checks.contains(check)).forEach(checks::add);
    }

    private TableShape.Column column(
            String name, TableDraft.Column written, List<List<String>> uniqueKeys, List<String> checks) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (written.notNull()) {
            traits.add(Trait.NOT_NULL);
        }
        for (List<String> key : uniqueKeys) {
            if (key.contains(name)) {
                traits.add(key.size() == 1 ? Trait.UNIQUE : Trait.UNIQUE_WITH_OTHERS);
            }
        }
        return new TableShape.Column(name, written.type(), target(written.type(), traits, checks), written.generated());
    }

    private MaskTarget target(String type, Set<Trait> traits, List<String> checks) {
        String base = type;
        for (int i = 0; i < DEEPEST; i++) {
            Definitions.Domain domain = definitions.domains.get(named(base));
            if (domain == null) {
                break;
            }
            domain.checks().stream().filter(check -> !checks.contains(check)).forEach(checks::add);
            if (domain.notNull()) {
                traits.add(Trait.NOT_NULL);
            }
            base = domain.type();
        }
        List<String> labels = definitions.enums.get(named(base));
        return labels == null ? MaskTarget.of(base, traits) : MaskTarget.enumeration(labels, traits);
    }

    private static QualifiedName named(String type) {
        SqlCursor cursor = new SqlCursor(type);
        QualifiedName name = cursor.name("");
        return cursor.atEnd() ? name : new QualifiedName("", type);
    }
}
