package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.provider.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts rows and bytes as they leave the source, and reports the rows with the estimated total. */
final class Meter {

    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** So many rows are counted by a thread on its own. */
    private static final int ROWS_PER_LOOK = 256;

    private final Progress progress;
    private final long estimate;
    private final LongAdder bytes = new LongAdder();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong reported = new AtomicLong(System.nanoTime());
    private final Map<String, Long> byTable = new TreeMap<>();

    Meter(List<TableData> tables, Progress progress) {
        this.progress = progress;
        this.estimate = tables.stream().mapToLong(TableData::rows).sum();
        tables.forEach(table -> byTable.put(table.table().qualifiedName(), 0L));
    }

    /** Counts what a sink is given by one thread. */
    Part part(TableData table, RowSink next) {
        return new Part(table.table().qualifiedName(), next);
    }

    long bytes() {
        return bytes.sum();
    }

    synchronized Map<String, Long> rows() {
        return Collections.unmodifiableMap(new TreeMap<>(byTable));
    }

    void finished() {
        progress.report(Progress.Unit.ROWS, rows.get(), rows.get());
    }

    private synchronized void add(String table, long more) {
        byTable.merge(table, more, Long::sum);
    }

    private void look(long more) {
        rows.addAndGet(more);
        long now = System.nanoTime();
        long last = reported.get();
        if (now - last > REPORT_NANOS && reported.compareAndSet(last, now)) {
            progress.report(Progress.Unit.ROWS, rows.get(), estimate == 0 ? 0 : Math.max(estimate, rows.get()));
        }
    }

    /** The count of one part of a table. */
    final class Part implements RowSink {

        private final String table;
        private final RowSink next;
        private long all;
        private long pending;
        private long pendingBytes;

        private Part(String table, RowSink next) {
            this.table = table;
            this.next = next;
        }

        @Override
        public void row(byte[] buffer, int from, int length) throws SQLException, IOException {
            next.row(buffer, from, length);
            pendingBytes += length;
            if (++pending == ROWS_PER_LOOK) {
                settle();
            }
        }

        void end() {
            settle();
            add(table, all);
        }

        private void settle() {
            all += pending;
            bytes.add(pendingBytes);
            look(pending);
            pending = 0;
            pendingBytes = 0;
        }
    }
}
