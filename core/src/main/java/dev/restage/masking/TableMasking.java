package dev.restage.masking;

import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.value.ColumnMask;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a policy means for one table.
 *
 * @param table the table
 * @param rows which rows are carried: {@link Rows.All}, {@link Rows.None} or {@link Rows.Where}
 * @param exempt rows that are carried as they are; null if there are none
 * @param columns what happens to columns by name; columns that are not there have no rule and are copied as they are
 */
public record TableMasking(
        TableShape table, Rows rows, @Nullable Condition exempt, Map<String, ColumnMask> columns) {

    /**
     * Copies the map.
     *
     * @param table the table
     * @param rows which rows are carried
     * @param exempt rows that are carried as they are
     * @param columns what happens to columns by name
     */
    public TableMasking {
        columns = Map.copyOf(columns);
    }

    /** {@return whether any rows are carried} */
    public boolean carriesRows() {
        return !(rows instanceof Rows.None);
    }

    /**
     * Finds what happens to a column.
     *
     * @param column its name
     * @return its mask; empty if it is copied for want of a rule
     */
    public Optional<ColumnMask> column(String column) {
        return Optional.ofNullable(columns.get(column));
    }
}
