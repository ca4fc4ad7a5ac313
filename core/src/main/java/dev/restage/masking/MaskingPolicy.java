package dev.restage.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happens to personal data on its way out of production, as data. Rules are tried in order, the first that fits
 * decides.
 *
 * <pre>{@code
 * MaskingPolicy.builder()
 *         .rows("django_session")
 *         .mask("*", "email", new Mask.Email("example.com"))
 *         .keep("django_migrations", "*")
 *         .build();
 * }</pre>
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

    /** {@return a policy that copies everything as it is: for data which is masked already, or holds nothing personal} */
    public static MaskingPolicy none() {
        return new MaskingPolicy(List.of(), List.of(), Strictness.LENIENT);
    }

    /** {@return a builder of a strict policy without rules} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Finds what happens to a column.
     *
     * @param table the table's bare name
     * @param column the column's name
     * @return the mask of the first rule that fits; empty if there is none
     */
    public Optional<Mask> maskFor(String table, String column) {
        return columns.stream()
                .filter(rule -> rule.fits(table, column))
                .map(ColumnRule::mask)
                .findFirst();
    }

    /**
     * Says whether a table is copied without its rows.
     *
     * @param table the table's bare name
     * @return whether its rows stay behind
     */
    public boolean leavesRowsOf(String table) {
        return tables.stream().anyMatch(rule -> rule.fits(table));
    }

    /**
     * Adds rules that go before these, such as a project's own before a ready policy's.
     *
     * @param own the rules to try first; its strictness counts
     * @return both
     */
    public MaskingPolicy plus(MaskingPolicy own) {
        return new MaskingPolicy(
                Stream.concat(own.columns.stream(), columns.stream()).toList(),
                Stream.concat(own.tables.stream(), tables.stream()).toList(),
                own.strictness);
    }

    /** Collects rules in the order in which they are tried. */
    public static final class Builder {

        private final List<ColumnRule> columns = new ArrayList<>();
        private final List<TableRule> tables = new ArrayList<>();
        private Strictness strictness = Strictness.STRICT;

        private Builder() {}

        /**
         * Leaves the rows of tables behind.
         *
         * @param names names of tables, with {@code *} for any text
         * @return this builder
         */
        public Builder rows(String... names) {
            Stream.of(names).map(TableRule::new).forEach(tables::add);
            return this;
        }

        /**
         * Masks columns.
         *
         * @param table names of tables, with {@code *} for any text
         * @param column names of columns, likewise
         * @param mask what happens to their values
         * @return this builder
         */
        public Builder mask(String table, String column, Mask mask) {
            columns.add(new ColumnRule(table, column, mask));
            return this;
        }

        /**
         * Declares columns as safe.
         *
         * @param table names of tables, with {@code *} for any text
         * @param names names of columns, likewise
         * @return this builder
         */
        public Builder keep(String table, String... names) {
            Stream.of(names).forEach(name -> mask(table, name, new Mask.Keep()));
            return this;
        }

        /**
         * Copies columns without a rule as they are.
         *
         * @return this builder
         */
        public Builder lenient() {
            strictness = Strictness.LENIENT;
            return this;
        }

        /** {@return the policy with the rules so far} */
        public MaskingPolicy build() {
            return new MaskingPolicy(columns, tables, strictness);
        }
    }
}
