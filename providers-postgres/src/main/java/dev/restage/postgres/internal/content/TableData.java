package dev.restage.postgres.internal.content;

import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.sql.QualifiedName;
import dev.restage.postgres.internal.sql.SqlCursor;
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

    /** The table that rows are put into: most often their own, or the root of which it is a partition. */
    public QualifiedName into() {
        SqlCursor copy = new SqlCursor(entry.copy() == null ? "" : entry.copy());
        return copy.take("copy") ? copy.name(table.schema()) : new QualifiedName(table.schema(), table.name());
    }

    /** Whether rows are put into another table than the one they come from. */
    public boolean isThroughRoot() {
        return !into().equals(new QualifiedName(table.schema(), table.name()));
    }

    /** The same rows by another entry. */
    public TableData of(Entry other) {
        return new TableData(other, table, columns, bytes, rows, pages, filter);
    }

    /** All rows of a table. */
    public TableData(Entry entry, TableShape table, List<String> columns, long bytes, long rows, long pages) {
        this(entry, table, columns, bytes, rows, pages, null);
    }
}
