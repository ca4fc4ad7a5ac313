package dev.restage.postgres;

import dev.restage.masking.ColumnMask;
import dev.restage.masking.MaskKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Masks rows of one table in COPY's text form. Values are found by their tabs, which never occur inside a value; what
 * is not masked goes through as the bytes it is.
 */
final class RowMask {

    private final List<ColumnMask> masks;
    private final MaskKey key;
    private final int last;
    private long maskedValues;

    /** One mask per column, one that keeps for those that stay. */
    RowMask(List<ColumnMask> masks, MaskKey key) {
        this.masks = masks;
        this.key = key;
        int found = -1;
        for (int i = 0; i < masks.size(); i++) {
            found = keeps(i) ? found : i;
        }
        this.last = found;
    }

    long maskedValues() {
        return maskedValues;
    }

    byte[] apply(byte[] row) {
        if (last < 0) {
            return row;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(row.length + 64);
        int from = 0;
        for (int column = 0; column <= last; column++) {
            int to = end(row, from);
            if (keeps(column)) {
                out.write(row, from, to - from);
            } else {
                out.writeBytes(masked(new String(row, from, to - from, StandardCharsets.UTF_8), column)
                        .getBytes(StandardCharsets.UTF_8));
            }
            if (column < last) {
                out.write(row[to]);
                from = to + 1;
            } else {
                out.write(row, to, row.length - to);
            }
        }
        return out.toByteArray();
    }

    private String masked(String value, int column) {
        if (value.isEmpty() || value.equals(CopyText.NULL)) {
            return value;
        }
        maskedValues++;
        @Nullable String masked = masks.get(column).apply(CopyText.decoded(value), key);
        return masked == null ? CopyText.NULL : CopyText.encoded(masked);
    }

    private boolean keeps(int column) {
        return masks.get(column).keeps();
    }

    private static int end(byte[] row, int from) {
        int to = from;
        while (row[to] != '\t' && row[to] != '\n') {
            to++;
        }
        return to;
    }
}
