package dev.restage.postgres.property;

import java.util.List;

/**
 * A table of integers called {@code key} and other columns.
 *
 * @param name qualified
 * @param key the column that is its primary key, an integer
 * @param columns the others
 * @param kind what it cannot do
 */
record Table(String name, String key, List<Column> columns, Kind kind) {

    enum Kind {
        PLAIN,
        /** Its key is deferrable or it is unlogged, so no foreign key may refer to it. */
        UNREFERENCED,
        /** Made of a type: it gets no further columns. */
        TYPED,
        PARTITIONED
    }

    /**
     * One column.
     *
     * @param name quoted
     * @param type its type
     * @param clauses its COLLATE and DEFAULT, where it has them
     * @param generated whether it has no values of its own
     */
    record Column(String name, DrawnType type, String clauses, boolean generated) {}

    boolean partitioned() {
        return kind == Kind.PARTITIONED;
    }

    /** Columns for indexes: their values are small. */
    List<Column> ordered() {
        return columns.stream()
                .filter(column -> column.type().ordered() && !column.generated())
                .toList();
    }
}
