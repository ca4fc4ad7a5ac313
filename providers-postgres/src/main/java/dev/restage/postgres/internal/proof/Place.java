package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.content.CopyRow;
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

    void search(CopyRow row, int place) {
        if (column == null || search == null || row.from(place) == row.to(place) || row.isNull(place)) {
            return;
        }
        values++;
        String value = row.text(place);
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
