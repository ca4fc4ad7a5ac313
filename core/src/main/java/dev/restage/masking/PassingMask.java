package dev.restage.masking;

import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.Mask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a mask whose values all CHECKs of a column let pass, by having the server try those that need no thought. */
final class PassingMask {

    /** Those that leave most of what a column is for come first. */
    private static final List<Mask> TRIED = List.of(
            Mask.email("example.com"),
            Mask.phone(),
            Mask.fullName(),
            Mask.username("example.com"),
            Mask.digits(),
            Mask.hash(),
            Mask.freeText(),
            Mask.empty(),
            Mask.toNull());

    private final TableMasking masking;
    private final LiveRows rows;

    PassingMask(TableMasking masking, LiveRows rows) {
        this.masking = masking;
        this.rows = rows;
    }

    /** One for a column beside the masks of the other columns; empty if none of those that were tried is let pass. */
    Optional<Mask> of(TableShape.Column column) {
        Optional<Mask> given = masking.column(column.name()).map(ColumnMask::mask);
        return TRIED.stream()
                .filter(mask -> given.filter(mask::equals).isEmpty())
                .filter(mask -> new ColumnMask(mask, column.target()).problem().isEmpty())
                .filter(mask -> passes(column, mask))
                .findFirst();
    }

    private boolean passes(TableShape.Column column, Mask mask) {
        Map<String, ColumnMask> columns = new HashMap<>(masking.columns());
        columns.put(column.name(), new ColumnMask(mask, column.target()));
        TableMasking other = new TableMasking(masking.table(), masking.rows(), masking.exempt(), columns);
        Stream<String> concerned =
                masking.table().checks().stream().filter(check -> SimpleCheck.concerns(check, column));
        return concerned.allMatch(
                check -> rows.refuses(other, check).filter(refused -> !refused).isPresent());
    }
}
