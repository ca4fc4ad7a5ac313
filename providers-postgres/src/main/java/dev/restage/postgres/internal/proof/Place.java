package dev.restage.postgres.internal.proof;

import org.jspecify.annotations.Nullable;

/** One column of the rows that a thread reads; searched or passed over. */
final class Place {

    final @Nullable ColumnSearch column;
    private final @Nullable TextSearch search;
    private long values;

    Place() {
        this.column = null;
        this.search = null;
    }

    Place(ColumnSearch column, TextSearch search) {
        this.column = column;
        this.search = search;
    }

    void search(byte[] row, int from, int to) {
        if (column == null || search == null || from == to || CopyText.isNull(row, from, to)) {
            return;
        }
        values++;
        String value = CopyText.decoded(row, from, to);
        if (column.isSearchIndex()) {
            search.lexemes(value);
        } else {
            search.value(value);
        }
    }

    void end() {
        if (column != null) {
            column.seen(values);
        }
    }
}
