package dev.restage.postgres.internal.content;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The places of values in one row of COPY's text form, as far as they are wanted. Used again for each row of a part, by
 * one thread.
 */
public final class CopyRow {

    private final CopyText text = new CopyText();
    private byte[] buffer = {};
    private int[] ends = new int[16];
    private int start;

    /** Looks for the values up to and including one; a raw tab never occurs inside a value. */
    public void split(byte[] buffer, int from, int length, int last) {
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

    /** Where a value begins in the bytes given. */
    public int from(int place) {
        return place == 0 ? start : ends[place - 1] + 1;
    }

    /** Where a value ends. */
    public int to(int place) {
        return ends[place];
    }

    /** Whether a value is missing. */
    public boolean isNull(int place) {
        int from = from(place);
        return to(place) - from == 2 && buffer[from] == '\\' && buffer[from + 1] == 'N';
    }

    /** The value without COPY's escapes; null for a missing one. */
    public @Nullable String at(int place) {
        return isNull(place) ? null : text(place);
    }

    /** The value without COPY's escapes, of one that is not missing. */
    public String text(int place) {
        return text.decoded(buffer, from(place), to(place));
    }
}
