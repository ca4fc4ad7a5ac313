package dev.restage.postgres.internal.copy;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.TableShape.Reference;
import dev.restage.postgres.internal.session.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which rows of a database are copied, so that what is copied is consistent: rows that refer to rows left behind, directly
 * or over other tables, stay behind too. A key with a missing value refers to nothing.
 */
public final class RowFilters {

    private final DatabaseShape shape;
    private final Map<String, String> where;
    private final Set<String> affected = new HashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final Map<String, String> conditions = new TreeMap<>();

    private RowFilters(DatabaseShape shape, Map<String, String> where) {
        this.shape = shape;
        this.where = where;
    }

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
        for (TableShape table : shape.tables()) {
            if (affected.contains(table.qualifiedName())) {
                condition(table, Set.of()).ifPresent(sql -> conditions.put(table.qualifiedName(), sql));
            }
        }
    }

    /** The condition on a table within those on the tables of the path; empty if there is none. */
    private Optional<String> condition(TableShape table, Set<String> path) {
        if (path.contains(table.qualifiedName())) {
            problems.add(
                    ("rows of %s refer to each other, so a condition on them cannot be followed: leave out the condition"
                                    + " that leads there")
                            .formatted(table.qualifiedName()));
            return Optional.empty();
        }
        Set<String> longer = new HashSet<>(path);
        longer.add(table.qualifiedName());
        List<String> all = new ArrayList<>();
        where.forEach((name, sql) -> {
            if (isCalled(table, name)) {
                all.add("(" + sql + ")");
            }
        });
        for (Reference reference : table.references()) {
            if (affected.contains(target(reference))) {
                shape.table(reference.schema(), reference.table())
                        .flatMap(target -> condition(target, longer))
                        .ifPresent(sql -> all.add(refersTo(reference, sql)));
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(" AND ", all));
    }

    private static String refersTo(Reference reference, String condition) {
        String columns = String.join(
                ", ", reference.columns().stream().map(Query::quoted).toList());
        String missing = String.join(
                " OR ",
                reference.columns().stream()
                        .map(column -> Query.quoted(column) + " IS NULL")
                        .toList());
        String keys =
                String.join(", ", reference.keys().stream().map(Query::quoted).toList());
        return "(%s OR (%s) IN (SELECT %s FROM %s.%s WHERE %s))"
                .formatted(
                        missing,
                        columns,
                        keys,
                        Query.quoted(reference.schema()),
                        Query.quoted(reference.table()),
                        condition);
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
