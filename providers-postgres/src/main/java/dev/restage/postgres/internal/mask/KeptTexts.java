package dev.restage.postgres.internal.mask;

import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.PublicTexts;
import dev.restage.postgres.internal.content.CopyRow;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads what kept columns hold, for masks that leave what is public anyway. */
final class KeptTexts {

    /** Bigger tables are no content that editors write, and reading them twice would take its time. */
    private static final long MOST_BYTES = 32L << 20;

    private final ResolvedPolicy policy;

    KeptTexts(ResolvedPolicy policy) {
        this.policy = policy;
    }

    /** Whether any mask asks for them. */
    boolean areAskedFor() {
        return policy.tables().stream()
                .filter(TableMasking::carriesRows)
                .flatMap(table -> table.columns().values().stream())
                .anyMatch(ColumnMask::asksPublicTexts);
    }

    PublicTexts of(Source source) throws SQLException, IOException {
        PublicTexts texts = new PublicTexts(maskedNumbers());
        for (TableData table : source.contents().tables()) {
            TableMasking masking = policy.table(table.table());
            List<String> columns = table.columns().stream()
                    .filter(column -> isKeptText(masking, column))
                    .toList();
            if (masking.carriesRows() && table.bytes() <= MOST_BYTES && !columns.isEmpty()) {
                source.rows(TablePart.whole(table), new Reader(table, columns, texts)::row);
            }
        }
        return texts.ready();
    }

    private static boolean isKeptText(TableMasking masking, String column) {
        Shape shape = shape(masking.table(), column);
        return (shape.isText() || shape == Shape.JSON)
                && masking.column(column).filter(ColumnMask::keeps).isPresent();
    }

    private List<String> maskedNumbers() {
        List<String> names = new ArrayList<>();
        for (TableMasking masking : policy.tables()) {
            masking.columns().forEach((column, mask) -> {
                Shape shape = shape(masking.table(), column);
                if (!mask.keeps() && (shape == Shape.INTEGER || shape == Shape.NUMBER)) {
                    names.add(column);
                }
            });
        }
        return names;
    }

    private static Shape shape(TableShape table, String column) {
        return table.column(column).map(each -> each.target().shape()).orElse(Shape.UNKNOWN);
    }

    /** Adds the values of some columns of one table. */
    private static final class Reader {

        private final CopyRow row = new CopyRow();
        private final List<String> columns;
        private final int[] places;
        private final PublicTexts texts;

        Reader(TableData table, List<String> columns, PublicTexts texts) {
            this.columns = columns;
            this.places = columns.stream().mapToInt(table.columns()::indexOf).toArray();
            this.texts = texts;
        }

        void row(byte[] buffer, int from, int length) {
            row.split(buffer, from, length, places[places.length - 1]);
            for (int i = 0; i < places.length; i++) {
                String value = row.at(places[i]);
                if (value != null) {
                    texts.add(columns.get(i), value);
                }
            }
        }
    }
}
