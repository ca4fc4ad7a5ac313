package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.proof.words.RowHash;
import java.util.BitSet;

/** Counts rows and sums up their hashes, in whatever order they come. For one thread; sums of several can be added. */
final class RowTally {

    private final int columns;
    private final BitSet skipped;
    private final int last;
    private final long seed;
    private long rows;
    private long sum;

    /**
     * Covers the first columns of each row, but for some.
     *
     * @param skipped those that the target may write differently
     */
    RowTally(int columns, BitSet skipped, long seed) {
        this.columns = columns;
        this.skipped = skipped;
        this.last = skipped.length() - 1;
        this.seed = seed;
    }

    /** Covers no column: counts only. */
    RowTally() {
        this(0, new BitSet(), 0);
    }

    long rows() {
        return rows;
    }

    long sum() {
        return sum;
    }

    /** Takes rows that were only counted. */
    void count(long more) {
        rows += more;
    }

    void add(RowTally other) {
        rows += other.rows;
        sum += other.sum;
    }

    /** Takes a row as {@code value TAB value ... LF}; it may have more columns than are covered. */
    void add(byte[] row, int from, int length, int width) {
        rows++;
        int end = from + length - 1;
        long hash = seed;
        int start = from;
        int at = from;
        for (int column = 0; column <= last; column++) {
            int to = valueEnd(row, at, end);
            if (skipped.get(column)) {
                hash = RowHash.of(row, start, at, hash);
                start = to;
            }
            at = Math.min(to + 1, end);
        }
        sum += RowHash.of(row, start, width == columns ? end : coveredEnd(row, from, end), hash);
    }

    private int coveredEnd(byte[] row, int from, int end) {
        int to = columns == 0 ? from : valueEnd(row, from, end);
        for (int column = 1; column < columns; column++) {
            to = valueEnd(row, to + 1, end);
        }
        return to;
    }

    /** A tab never stands inside a value of COPY's text form. */
    private static int valueEnd(byte[] row, int from, int end) {
        int to = from;
        while (to < end && row[to] != '\t') {
            to++;
        }
        return to;
    }
}
