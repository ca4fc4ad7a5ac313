package dev.restage.masking;

import java.util.List;

/**
 * What happens to personal data on its way out of production, as data. Rules are tried in order, the first that fits
 * decides.
 *
 * @param columns rules for columns
 * @param tables rules for whole tables
 * @param strictness what happens to a column that can hold personal data and has no rule
 */
public record MaskingPolicy(List<ColumnRule> columns, List<TableRule> tables, Strictness strictness) {

    /** What happens to a column that can hold personal data and has no rule. */
    public enum Strictness {
        /** The run stops before anything is changed. */
        STRICT,
        /** The column is copied as it is. */
        LENIENT
    }

    /**
     * Copies the rules.
     *
     * @param columns rules for columns
     * @param tables rules for whole tables
     * @param strictness what happens to a column that can hold personal data and has no rule
     */
    public MaskingPolicy {
        columns = List.copyOf(columns);
        tables = List.copyOf(tables);
    }
}
