package dev.restage.postgres.internal.mask;

import dev.restage.postgres.internal.content.CopyRow;
import dev.restage.postgres.internal.content.RowSink;
import java.util.Set;

/** Collects the values of one column. */
final class ColumnReader implements RowSink {

    private final CopyRow row = new CopyRow();
    private final int place;
    private final Set<String> values;

    ColumnReader(int place, Set<String> values) {
        this.place = place;
        this.values = values;
    }

    @Override
    public void row(byte[] buffer, int from, int length) {
        row.split(buffer, from, length, place);
        String value = row.at(place);
        if (value != null) {
            values.add(value);
        }
    }
}
