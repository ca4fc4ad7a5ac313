package dev.restage.postgres.testing;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import java.util.List;

/** Entries for rows of tables that no catalog was read for. */
public final class RowEntries {

    private RowEntries() {}

    /** The entry of a table's rows. */
    public static Entry of(int id, String schema, String table) {
        return new Entry(
                id,
                0,
                0,
                Entry.TABLE_DATA,
                schema,
                table,
                Section.DATA,
                null,
                null,
                null,
                null,
                null,
                'r',
                null,
                List.of());
    }
}
