package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.content.CopyRow;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.Transform;
import java.util.BitSet;

/**
 * Lets tables be read whose rows are left behind, to learn who is in them: such people can stand in other tables too, and
 * nobody else would know them. None of these rows is handed on.
 */
record LeftRows(Transform carried, MaskedValues masked) implements Transform {

    /** Bigger tables are left unread, as they are left behind to save time too. */
    private static final long MOST_BYTES = 256L << 20;

    @Override
    public boolean carriesRows(TableData table) {
        return carried.carriesRows(table) || table.bytes() <= MOST_BYTES;
    }

    @Override
    public RowSink before(TableData table, RowSink next) {
        if (carried.carriesRows(table)) {
            return carried.before(table, next);
        }
        BitSet texts = new BitSet();
        for (int i = 0; i < table.columns().size(); i++) {
            texts.set(i, masked.matters(table, table.columns().get(i)));
        }
        CopyRow values = new CopyRow();
        return (row, from, length) -> {
            values.split(row, from, length, texts.length() - 1);
            for (int column = texts.nextSetBit(0); column >= 0; column = texts.nextSetBit(column + 1)) {
                String value = values.at(column);
                if (value != null && !value.isEmpty()) {
                    masked.leftBehind(value);
                }
            }
        };
    }
}
