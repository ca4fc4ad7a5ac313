package dev.restage.postgres.internal.content;

/**
 * All rows of a table, or those in a range of its pages.
 *
 * @param data the table
 * @param from the first page
 * @param to the page after the last one; {@code Long.MAX_VALUE} for the end of the table
 */
public record TablePart(TableData data, long from, long to) {

    /** All rows of a table. */
    public static TablePart whole(TableData data) {
        return new TablePart(data, 0, Long.MAX_VALUE);
    }

    public boolean isWhole() {
        return from == 0 && to == Long.MAX_VALUE;
    }
}
