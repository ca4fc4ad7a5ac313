package dev.restage.postgres.internal.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for each other and for tables. Hands out the heaviest one that may begin. Not for several threads at
 * once.
 */
final class WorkGraph {

    private final List<Task> waiting;
    private final Set<Object> unfinished = new HashSet<>();
    private final Map<Object, Integer> shared = new HashMap<>();
    private final Set<Object> exclusive = new HashSet<>();

    WorkGraph(Collection<Task> tasks) {
        this.waiting = new ArrayList<>(tasks);
        this.waiting.sort(Comparator.comparingLong(Task::weight).reversed());
        tasks.forEach(task -> unfinished.add(task.id()));
    }

    /**
     * One piece of work.
     *
     * @param id what others wait for
     * @param after ids of tasks that must have ended; those that are not in the graph do not count
     * @param tables what is used
     * @param use how
     * @param weight the heaviest is begun first
     */
    record Task(Object id, Set<Object> after, Set<Object> tables, Use use, long weight, Work work) {}

    /** Whether others may use the same tables meanwhile. */
    enum Use {
        /** Those who share may, too. */
        SHARED,
        /** Nobody may. */
        EXCLUSIVE
    }

    /** What a task does. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    boolean isDone() {
        return unfinished.isEmpty();
    }

    /** A task to begin with now; empty if all that are left have to wait. */
    Optional<Task> next() {
        for (int i = 0; i < waiting.size(); i++) {
            Task task = waiting.get(i);
            if (isReady(task)) {
                waiting.remove(i);
                hold(task);
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    void ended(Task task) {
        unfinished.remove(task.id());
        for (Object table : task.tables()) {
            if (task.use() == Use.EXCLUSIVE) {
                exclusive.remove(table);
            } else {
                shared.computeIfPresent(table, (any, users) -> users == 1 ? null : users - 1);
            }
        }
    }

    private boolean isReady(Task task) {
        return task.after().stream().noneMatch(unfinished::contains)
                && task.tables().stream().noneMatch(table -> isTaken(table, task.use()));
    }

    private boolean isTaken(Object table, Use use) {
        @Nullable Integer users = shared.get(table);
        return exclusive.contains(table) || (use == Use.EXCLUSIVE && users != null);
    }

    private void hold(Task task) {
        for (Object table : task.tables()) {
            if (task.use() == Use.EXCLUSIVE) {
                exclusive.add(table);
            } else {
                shared.merge(table, 1, Integer::sum);
            }
        }
    }
}
