package dev.restage.postgres.internal.arrange;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.sql.SqlCursor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Puts checks that call functions of the database behind the rows: such a function may look into tables, and those are
 * filled in an order that knows nothing of it.
 */
final class LateChecks {

    private final Contents contents;
    private final Routines routines;
    private final Map<Integer, Integer> parents;
    private final List<Check> late = new ArrayList<>();
    private int lastId;

    /** A check that comes later, of the table or domain with an id. */
    private record Check(int holder, String name, Entry entry) {}

    private LateChecks(Contents contents) {
        this.contents = contents;
        this.routines = new Routines(contents);
        this.parents = new Partitions(contents).parents();
        this.lastId = contents.entries().stream().mapToInt(Entry::id).max().orElse(0);
    }

    /** The same contents, with such checks as entries of their own. */
    static Contents of(Contents contents) {
        return new LateChecks(contents).arranged();
    }

    private Contents arranged() {
        List<Entry> entries = new ArrayList<>();
        contents.entries().forEach(entry -> entries.add(withoutLate(entry)));
        int afterRows = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).section() == Section.POST_DATA)
                .findFirst()
                .orElse(entries.size());
        entries.addAll(
                afterRows, late.stream().map(this::afterThoseOfPartitions).toList());
        return contents.withEntries(entries);
    }

    /** To a partition that has its root's check already, its own cannot be added; the other way round both are one. */
    private Entry afterThoseOfPartitions(Check check) {
        Set<Integer> needs = new LinkedHashSet<>(check.entry().dependencies());
        late.stream()
                .filter(other -> other.name().equals(check.name())
                        && Objects.equals(parents.get(other.holder()), check.holder()))
                .forEach(other -> needs.add(other.entry().id()));
        return check.entry().dependingOn(List.copyOf(needs));
    }

    private Entry withoutLate(Entry entry) {
        String definition = entry.definition();
        if (definition == null || !definition.contains("CHECK")) {
            return entry;
        }
        return switch (entry.kind()) {
            case "TABLE" -> entry.definedAs(ofTable(entry, definition));
            case "DOMAIN" -> isWithinOthers(entry) ? entry : entry.definedAs(ofDomain(entry, definition));
            default -> entry;
        };
    }

    /** As pg_dump writes it: {@code CREATE TABLE name (item, item) ...}, with checks as items of their own. */
    private String ofTable(Entry table, String definition) {
        SqlCursor cursor = new SqlCursor(definition);
        cursor.until(List.of("("));
        int open = cursor.next().to();
        List<String> kept = new ArrayList<>();
        boolean cut = false;
        do {
            int from = cursor.position();
            boolean isLate = isLate(cursor, table);
            cursor.until(List.of(","));
            if (!isLate) {
                kept.add("\n    " + definition.substring(from, cursor.behind()));
            }
            cut |= isLate;
        } while (cursor.take(","));
        return cut
                ? definition.substring(0, open)
                        + String.join(",", kept)
                        + "\n"
                        + definition.substring(cursor.position())
                : definition;
    }

    /** As pg_dump writes it: {@code CREATE DOMAIN name AS type ... CONSTRAINT name CHECK (...)}. */
    private String ofDomain(Entry domain, String definition) {
        SqlCursor cursor = new SqlCursor(definition);
        StringBuilder kept = new StringBuilder();
        int copied = 0;
        while (!cursor.atEnd()) {
            int from = cursor.position();
            if (isLate(cursor, domain)) {
                kept.append(definition, copied, from);
                copied = cursor.behind();
            } else if (cursor.sees("(")) {
                cursor.parenthesized();
            } else if (cursor.position() == from) {
                cursor.next();
            }
        }
        return kept.append(definition.substring(copied)).toString();
    }

    /** Goes over a check, and keeps it for later if it calls a function. */
    private boolean isLate(SqlCursor cursor, Entry holder) {
        if (!cursor.take("constraint")) {
            return false;
        }
        String name = cursor.next().text();
        if (!cursor.take("check")) {
            return false;
        }
        String condition = cursor.parenthesized();
        String options = cursor.take("no", "inherit") ? " NO INHERIT" : "";
        Set<Entry> called = routines.calledBy(condition);
        if (called.isEmpty()) {
            return false;
        }
        Set<Integer> needs = new LinkedHashSet<>(Set.of(holder.id()));
        called.forEach(function -> needs.add(function.id()));
        String alter = "ALTER %s %s.%s"
                .formatted(holder.kind(), Query.quoted(String.valueOf(holder.schema())), Query.quoted(holder.tag()));
        Entry check = new Entry(
                ++lastId,
                0,
                0,
                "CHECK CONSTRAINT",
                holder.schema(),
                holder.tag() + " " + name,
                Section.POST_DATA,
                "%s%n    ADD CONSTRAINT %s CHECK (%s)%s;%n".formatted(alter, Query.quoted(name), condition, options),
                "%s DROP CONSTRAINT %s;%n".formatted(alter, Query.quoted(name)),
                null,
                null,
                null,
                (char) 0,
                holder.owner(),
                List.copyOf(needs));
        late.add(new Check(holder.id(), name, check));
        return true;
    }

    /** A check cannot be added to a domain of which columns have arrays, rows or ranges. */
    private boolean isWithinOthers(Entry domain) {
        return contents.entries().stream().anyMatch(entry -> switch (entry.kind()) {
            case "TYPE" -> names(entry, domain);
            case "TABLE" ->
                names(entry, domain) && String.valueOf(entry.definition()).contains("[]");
            default -> false;
        });
    }

    private static boolean names(Entry entry, Entry domain) {
        SqlCursor cursor = new SqlCursor(String.valueOf(entry.definition()));
        while (!cursor.atEnd()) {
            if (cursor.next().text().equals(domain.tag())) {
                return true;
            }
        }
        return false;
    }
}
