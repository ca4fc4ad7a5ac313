package dev.restage.postgres.internal.mask;

import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.WholeMask;
import dev.restage.postgres.internal.content.CopyRow;
import dev.restage.postgres.internal.content.CopyText;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.provider.ProviderException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Masks the rows of one part: replaces the slices of masked columns and hands on all else as the bytes it is. The row is
 * looked through only as far as its last masked column.
 */
final class RowMask implements RowSink {

    /** Masks a value under the key of the copy. */
    @FunctionalInterface
    interface Masking {
        @Nullable String of(ColumnMask mask, String value);
    }

    private static final byte[] NULL = {'\\', 'N'};

    private final TableData table;
    private final List<@Nullable ColumnMask> masks;
    private final int[] masked;
    private final int last;
    private final @Nullable RowTest carried;
    private final @Nullable RowTest exempt;
    private final Masking masking;
    private final MaskListener listener;
    private final LongAdder count;
    private final RowSink next;
    private final CopyRow row = new CopyRow();
    private byte[] out = new byte[8192];
    private int size;

    RowMask(
            TableData table,
            List<@Nullable ColumnMask> masks,
            @Nullable RowTest carried,
            @Nullable RowTest exempt,
            Masking masking,
            MaskListener listener,
            LongAdder count,
            RowSink next) {
        this.table = table;
        this.masks = masks;
        this.masked = IntStream.range(0, masks.size())
                .filter(i -> masks.get(i) != null)
                .toArray();
        this.last = carried != null || exempt != null ? masks.size() - 1 : masked[masked.length - 1];
        this.carried = carried;
        this.exempt = exempt;
        this.masking = masking;
        this.listener = listener;
        this.count = count;
        this.next = next;
    }

    @Override
    public void row(byte[] buffer, int from, int length) throws SQLException, IOException {
        row.split(buffer, from, length, last);
        if (carried != null && !carried.holds(row::at)) {
            return;
        }
        if (exempt != null && exempt.holds(row::at)) {
            next.row(buffer, from, length);
            return;
        }
        size = 0;
        int done = from;
        int replaced = 0;
        for (int column : masked) {
            int start = row.from(column);
            int end = row.to(column);
            if (start == end || row.isNull(column)) {
                continue;
            }
            add(buffer, done, start);
            byte[] value = value(column);
            add(value, 0, value.length);
            done = end;
            replaced++;
        }
        if (replaced == 0) {
            next.row(buffer, from, length);
            return;
        }
        add(buffer, done, from + length);
        count.add(replaced);
        next.row(out, 0, size);
    }

    private byte[] value(int column) {
        ColumnMask mask = Objects.requireNonNull(masks.get(column));
        if (mask.mask() instanceof WholeMask.Null && listener == MaskListener.NONE) {
            return NULL;
        }
        String original = Objects.requireNonNull(row.at(column));
        @Nullable String value = masked(mask, original, column);
        if (listener != MaskListener.NONE && !original.equals(value)) {
            listener.replaced(table, table.columns().get(column), original, value);
        }
        return value == null ? NULL : CopyText.encoded(value);
    }

    private @Nullable String masked(ColumnMask mask, String original, int column) {
        try {
            return masking.of(mask, original);
        } catch (RuntimeException e) {
            // its message or trace may quote the value, so it is no cause of what is shown
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "%s.%s holds a value that its mask %s cannot work on (%s); choose another mask"
                            .formatted(
                                    table.table().qualifiedName(),
                                    table.columns().get(column),
                                    mask.mask().getClass().getSimpleName(),
                                    e.getClass().getSimpleName()),
                    null);
        }
    }

    private void add(byte[] bytes, int from, int to) {
        int length = to - from;
        if (out.length - size < length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + length));
        }
        System.arraycopy(bytes, from, out, size, length);
        size += length;
    }
}
