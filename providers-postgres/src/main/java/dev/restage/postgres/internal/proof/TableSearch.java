package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.content.CopyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Searches columns of one table.
 *
 * @param searched the columns
 * @param places makes what searches a column's values, each for one thread
 */
record TableSearch(List<ColumnSearch> searched, Function<ColumnSearch, Place> places) {

    /** Nothing is searched. */
    static final TableSearch NONE = new TableSearch(List.of(), column -> {
        throw new IllegalStateException("nothing is searched");
    });

    TableSearch {
        searched = List.copyOf(searched);
    }

    List<String> columns() {
        return searched.stream().map(ColumnSearch::column).toList();
    }

    /** What searches rows of the given columns in one thread; empty if there is nothing to search. */
    Optional<Reader> reader(List<String> columns) {
        return searched.isEmpty() ? Optional.empty() : Optional.of(new Reader(columns));
    }

    final class Reader {

        private final List<Place> places = new ArrayList<>();
        private final CopyRow values = new CopyRow();

        private Reader(List<String> columns) {
            for (String column : columns) {
                places.add(searched.stream()
                        .filter(each -> each.column().equals(column))
                        .findFirst()
                        .map(each -> TableSearch.this.places.apply(each))
                        .orElseGet(Place::new));
            }
            while (places.get(places.size() - 1).column == null) {
                places.remove(places.size() - 1);
            }
        }

        void row(byte[] row) {
            values.split(row, 0, row.length, places.size() - 1);
            for (int place = 0; place < places.size(); place++) {
                places.get(place).search(values, place);
            }
        }

        void end() {
            places.forEach(Place::end);
        }
    }
}
