package dev.restage.masking;

import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.NamePattern;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says what happens to the values of columns.
 *
 * @param table which tables
 * @param column which columns: a name, with {@code *} for any text
 * @param types the forms of values for which it holds; empty for all
 * @param mask what happens to their values
 * @param reason why, for those who read the policy; null if there is nothing to say
 */
public record ColumnRule(
        TableSelector table,
        String column,
        Set<MaskTarget.Shape> types,
        Mask mask,
        @Nullable String reason) {

    /**
     * Copies the set.
     *
     * @param table which tables
     * @param column which columns
     * @param types the forms of values for which it holds
     * @param mask what happens to their values
     * @param reason why
     */
    public ColumnRule {
        types = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(types));
    }

    boolean fits(TableShape table, TableShape.Column column, DatabaseShape shape) {
        return NamePattern.fits(this.column, column.name())
                && (types.isEmpty() || types.contains(column.target().shape()))
                && this.table.fits(table, shape);
    }
}
