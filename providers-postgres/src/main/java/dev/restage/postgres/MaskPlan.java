package dev.restage.postgres;

import dev.restage.masking.ColumnMask;
import dev.restage.masking.DatabaseShape;
import dev.restage.masking.Mask;
import dev.restage.masking.MaskKey;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableShape;
import java.util.Comparator;
import java.util.List;

/** What a policy means for the tables of a database. */
record MaskPlan(MaskingPolicy policy, MaskKey key) {

    boolean carriesRowsOf(TableData table) {
        return masking(table).carriesRows();
    }

    boolean dropsColumn(TableData table, String column) {
        return masking(table)
                .column(column)
                .filter(mask -> mask.mask().equals(Mask.toNull()))
                .isPresent();
    }

    RowMask rowMask(TableData table) {
        TableMasking masking = masking(table);
        return new RowMask(
                table.columns().stream()
                        .map(column -> masking.column(column.name())
                                .orElseGet(() -> new ColumnMask(Mask.keep(), column.target())))
                        .toList(),
                key);
    }

    /** Why the policy cannot be followed, a sentence per column. */
    List<String> problems(List<TableData> tables) {
        return policy.problems(new DatabaseShape(tables.stream()
                .sorted(Comparator.comparing(TableData::qualifiedName))
                .map(MaskPlan::shape)
                .toList()));
    }

    private TableMasking masking(TableData table) {
        TableShape shape = shape(table);
        return policy.resolve(new DatabaseShape(List.of(shape))).table(shape);
    }

    private static TableShape shape(TableData table) {
        return new TableShape(
                table.schema(),
                table.name(),
                table.root(),
                table.columns().stream()
                        .map(column -> new TableShape.Column(column.name(), column.type(), column.target(), null))
                        .toList(),
                List.of(),
                List.of(),
                List.of());
    }
}
