package dev.restage.masking;

import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.NamePattern;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as far as masking has to know it, read from a live catalog or from an archive's definitions.
 *
 * @param schema the schema it is in
 * @param name its bare name
 * @param root the bare name of the table at the top of its partitions; its own name if it is no partition
 * @param columns its columns in the order of the table
 * @param uniqueKeys the columns of each primary key, unique constraint and unique index; an index on an expression
 *     counts with the columns that the expression uses
 * @param references its foreign keys
 * @param checks the conditions of its CHECK constraints and of its columns' domains, as SQL; a domain's says
 *     {@code VALUE}
 */
public record TableShape(
        String schema,
        String name,
        String root,
        List<Column> columns,
        List<List<String>> uniqueKeys,
        List<Reference> references,
        List<String> checks) {

    /**
     * Copies the lists.
     *
     * @param schema the schema it is in
     * @param name its bare name
     * @param root the bare name of the table at the top of its partitions
     * @param columns its columns
     * @param uniqueKeys the columns of each unique key
     * @param references its foreign keys
     * @param checks its conditions, as SQL
     */
    public TableShape {
        columns = List.copyOf(columns);
        uniqueKeys = uniqueKeys.stream().map(List::copyOf).toList();
        references = List.copyOf(references);
        checks = List.copyOf(checks);
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type its type as the server writes it: {@code character varying(254)}, {@code jsonb}, {@code text[]}
     * @param target what it takes
     * @param generated the expression that the server computes it with; null if values are written to it
     */
    public record Column(
            String name,
            String type,
            MaskTarget target,
            @Nullable String generated) {}

    /**
     * A foreign key.
     *
     * @param columns the columns that refer
     * @param schema the schema of the table referred to
     * @param table the bare name of the table referred to
     * @param keys the columns referred to, in the same order
     */
    public record Reference(List<String> columns, String schema, String table, List<String> keys) {

        /**
         * Copies the lists.
         *
         * @param columns the columns that refer
         * @param schema the schema of the table referred to
         * @param table the bare name of the table referred to
         * @param keys the columns referred to
         */
        public Reference {
            columns = List.copyOf(columns);
            keys = List.copyOf(keys);
        }

        boolean leadsTo(TableShape other) {
            return other.schema().equals(schema)
                    && (other.name().equals(table) || other.root().equals(table));
        }

        /** Whether a column of this name is one of those that refer. */
        boolean uses(String pattern) {
            return columns.stream().anyMatch(column -> NamePattern.fits(pattern, column));
        }
    }

    /** {@return schema and name, not quoted} */
    public String qualifiedName() {
        return schema + "." + name;
    }

    /**
     * Finds a column.
     *
     * @param column its name
     * @return the column; empty if there is none of that name
     */
    public Optional<Column> column(String column) {
        return columns.stream().filter(each -> each.name().equals(column)).findFirst();
    }
}
