package dev.restage.postgres;

/** One object of a schema: what it is, when it is made, and the statement that makes it. */
record SchemaEntry(String kind, String name, Section section, String definition) {

    /** When an object is made: before the rows, with them, or after them. */
    enum Section {
        BEFORE_ROWS,
        WITH_ROWS,
        AFTER_ROWS
    }

    SchemaEntry in(Section other) {
        return new SchemaEntry(kind, name, other, definition);
    }
}
