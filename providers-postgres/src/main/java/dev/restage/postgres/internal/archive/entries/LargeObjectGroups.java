package dev.restage.postgres.internal.archive.entries;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The two ways to list large objects: an entry {@code BLOB} for each of them, as everything else here has it, and from
 * format 1.16 on {@code BLOB METADATA} for groups of them, whose definition is a list of oids.
 */
public final class LargeObjectGroups {

    private static final String GROUP = "BLOB METADATA";
    private static final String RIGHTS = "ACL";
    private static final Pattern OID = Pattern.compile("[0-9]{1,10}");
    private static final long CLASS_OID = 2613;

    /** How many large objects pg_dump 17 and 18 put in a group. */
    private static final int MOST = 1000;

    private LargeObjectGroups() {}

    /** Whether an entry is no group, or a group of nothing but oids. */
    public static boolean isSound(Entry entry) {
        return !entry.kind().equals(GROUP) || oids(entry).stream().allMatch(OID.asMatchPredicate());
    }

    /** Lists each large object by itself, before the data, with its own privileges. */
    public static List<Entry> split(List<Entry> entries) {
        if (entries.stream().noneMatch(entry -> entry.kind().equals(GROUP))) {
            return entries;
        }
        Ids ids = new Ids(entries);
        Map<Integer, List<Integer>> members = new HashMap<>();
        Map<String, List<String>> oidsByTag = new HashMap<>();
        List<Entry> ones = new ArrayList<>();
        List<Entry> data = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.kind().equals(GROUP)) {
                List<String> oids = oids(entry);
                List<Integer> made = new ArrayList<>();
                for (String oid : oids) {
                    int id = made.isEmpty() ? entry.id() : ids.next();
                    made.add(id);
                    ones.add(one(entry, id, oid));
                }
                members.put(entry.id(), made);
                oidsByTag.put("LARGE OBJECTS " + entry.tag(), oids);
            }
        }
        int firstData = 0;
        while (firstData < entries.size() && entries.get(firstData).section().compareTo(Section.DATA) < 0) {
            firstData++;
        }
        for (Entry entry : entries.subList(firstData, entries.size())) {
            if (entry.kind().equals(GROUP)) {
                continue;
            }
            if (entry.kind().equals(RIGHTS) && oidsByTag.containsKey(entry.tag())) {
                data.addAll(rights(entry, oidsByTag.getOrDefault(entry.tag(), List.of()), ids));
            } else {
                data.add(entry.dependingOn(spread(entry.dependencies(), members)));
            }
        }
        List<Entry> all = new ArrayList<>(entries.subList(0, firstData));
        all.addAll(ones);
        all.addAll(data);
        return all;
    }

    /** Lists large objects in groups of one owner; those with privileges of their own stay by themselves. */
    public static List<Entry> group(List<Entry> entries) {
        Set<String> alone = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.kind().equals(RIGHTS) && entry.tag().startsWith("LARGE OBJECT ")) {
                alone.add(entry.tag().substring("LARGE OBJECT ".length()));
            }
        }
        Map<Integer, Integer> groupOf = new HashMap<>();
        List<Entry> groups = new ArrayList<>();
        List<Entry> current = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.kind().equals(Entry.BLOB)) {
                continue;
            }
            boolean joins = !current.isEmpty()
                    && current.size() < MOST
                    && !alone.contains(entry.tag())
                    && !alone.contains(current.get(0).tag())
                    && Objects.equals(current.get(0).owner(), entry.owner());
            if (!joins) {
                close(current, groups);
            }
            current.add(entry);
            groupOf.put(entry.id(), current.get(0).id());
        }
        close(current, groups);
        return arranged(entries, groups, groupOf);
    }

    /** Puts groups at the end of the data section, before the first large objects, with what belongs to them. */
    private static List<Entry> arranged(List<Entry> entries, List<Entry> groups, Map<Integer, Integer> groupOf) {
        List<Entry> all = new ArrayList<>();
        List<Entry> attached = new ArrayList<>();
        boolean placed = groups.isEmpty();
        for (Entry entry : entries) {
            if (entry.kind().equals(Entry.BLOB)) {
                continue;
            }
            Entry next = entry.dependingOn(entry.dependencies().stream()
                    .map(id -> groupOf.getOrDefault(id, id))
                    .distinct()
                    .toList());
            boolean late = entry.kind().equals(Entry.BLOBS) || entry.section() == Section.POST_DATA;
            if (!placed && late) {
                all.addAll(groups);
                all.addAll(attached);
                placed = true;
            }
            boolean early =
                    !placed && entry.section() == Section.NONE && entry.tag().startsWith("LARGE OBJECT");
            (early ? attached : all).add(next);
        }
        if (!placed) {
            all.addAll(groups);
            all.addAll(attached);
        }
        return all;
    }

    private static void close(List<Entry> members, List<Entry> groups) {
        if (members.isEmpty()) {
            return;
        }
        Entry first = members.get(0);
        String last = members.get(members.size() - 1).tag();
        String tag = members.size() == 1 ? first.tag() : first.tag() + ".." + last;
        StringBuilder oids = new StringBuilder();
        members.forEach(member -> oids.append(member.tag()).append('\n'));
        // The drop statement does nothing; pg_restore sets no owner on an entry without one.
        groups.add(entry(first, first.id(), GROUP, tag, Section.DATA, oids.toString(), "-- dummy\n"));
        members.clear();
    }

    private static List<String> oids(Entry group) {
        String list = group.definition() == null ? "" : group.definition();
        return list.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static Entry one(Entry group, int id, String oid) {
        String create = "SELECT pg_catalog.lo_create('%s');\n".formatted(oid);
        String drop = "SELECT pg_catalog.lo_unlink('%s');\n".formatted(oid);
        return entry(group, id, Entry.BLOB, oid, Section.PRE_DATA, create, drop);
    }

    /** The statements of a group name its first member only. */
    private static List<Entry> rights(Entry group, List<String> oids, Ids ids) {
        List<Entry> each = new ArrayList<>();
        for (String oid : oids) {
            int id = each.isEmpty() ? group.id() : ids.next();
            String from = "LARGE OBJECT " + oids.get(0) + " ";
            String to = "LARGE OBJECT " + oid + " ";
            each.add(entry(
                    group,
                    id,
                    RIGHTS,
                    "LARGE OBJECT " + oid,
                    group.section(),
                    replaced(group.definition(), from, to),
                    replaced(group.drop(), from, to)));
        }
        return each;
    }

    private static @Nullable String replaced(@Nullable String text, String from, String to) {
        return text == null ? null : text.replace(from, to);
    }

    private static List<Integer> spread(List<Integer> dependencies, Map<Integer, List<Integer>> members) {
        return dependencies.stream()
                .flatMap(id -> members.getOrDefault(id, List.of(id)).stream())
                .toList();
    }

    private static Entry entry(
            Entry like,
            int id,
            String kind,
            String tag,
            Section section,
            @Nullable String definition,
            @Nullable String drop) {
        boolean object = !kind.equals(RIGHTS);
        return new Entry(
                id,
                object ? CLASS_OID : 0,
                kind.equals(Entry.BLOB) ? Long.parseLong(tag) : like.oid(),
                kind,
                null,
                tag,
                section,
                definition,
                drop,
                null,
                null,
                null,
                (char) 0,
                like.owner(),
                like.dependencies());
    }

    /** Ids that no entry has. */
    private static final class Ids {

        private int last;

        Ids(List<Entry> entries) {
            last = entries.stream().mapToInt(Entry::id).max().orElse(0);
        }

        int next() {
            return ++last;
        }
    }
}
