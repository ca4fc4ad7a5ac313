package dev.restage.postgres.internal.copy;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.TableShape.Reference;
import dev.restage.postgres.internal.session.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which rows of a database are copied, so that what is copied is consistent: rows that refer to rows left behind, directly
 * or over other tables, stay behind too. A key with a missing value refers to nothing. Where rows refer to each other in
 * a circle, one reference of the circle cannot be followed; it is asked for rows that would dangle.
 */
public final class RowFilters {

    private final DatabaseShape shape;
    private final Map<String, String> where;
    private final Set<String> affected = new HashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final Map<String, String> conditions = new TreeMap<>();
    private final List<Circle> circles = new ArrayList<>();

    private RowFilters(DatabaseShape shape, Map<String, String> where) {
        this.shape = shape;
        this.where = where;
    }

    /** A reference that leads back to where it came from. */
    private record Circle(TableShape table, Reference reference) {}

    /**
     * Follows conditions along foreign keys.
     *
     * @param where conditions in SQL by table, {@code name} or {@code schema.name}
     */
    public static RowFilters of(DatabaseShape shape, Map<String, String> where) {
        RowFilters filters = new RowFilters(shape, where);
        filters.follow();
        return filters;
    }

    /** Why the conditions cannot be followed, a sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The conditions by {@code schema.table}, with those that follow from others. */
    public Map<String, String> conditions() {
        return Map.copyOf(conditions);
    }

    /** The rows that would refer to rows left behind, a sentence for each foreign key that has such. */
    public List<String> dangling(Query source) throws SQLException {
        List<String> dangling = new ArrayList<>();
        for (Circle circle : circles) {
            Dangling rows = new Dangling(circle.table(), circle.reference(), conditions);
            rows.in(source).ifPresent(dangling::add);
        }
        return dangling;
    }

    private void follow() {
        for (String name : where.keySet()) {
            List<TableShape> named = shape.tables().stream()
                    .filter(table -> isCalled(table, name))
                    .toList();
            if (named.isEmpty()) {
                problems.add("the condition on %s fits no table: correct the name".formatted(name));
            }
            named.forEach(table -> affected.add(table.qualifiedName()));
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (TableShape table : shape.tables()) {
                grown |= table.references().stream().anyMatch(reference -> affected.contains(target(reference)))
                        && affected.add(table.qualifiedName());
            }
        }
        // from a table without a condition of its own the circle is left where it can be followed
        Map<String, Boolean> done = new HashMap<>();
        shape.tables().stream()
                .sorted(Comparator.comparing(table -> where.keySet().stream().anyMatch(name -> isCalled(table, name))))
                .forEach(table -> visit(table, done));
    }

    /** Targets first, so that each condition is made once, of finished ones. */
    private void visit(TableShape table, Map<String, Boolean> done) {
        String name = table.qualifiedName();
        if (!affected.contains(name) || done.putIfAbsent(name, false) != null) {
            return;
        }
        List<String> all = new ArrayList<>();
        where.forEach((called, sql) -> {
            if (isCalled(table, called)) {
                all.add("(" + sql + ")");
            }
        });
        for (Reference reference : table.references()) {
            String target = target(reference);
            shape.table(reference.schema(), reference.table()).ifPresent(referred -> visit(referred, done));
            if (Boolean.FALSE.equals(done.get(target))) {
                circles.add(new Circle(table, reference));
            } else if (conditions.containsKey(target)) {
                all.add("(%s OR %s)".formatted(missing(reference), within(reference, conditions)));
            }
        }
        if (!all.isEmpty()) {
            conditions.put(name, String.join(" AND ", all));
        }
        done.put(name, true);
    }

    static String missing(Reference reference) {
        return reference.columns().stream()
                .map(column -> Query.quoted(column) + " IS NULL")
                .collect(Collectors.joining(" OR "));
    }

    /** That the row referred to is among those which are copied. */
    static String within(Reference reference, Map<String, String> conditions) {
        String condition = conditions.get(target(reference));
        return "(%s) IN (SELECT %s FROM %s.%s%s)"
                .formatted(
                        quoted(reference.columns()),
                        quoted(reference.keys()),
                        Query.quoted(reference.schema()),
                        Query.quoted(reference.table()),
                        condition == null ? "" : " WHERE " + condition);
    }

    private static String quoted(List<String> columns) {
        return columns.stream().map(Query::quoted).collect(Collectors.joining(", "));
    }

    private static boolean isCalled(TableShape table, String name) {
        return name.equals(table.name())
                || name.equals(table.root())
                || name.equals(table.qualifiedName())
                || name.equals(table.schema() + "." + table.root());
    }

    private static String target(Reference reference) {
        return reference.schema() + "." + reference.table();
    }
}
