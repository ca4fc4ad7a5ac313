package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasks of a transfer. Rows come before all that is made on their table; what is made on a table has it alone, but
 * for indexes, which are built side by side. Privileges come after that, then what has to come last, one by one.
 */
final class WorkPlan {

    /**
     * In this order, as refreshes read what others made, triggers of events must not see what is made, and no later
     * session is to be under the database's settings.
     */
    private static final List<String> LAST = List.of(Entry.PATHS, "EVENT TRIGGER", "DATABASE PROPERTIES");

    /** What calls functions on rows; those may look into any table. */
    private static final Set<String> CALLERS = Set.of("INDEX", "CONSTRAINT", "CHECK CONSTRAINT");

    private final Contents contents;
    private final Transfer transfer;
    private final int workers;
    private final Map<Integer, TableData> rows = new HashMap<>();
    private final Set<Integer> functions = new HashSet<>();
    private final Relations relations;
    private final Map<Integer, Set<Object>> partsOf = new HashMap<>();

    WorkPlan(Contents contents, Transfer transfer, int workers) {
        this.contents = contents;
        this.transfer = transfer;
        this.workers = workers;
        this.relations = new Relations(contents);
        contents.tables().forEach(data -> rows.put(data.entry().id(), data));
        contents.entries().stream()
                .filter(entry -> entry.kind().equals("FUNCTION"))
                .forEach(entry -> functions.add(entry.id()));
    }

    /**
     * An entry and the section in which it is made.
     *
     * @param section that of the nearest entry before it that has one
     */
    record Placed(Entry entry, Section section) {}

    /** Entries without a section of their own belong to that of the entry before them. */
    static List<Placed> placed(Contents contents) {
        List<Placed> placed = new ArrayList<>();
        Section last = Section.PRE_DATA;
        for (Entry entry : contents.entries()) {
            last = entry.section() == Section.NONE ? last : entry.section();
            placed.add(new Placed(entry, last));
        }
        return placed;
    }

    /** Rows and all that comes after them, side by side. */
    WorkGraph all() {
        List<WorkGraph.Task> tasks = new ArrayList<>(data());
        tasks.addAll(after());
        return new WorkGraph(tasks);
    }

    /** What comes after the rows, side by side. */
    WorkGraph afterRows() {
        return new WorkGraph(after());
    }

    /**
     * The entries with rows one by one as they are listed, and those after them too, if all has to be in order.
     *
     * @param toTheEnd whether what comes after the rows belongs to it
     */
    WorkGraph inOrder(boolean toTheEnd) {
        List<WorkGraph.Task> tasks = new ArrayList<>();
        Set<Object> before = Set.of();
        for (Placed placed : placed(contents)) {
            boolean wanted = placed.section() == Section.DATA || (toTheEnd && placed.section() == Section.POST_DATA);
            if (wanted) {
                tasks.add(task(placed.entry(), before, Set.of(), WorkGraph.Use.SHARED, 0));
                before = Set.of(placed.entry().id());
            }
        }
        return new WorkGraph(tasks);
    }

    private List<WorkGraph.Task> data() {
        List<WorkGraph.Task> tasks = new ArrayList<>();
        for (Placed placed : placed(contents)) {
            TableData data = rows.get(placed.entry().id());
            if (data != null) {
                tasks.addAll(parts(data));
            } else if (placed.section() == Section.DATA) {
                // large objects first: nothing tells how big they are
                tasks.add(task(placed.entry(), Set.of(), Set.of(), WorkGraph.Use.SHARED, Long.MAX_VALUE));
            }
        }
        return tasks;
    }

    private List<WorkGraph.Task> parts(TableData data) {
        Set<Object> ids = new HashSet<>();
        List<WorkGraph.Task> tasks = new ArrayList<>();
        List<TablePart> parts = transfer.parts(data, workers);
        for (TablePart part : parts) {
            // rows weigh more than what is built on them, so that the builders find their tables filled
            long weight = Math.max(1, data.bytes() / parts.size()) + (Long.MAX_VALUE >> 2);
            ids.add(part);
            tasks.add(new WorkGraph.Task(
                    part, Set.of(), Set.of(), WorkGraph.Use.SHARED, weight, () -> transfer.rows(part)));
        }
        partsOf.put(data.entry().id(), ids);
        return tasks;
    }

