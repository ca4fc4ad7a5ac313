package dev.restage.postgres.internal.proof;

import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.content.TableData;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * Which columns have to be in the target byte for byte as they were sent: those that are not masked. A masked value may
 * be written differently by the target, JSON for one; others were written by a server already, so they read the same.
 *
 * @param texts how they came about: if not by a session like the target's, columns whose texts depend on the session
 *     are not compared
 * @param seed of the hashes
 */
record Comparison(ColumnRules rules, Proof.Texts texts, long seed) {

    /** Depends on the database's lc_monetary. */
    private static final String MONEY = "money";

    /** Texts with an offset from UTC; and types of the user's own, which can be made of such. */
    private static final Pattern OF_SESSION = Pattern.compile("with time zone|tstz|[.\"]");

    /** Sums up rows of a table; the same for what is sent and for what the target holds. */
    RowTally tally(TableData data) {
        return new RowTally(data.columns().size(), skipped(data), seed);
    }

    private BitSet skipped(TableData data) {
        TableShape table = data.table();
        BitSet skipped = new BitSet();
        for (int i = 0; i < data.columns().size(); i++) {
            String column = data.columns().get(i);
            String type = table.column(column).map(TableShape.Column::type).orElse("");
            skipped.set(
                    i,
                    rules.use(table, column) == ColumnRules.Use.MASKED
                            || type.startsWith(MONEY)
                            || (texts == Proof.Texts.FOREIGN
                                    && OF_SESSION.matcher(type).find()));
        }
        return skipped;
    }
}
