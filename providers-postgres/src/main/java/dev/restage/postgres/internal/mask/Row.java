package dev.restage.postgres.internal.mask;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The places of values in one row, as far as they are wanted. Used again for each row of a part. */
final class Row implements RowTest.Values {

    private final CopyText text = new CopyText();
    private byte[] buffer = {};
    private int[] ends = new int[16];
    private int start;

    /** Looks for the values up to and including one; a raw tab never occurs inside a value. */
    void split(byte[] buffer, int from, int length, int last) {
        this.buffer = buffer;
        this.start = from;
        if (ends.length <= last) {
            ends = Arrays.copyOf(ends, last + 1);
        }
        int i = from;
        int end = from + length;
        for (int column = 0; column <= last; column++) {
            while (i < end && buffer[i] != '\t' && buffer[i] != '\n') {
                i++;
            }
            if (i == end) {
                throw new IllegalStateException("a row has fewer values than columns");
            }
            ends[column] = i++;
        }
    }

    int from(int place) {
        return place == 0 ? start : ends[place - 1] + 1;
    }

    int to(int place) {
        return ends[place];
    }

    boolean isNull(int place) {
        int from = from(place);
        return to(place) - from == 2 && buffer[from] == '\\' && buffer[from + 1] == 'N';
    }

    @Override
    public @Nullable String at(int place) {
        return isNull(place) ? null : text.decoded(buffer, from(place), to(place));
    }
}