    private List<WorkGraph.Task> after() {
        List<WorkGraph.Task> tasks = new ArrayList<>();
        List<Entry> last = new ArrayList<>();
        List<Entry> onLast = new ArrayList<>();
        Set<Integer> lastIds = new HashSet<>();
        List<Entry> satellites = new ArrayList<>();
        List<Entry> references = new ArrayList<>();
        List<Entry> refreshes = new ArrayList<>();
        for (Placed placed : placed(contents)) {
            Entry entry = placed.entry();
            if (placed.section() != Section.POST_DATA) {
                continue;
            }
            if (entry.kind().equals(Entry.MATERIALIZED_VIEW_DATA)) {
                refreshes.add(entry);
            } else if (LAST.contains(entry.kind())) {
                last.add(entry);
                lastIds.add(entry.id());
            } else if (entry.section() == Section.NONE
                    && entry.dependencies().stream().anyMatch(lastIds::contains)) {
                onLast.add(entry);
            } else if (entry.section() == Section.NONE || entry.kind().equals("DEFAULT ACL")) {
                satellites.add(entry);
            } else if (entry.kind().equals("FK CONSTRAINT")) {
                references.add(entry);
            } else {
                tasks.add(task(entry, needs(entry), used(entry), use(entry), relations.bytes(entry)));
            }
        }
        List<WorkGraph.Task> keys = List.copyOf(tasks);
        references.forEach(entry -> tasks.add(reference(entry, keys)));
        List<WorkGraph.Task> made = List.copyOf(tasks);
        contents.tables().forEach(data -> tasks.add(settling(data, made)));
        last.sort((one, other) -> LAST.indexOf(one.kind()) - LAST.indexOf(other.kind()));
        Set<Object> before = oneByOne(satellites, ids(tasks), tasks);
        Refreshing refreshing = new Refreshing(refreshes, transfer);
        tasks.add(new WorkGraph.Task(refreshing, before, Set.of(), WorkGraph.Use.SHARED, 0, refreshing));
        before = oneByOne(last, Set.of(refreshing), tasks);
        oneByOne(onLast, before, tasks);
        return tasks;
    }

    private Set<Object> oneByOne(List<Entry> entries, Set<Object> after, List<WorkGraph.Task> tasks) {
        Set<Object> before = after;
        for (Entry entry : entries) {
            tasks.add(task(entry, before, Set.of(), WorkGraph.Use.SHARED, 0));
            before = Set.of(entry.id());
        }
        return before;
    }

    /** A key of a partitioned table can be referred to only when the indexes of all partitions are attached to it. */
    private WorkGraph.Task reference(Entry entry, List<WorkGraph.Task> keys) {
        Set<Object> families = Set.copyOf(relations.of(entry));
        Set<Object> after = needs(entry);
        keys.stream()
                .filter(task -> task.tables().stream().anyMatch(families::contains))
                .forEach(task -> after.add(task.id()));
        return task(entry, after, families, use(entry), relations.bytes(entry));
    }

    /** Figures are taken when nothing more is made on the table, so that they do not stand in its way. */
    private WorkGraph.Task settling(TableData data, List<WorkGraph.Task> made) {
        Set<Object> after = new HashSet<>(partsOf.getOrDefault(data.entry().id(), Set.of()));
        Object family = relations.familyOf(data.table().qualifiedName());
        made.stream().filter(task -> task.tables().contains(family)).forEach(task -> after.add(task.id()));
        return new WorkGraph.Task(
                data, after, Set.of(family), WorkGraph.Use.SHARED, data.bytes(), () -> transfer.settle(data));
    }

    private Set<Object> needs(Entry entry) {
        Set<Object> needs = new LinkedHashSet<>(entry.dependencies());
        relations.rowsOf(entry).forEach(id -> needs.addAll(partsOf.getOrDefault(id, Set.of())));
        if (callsFunctions(entry)) {
            partsOf.values().forEach(needs::addAll);
        }
        return needs;
    }

    /** Two that look into each other's table must not have theirs alone at the same time. */
    private Set<Object> used(Entry entry) {
        Set<Object> used = new HashSet<>(relations.of(entry));
        if (callsFunctions(entry) && use(entry) == WorkGraph.Use.EXCLUSIVE) {
            used.addAll(relations.families());
        }
        return used;
    }

    private boolean callsFunctions(Entry entry) {
        return CALLERS.contains(entry.kind()) && entry.dependencies().stream().anyMatch(functions::contains);
    }

    private static WorkGraph.Use use(Entry entry) {
        return entry.kind().equals("INDEX") ? WorkGraph.Use.SHARED : WorkGraph.Use.EXCLUSIVE;
    }

    private static Set<Object> ids(List<WorkGraph.Task> tasks) {
        Set<Object> ids = new HashSet<>();
        tasks.forEach(task -> ids.add(task.id()));
        return ids;
    }

    private WorkGraph.Task task(Entry entry, Set<Object> after, Set<Object> used, WorkGraph.Use use, long weight) {
        return new WorkGraph.Task(entry.id(), after, used, use, weight, () -> transfer.make(entry));
    }
}
