package dev.restage.postgres.internal.content;

import dev.restage.masking.TableShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that holds rows itself: a plain table or a leaf of a partitioned one.
 *
 * @param entry the entry of kind {@link Entry#TABLE_DATA}
 * @param table the table
 * @param columns the columns that rows have values for, in their order; generated ones are left out
 * @param bytes how much there is, with out-of-line values: the size on disk, or in the archive; 0 if not known
 * @param rows an estimate of the rows; 0 if not known
 * @param pages pages of the table's own heap, for cutting it up; 0 if not known
 * @param filter a {@code WHERE} clause with its keyword, for the rows that count; null for all. Tables of extensions
 *     have one where only some rows are a user's
 */
public record TableData(
        Entry entry,
        TableShape table,
        List<String> columns,
        long bytes,
        long rows,
        long pages,
        @Nullable String filter) {

    public TableData {
        columns = List.copyOf(columns);
    }

    /** All rows of a table. */
    public TableData(Entry entry, TableShape table, List<String> columns, long bytes, long rows, long pages) {
        this(entry, table, columns, bytes, rows, pages, null);
    }
}
