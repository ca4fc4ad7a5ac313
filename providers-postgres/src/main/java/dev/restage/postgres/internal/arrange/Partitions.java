package dev.restage.postgres.internal.arrange;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.sql.QualifiedName;
import dev.restage.postgres.internal.sql.SqlCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which tables of some contents are partitions of which, by what, and with which bounds, as their definitions say. */
final class Partitions {

    private final Map<Integer, Entry> tables = new HashMap<>();
    private final Map<String, Entry> byName = new HashMap<>();
    private final Map<Integer, Bound> bounds = new HashMap<>();

    /**
     * What a partition holds.
     *
     * @param parent the table that it is a partition of
     * @param values {@code FOR VALUES ...} or {@code DEFAULT}
     */
    record Bound(Entry parent, String values) {}

    /**
     * By what a table is partitioned.
     *
     * @param strategy {@code list}, {@code range} or {@code hash}
     * @param columns columns, expressions, collations and operator classes as they are written
     */
    record By(String strategy, String columns) {}

    Partitions(Contents contents) {
        for (Entry entry : contents.entries()) {
            if (entry.kind().equals("TABLE")) {
                tables.put(entry.id(), entry);
                byName.put(name(entry), entry);
            }
        }
        contents.entries().stream()
                .filter(entry -> entry.kind().equals("TABLE ATTACH"))
                .forEach(this::attach);
        tables.values().forEach(this::attachWithin);
    }

    /** The tables above a table, from the next to the root; none if it is no partition. */
    List<Entry> above(String schema, String name) {
        List<Entry> above = new ArrayList<>();
        @Nullable Entry at = byName.get(schema + "." + name);
        while (at != null && bounds.containsKey(at.id())) {
            at = Objects.requireNonNull(bounds.get(at.id())).parent();
            above.add(at);
        }
        return above;
    }

    /** The tables that are partitions of others, with those, by the ids of both. */
    Map<Integer, Integer> parents() {
        return bounds.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, bound -> bound.getValue().parent().id()));
    }

    /** What the partitions of a table hold. */
    List<String> valuesBelow(Entry table) {
        return bounds.values().stream()
                .filter(bound -> bound.parent().id() == table.id())
                .map(Bound::values)
                .toList();
    }

    static Optional<By> by(Entry table) {
        SqlCursor cursor = new SqlCursor(String.valueOf(table.definition()));
        cursor.until(List.of("partition"));
        while (!cursor.atEnd()) {
            if (cursor.take("partition", "by")) {
                return Optional.of(new By(cursor.next().text().toLowerCase(Locale.ROOT), cursor.parenthesized()));
            }
            cursor.next();
            cursor.until(List.of("partition"));
        }
        return Optional.empty();
    }

    /** {@code ALTER TABLE ONLY parent ATTACH PARTITION child FOR VALUES ...;} */
    private void attach(Entry attach) {
        String definition = String.valueOf(attach.definition());
        SqlCursor cursor = new SqlCursor(definition);
        cursor.take("alter", "table");
        cursor.take("only");
        @Nullable Entry parent = table(cursor, attach);
        if (cursor.take("attach", "partition")) {
            bind(table(cursor, attach), parent, values(cursor));
        }
    }

    /** {@code CREATE TABLE child PARTITION OF parent ... FOR VALUES ...}, as versions before 12 write it. */
    private void attachWithin(Entry child) {
        SqlCursor cursor = new SqlCursor(String.valueOf(child.definition()));
        cursor.until(List.of("partition", "("));
        if (cursor.take("partition", "of")) {
            @Nullable Entry parent = table(cursor, child);
            cursor.until(List.of("for", "default"));
            bind(child, parent, values(cursor));
        }
    }

    private void bind(@Nullable Entry child, @Nullable Entry parent, String values) {
        if (child != null && parent != null) {
            bounds.put(child.id(), new Bound(parent, values));
        }
    }

    private static String values(SqlCursor cursor) {
        return cursor.until(List.of("partition"));
    }

    private @Nullable Entry table(SqlCursor cursor, Entry within) {
        QualifiedName name = cursor.name(String.valueOf(within.schema()));
        return byName.get(name.schema() + "." + name.name());
    }

    private static String name(Entry table) {
        return table.schema() + "." + table.tag();
    }
}
