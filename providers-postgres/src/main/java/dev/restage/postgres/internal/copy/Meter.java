package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
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

/**
 * Counts rows and bytes as they leave the source. It reports rows with the estimated total, and bytes as the source stores
 * them, of which the total is known from the beginning.
 */
final class Meter {

    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** So many rows are counted by a thread on its own. */
    private static final int ROWS_PER_LOOK = 256;

    private final Progress progress;
    private final long estimate;
    private final long storedTotal;
    private final LongAdder stored = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong reported = new AtomicLong(System.nanoTime());
    private final Map<String, Long> byTable = new TreeMap<>();

    Meter(List<TableData> tables, Progress progress) {
        this.progress = progress;
        this.estimate = tables.stream().mapToLong(TableData::rows).sum();
        this.storedTotal = tables.stream().mapToLong(TableData::bytes).sum();
        tables.forEach(table -> byTable.put(table.table().qualifiedName(), 0L));
    }

    /** Counts what a sink is given by one thread. */
    Part part(TablePart part, RowSink next) {
        return new Part(part, next);
    }

    long bytes() {
        return bytes.sum();
    }

    synchronized Map<String, Long> rows() {
        return Collections.unmodifiableMap(new TreeMap<>(byTable));
    }

    void finished() {
        progress.report(Progress.Unit.ROWS, rows.get(), rows.get());
        long all = storedTotal == 0 ? bytes.sum() : storedTotal;
        progress.report(Progress.Unit.BYTES, all, all);
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
            progress.report(Progress.Unit.BYTES, storedTotal == 0 ? bytes.sum() : stored.sum(), storedTotal);
        }
    }

    /** The count of one part of a table. */
    final class Part implements RowSink {

        private final String table;
        private final RowSink next;
        private final long share;
        private final double expectedRows;
        private long all;
        private long text;
        private long counted;
        private long pending;
        private long pendingBytes;

        private Part(TablePart part, RowSink next) {
            TableData data = part.data();
            this.table = data.table().qualifiedName();
            this.next = next;
            double fraction = part.isWhole()
                    ? 1
                    : (Math.min(part.to(), data.pages()) - part.from()) / (double) Math.max(1, data.pages());
            this.share = (long) (data.bytes() * fraction);
            this.expectedRows = data.rows() * fraction;
        }

        @Override
        public void row(byte[] buffer, int from, int length) throws SQLException, IOException {
            next.row(buffer, from, length);
            pendingBytes += length;
            if (++pending == ROWS_PER_LOOK) {
                settle();
                count((long) (share * done()));
                look(ROWS_PER_LOOK);
            }
        }

        void end() {
            long last = pending;
            settle();
            count(share);
            look(last);
            add(table, all);
        }

        private void settle() {
            all += pending;
            text += pendingBytes;
            bytes.add(pendingBytes);
            pending = 0;
            pendingBytes = 0;
        }

        /** Without a number of rows, text tells only that there is less and less to come. */
        private double done() {
            return expectedRows > 0 ? Math.min(1, all / expectedRows) : text / (double) (text + share + 1);
        }

        private void count(long now) {
            stored.add(now - counted);
            counted = now;
        }
    }
}
