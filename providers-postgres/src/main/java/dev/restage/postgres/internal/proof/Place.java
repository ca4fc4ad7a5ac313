package dev.restage.postgres.internal.proof;

import dev.restage.masking.Phones;
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
        switch (column.form()) {
            case LEXEMES -> search.lexemes(row.text(place));
            case TEXT -> search.value(row.text(place));
            case NUMBERS -> {
                if (row.to(place) - row.from(place) >= Phones.FEWEST_DIGITS) {
                    search.numbers(row.text(place));
                }
            }
        }
    }

    void end() {
        if (column != null) {
            column.seen(values);
        }
    }
}
