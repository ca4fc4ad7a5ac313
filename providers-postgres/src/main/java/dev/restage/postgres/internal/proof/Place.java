package dev.restage.postgres.internal.proof;

import dev.restage.masking.text.Phones;
import dev.restage.postgres.internal.content.CopyRow;
import dev.restage.postgres.internal.proof.ColumnSearch.Form;
import org.jspecify.annotations.Nullable;

/** One column of the rows that a thread reads; searched or passed over. */
final class Place {

    final @Nullable ColumnSearch column;
    private final @Nullable TextSearch search;
    private final @Nullable NumberSearch numbers;
    private long values;

    Place() {
        this.column = null;
        this.search = null;
        this.numbers = null;
    }

    Place(ColumnSearch column, TextSearch search) {
        this.column = column;
        this.search = search;
        this.numbers = null;
    }

    Place(ColumnSearch column, NumberSearch numbers) {
        this.column = column;
        this.search = null;
        this.numbers = numbers;
    }

    void search(CopyRow row, int place) {
        if (column == null || row.from(place) == row.to(place) || row.isNull(place)) {
            return;
        }
        values++;
        if (search != null) {
            if (column.form() == Form.LEXEMES) {
                search.lexemes(row.text(place));
            } else {
                search.value(row.text(place));
            }
        } else if (numbers != null && row.to(place) - row.from(place) >= Phones.FEWEST_DIGITS) {
            numbers.value(row.text(place));
        }
    }

    void end() {
        if (column != null) {
            column.seen(values);
            if (numbers != null) {
                column.found(numbers);
            }
        }
    }
}
