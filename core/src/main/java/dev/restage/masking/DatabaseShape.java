package dev.restage.masking;

import java.util.List;
import java.util.Optional;

/**
 * The tables of a database as far as masking has to know them.
 *
 * @param tables the tables that hold rows, and the roots of partitioned ones
 */
public record DatabaseShape(List<TableShape> tables) {

    /**
     * Copies the list.
     *
     * @param tables the tables that hold rows, and the roots of partitioned ones
     */
    public DatabaseShape {
        tables = List.copyOf(tables);
    }

    /**
     * Finds a table.
     *
     * @param schema its schema
     * @param name its bare name
     * @return the table; empty if there is none
     */
    public Optional<TableShape> table(String schema, String name) {
        return tables.stream()
                .filter(table -> table.schema().equals(schema) && table.name().equals(name))
                .findFirst();
    }
}
