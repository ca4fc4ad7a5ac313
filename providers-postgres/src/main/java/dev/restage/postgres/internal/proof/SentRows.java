package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.Transform;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Counts and sums up the rows that a transform lets through, at the last moment before they are sent. */
final class SentRows implements Transform {

    private final Transform before;
    private final Function<TableData, RowTally> fresh;
    private final Map<String, Queue<RowTally>> parts = new ConcurrentHashMap<>();

    SentRows(Transform before, Function<TableData, RowTally> fresh) {
        this.before = before;
        this.fresh = fresh;
    }

    @Override
    public boolean carriesRows(TableData table) {
        return before.carriesRows(table);
    }

    @Override
    public RowSink before(TableData table, RowSink next) {
        RowTally tally = fresh.apply(table);
        parts.computeIfAbsent(table.table().qualifiedName(), name -> new ConcurrentLinkedQueue<>())
                .add(tally);
        int width = table.columns().size();
        return before.before(table, (buffer, from, length) -> {
            tally.add(buffer, from, length, width);
            next.row(buffer, from, length);
        });
    }

    /** What was sent of a table; to be asked when all is sent. */
    RowTally of(TableData table) {
        RowTally all = fresh.apply(table);
        parts.getOrDefault(table.table().qualifiedName(), new ConcurrentLinkedQueue<>())
                .forEach(all::add);
        return all;
    }
}
