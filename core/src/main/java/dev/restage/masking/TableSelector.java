package dev.restage.masking;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.restage.masking.value.NamePattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds tables of a database by what its catalog says of them, so that a policy need not know their names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TableSelector.Named.class, name = "name"),
    @JsonSubTypes.Type(value = TableSelector.Having.class, name = "columns"),
    @JsonSubTypes.Type(value = TableSelector.HavingOnly.class, name = "only-columns"),
    @JsonSubTypes.Type(value = TableSelector.ReferredToBy.class, name = "referred-to-by"),
    @JsonSubTypes.Type(value = TableSelector.Referring.class, name = "referring-to"),
    @JsonSubTypes.Type(value = TableSelector.All.class, name = "all-of"),
    @JsonSubTypes.Type(value = TableSelector.Any.class, name = "any-of"),
    @JsonSubTypes.Type(value = TableSelector.Not.class, name = "not"),
})
public sealed interface TableSelector {

    /**
     * Says whether a table is meant.
     *
     * @param table the table
     * @param shape the database it is in
     * @return whether it is
     */
    boolean fits(TableShape table, DatabaseShape shape);

    /**
     * {@return the tables of these names}
     *
     * @param patterns bare names, or {@code schema.name}, with {@code *} for any text
     */
    static TableSelector named(String... patterns) {
        return patterns.length == 1
                ? new Named(patterns[0])
                : new Any(Stream.of(patterns).<TableSelector>map(Named::new).toList());
    }

    /**
     * {@return the tables that have all of these columns, and perhaps more}
     *
     * @param columns names
     */
    static TableSelector having(String... columns) {
        return new Having(List.of(columns));
    }

    /**
     * {@return the table that a column refers to}
     *
     * @param table the bare name of the table that refers: {@code cms_page}
     * @param column its column: {@code owner_id}
     */
    static TableSelector referredToBy(String table, String column) {
        return new ReferredToBy(new Named(table), column);
    }

    /**
     * {@return the tables that refer to certain others}
     *
     * @param column the columns that refer, with {@code *} for any text
     * @param to the tables referred to
     */
    static TableSelector referring(String column, TableSelector to) {
        return new Referring(column, to);
    }

    /**
     * Tables of a name.
     *
     * @param pattern a bare name, or {@code schema.name}, with {@code *} for any text; a partition goes by the names of its
     *     root too
     */
    record Named(String pattern) implements TableSelector {
        @Override
        public boolean fits(TableShape table, DatabaseShape shape) {
            return NamePattern.fits(pattern, table.name())
                    || NamePattern.fits(pattern, table.root())
                    || fitsWithSchema(table)
                    || (!table.root().equals(table.name())
                            && roots(table, shape).anyMatch(this::fitsWithSchema));
        }

        /** A pattern without a point says nothing of the schema: {@code p*} does not mean all that is in {@code public}. */
        private boolean fitsWithSchema(TableShape table) {
            return pattern.indexOf('.') >= 0 && NamePattern.fits(pattern, table.qualifiedName());
        }

        /** A root has its own schema; of several of one name, that in the schema of the partition is meant. */
        private static Stream<TableShape> roots(TableShape partition, DatabaseShape shape) {
            Optional<TableShape> near = shape.table(partition.schema(), partition.root());
            return near.isPresent()
                    ? near.stream()
                    : shape.tables().stream()
                            .filter(table -> table.name().equals(partition.root())
                                    && table.root().equals(table.name()));
        }
    }

    /**
     * Tables that have certain columns.
     *
     * @param columns their names
     */
    record Having(List<String> columns) implements TableSelector {

        /**
         * Copies the list.
         *
         * @param columns their names
         */
        public Having {
            columns = List.copyOf(columns);
        }

        @Override
        public boolean fits(TableShape table, DatabaseShape shape) {
            return columns.stream().allMatch(column -> table.column(column).isPresent());
        }
    }

    /**
     * Tables that have certain columns and no others.
     *
     * @param columns their names
     */
    record HavingOnly(List<String> columns) implements TableSelector {

        /**
         * Copies the list.
         *
         * @param columns their names
         */
        public HavingOnly {
            columns = List.copyOf(columns);
        }

        @Override
        public boolean fits(TableShape table, DatabaseShape shape) {
            return columns.size() == table.columns().size() && new Having(columns).fits(table, shape);
        }
    }

    /**
     * Tables that others refer to.
     *
     * @param table those that refer
     * @param column the column that refers, with {@code *} for any text
     */
    record ReferredToBy(TableSelector table, String column) implements TableSelector {
        @Override
        public boolean fits(TableShape table, DatabaseShape shape) {
            // the foreign keys first: who refers may itself have to be looked for
            return shape.tables().stream()
                    .filter(other -> other.references().stream()
                            .anyMatch(reference -> reference.leadsTo(table) && reference.uses(column)))
                    .anyMatch(other -> this.table.fits(other, shape));
        }
    }

    /**
     * Tables that refer to others.
     *
     * @param column the column that refers, with {@code *} for any text
     * @param to those referred to
     */
    record Referring(String column, TableSelector to) implements TableSelector {
        @Override
        public boolean fits(TableShape table, DatabaseShape shape) {
            return table.references().stream()
                    .filter(reference -> reference.uses(column))
                    .flatMap(reference -> shape.table(reference.schema(), reference.table()).stream())
                    .anyMatch(target -> to.fits(target, shape));
        }
    }

    /**
     * Tables that several selectors find.
     *
     * @param of the selectors
     */
    record All(List<TableSelector> of) implements TableSelector {

        /**
         * Copies the list.
         *
         * @param of the selectors
         */
        public All {
            of = List.copyOf(of);
        }

        @Override
        public boolean fits(TableShape table, DatabaseShape shape) {
            return of.stream().allMatch(each -> each.fits(table, shape));
        }
    }

    /**
     * Tables that one of several selectors finds.
     *
     * @param of the selectors
     */
    record Any(List<TableSelector> of) implements TableSelector {

        /**
         * Copies the list.
         *
         * @param of the selectors
         */
        public Any {
            of = List.copyOf(of);
        }

        @Override
        public boolean fits(TableShape table, DatabaseShape shape) {
            return of.stream().anyMatch(each -> each.fits(table, shape));
        }
    }

    /**
     * Tables that a selector does not find.
     *
     * @param of the selector
     */
    record Not(TableSelector of) implements TableSelector {
        @Override
        public boolean fits(TableShape table, DatabaseShape shape) {
            return !of.fits(table, shape);
        }
    }
}
