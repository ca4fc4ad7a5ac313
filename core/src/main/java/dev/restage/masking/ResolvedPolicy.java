package dev.restage.masking;

import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableShape.Reference;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Trait;
import dev.restage.masking.value.WholeMask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a policy means for one database. A column that refers to another and has no rule of its own is masked as the
 * other is.
 */
public final class ResolvedPolicy {

    private final MaskingPolicy policy;
    private final DatabaseShape shape;
    private final Map<String, Rows> rows = new HashMap<>();
    private final Map<String, Set<String>> dropped = new HashMap<>();
    private final Map<String, TableMasking> tables = new LinkedHashMap<>();

    ResolvedPolicy(MaskingPolicy policy, DatabaseShape shape) {
        this.policy = policy;
        this.shape = shape;
        shape.tables().forEach(table -> rows.put(table.qualifiedName(), policy.rowsOf(table, shape)));
        leaveReferringBehind();
        shape.tables().forEach(table -> tables.put(table.qualifiedName(), masking(table)));
    }

    /** {@return what happens to each table, in the order of the shape} */
    public List<TableMasking> tables() {
        return List.copyOf(tables.values());
    }

    /**
     * Finds what happens to a table.
     *
     * @param table a table of the shape, or one of the same name
     * @return what happens to it
     */
    public TableMasking table(TableShape table) {
        TableMasking masking = tables.get(table.qualifiedName());
        if (masking == null) {
            throw new IllegalArgumentException("the database has no table " + table.qualifiedName());
        }
        return masking;
    }

    /** {@return why the policy cannot be followed, a sentence for each column; empty if it can} */
    public List<String> problems() {
        return new Problems(this, policy.strictness(), null).all();
    }

    /**
     * Finds why the policy cannot be followed.
     *
     * @param rows what can be asked of the rows
     * @return a sentence for each column
     */
    List<String> problems(LiveRows rows) {
        return new Problems(this, policy.strictness(), rows).all();
    }

    Optional<TableMasking> referred(Reference reference) {
        return Optional.ofNullable(tables.get(reference.schema() + "." + reference.table()));
    }

    private void leaveReferringBehind() {
        Deque<TableShape> left = new ArrayDeque<>(shape.tables().stream()
                .filter(table -> rows.get(table.qualifiedName()) instanceof Rows.NoneNorReferring)
                .toList());
        while (!left.isEmpty()) {
            TableShape empty = left.remove();
            for (TableShape table : shape.tables()) {
                for (Reference reference : table.references()) {
                    if (reference.leadsTo(empty) && !leavesAll(table) && !dropReference(table, reference)) {
                        rows.put(table.qualifiedName(), new Rows.NoneNorReferring());
                        left.add(table);
                    }
                }
            }
        }
    }

    private boolean leavesAll(TableShape table) {
        Rows treatment = rows.get(table.qualifiedName());
        return treatment instanceof Rows.None || treatment instanceof Rows.NoneNorReferring;
    }

    /** Lets the columns of a reference go missing, if that is possible for one at least. */
    private boolean dropReference(TableShape table, Reference reference) {
        List<String> nullable = reference.columns().stream()
                .filter(column -> table.column(column)
                        .filter(each -> !each.target().traits().contains(Trait.NOT_NULL))
                        .isPresent())
                .toList();
        dropped.computeIfAbsent(table.qualifiedName(), name -> new HashSet<>()).addAll(nullable);
        return !nullable.isEmpty();
    }

    private TableMasking masking(TableShape table) {
        Map<String, ColumnMask> columns = new HashMap<>();
        for (TableShape.Column column : table.columns()) {
            if (column.generated() == null) {
                mask(table, column, new HashSet<>())
                        .ifPresent(mask -> columns.put(column.name(), new ColumnMask(mask, target(table, column))));
            }
        }
        Rows treatment = Objects.requireNonNull(rows.get(table.qualifiedName()));
        return new TableMasking(
                table,
                treatment instanceof Rows.NoneNorReferring ? new Rows.None() : treatment,
                policy.exemptOf(table, shape),
                columns);
    }

    private Optional<Mask> mask(TableShape table, TableShape.Column column, Set<String> seen) {
        if (dropped.getOrDefault(table.qualifiedName(), Set.of()).contains(column.name())) {
            return Optional.of(new WholeMask.Null());
        }
        Optional<Mask> own = policy.maskFor(table, column, shape);
        if (own.isPresent() || !seen.add(table.qualifiedName() + "." + column.name())) {
            return own;
        }
        @Nullable Key key = key(table, column);
        return key == null ? Optional.empty() : mask(key.table(), key.column(), seen);
    }

    private MaskTarget target(TableShape table, TableShape.Column column) {
        Set<String> seen = new HashSet<>();
        TableShape keyTable = table;
        TableShape.Column keyColumn = column;
        for (@Nullable Key key = key(table, column);
                key != null
                        && seen.add(
                                key.table().qualifiedName() + "." + key.column().name());
                key = key(key.table(), key.column())) {
            keyTable = key.table();
            keyColumn = key.column();
        }
        MaskTarget target = withKeys(keyTable, keyColumn);
        if (keyTable.equals(table) && keyColumn.equals(column)) {
            return target;
        }
        // a reference may be missing where the key may not
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        traits.addAll(target.traits());
        traits.remove(Trait.NOT_NULL);
        if (column.target().traits().contains(Trait.NOT_NULL)) {
            traits.add(Trait.NOT_NULL);
        }
        return new MaskTarget(target.shape(), target.maxLength(), traits, target.labels(), target.element());
    }

    private record Key(TableShape table, TableShape.Column column) {}

    private @Nullable Key key(TableShape table, TableShape.Column column) {
        for (Reference reference : table.references()) {
            int place = reference.columns().indexOf(column.name());
            if (place >= 0) {
                Optional<TableShape> other = shape.table(reference.schema(), reference.table());
                Optional<Key> key = other.flatMap(
                        found -> found.column(reference.keys().get(place)).map(each -> new Key(found, each)));
                if (key.isPresent()) {
                    return key.get();
                }
            }
        }
        return null;
    }

    /** The column's target with what the keys of its table say of it. */
    private static MaskTarget withKeys(TableShape table, TableShape.Column column) {
        MaskTarget target = column.target();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        traits.addAll(target.traits());
        for (List<String> unique : table.uniqueKeys()) {
            if (unique.contains(column.name())) {
                traits.add(unique.size() == 1 ? Trait.UNIQUE : Trait.UNIQUE_WITH_OTHERS);
            }
        }
        return new MaskTarget(target.shape(), target.maxLength(), traits, target.labels(), target.element());
    }
}
