package dev.restage.masking;

import java.util.List;

/** Shows some values of columns, for suggestions. */
@FunctionalInterface
public interface SampleSource {

    /**
     * Shows some values of a column.
     *
     * @param table the table
     * @param column its column
     * @return values as the server writes them, without missing ones; empty if there are none to see
     */
    List<String> values(TableShape table, TableShape.Column column);
}
