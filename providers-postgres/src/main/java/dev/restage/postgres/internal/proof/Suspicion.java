package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.proof.ColumnRules.Use;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.postgres.internal.proof.words.Fingerprints.Kind;

/** What it means if something is found in a column. In a column that is masked in part, the rest was meant to stay. */
record Suspicion(Fingerprints prints, ColumnSearch column) implements TextSearch.LookUp {

    @Override
    public void found(Kind kind, long print) {
        switch (kind) {
            case SHAPE -> column.foundDoubtful(print);
            case NAME -> {
                if (prints.contains(print)) {
                    column.foundDoubtful(print);
                }
            }
            case ADDRESS, NUMBER -> {
                if (prints.contains(print)) {
                    column.foundCertain();
                }
            }
            case DIGITS -> {
                // texts are searched for the last digits, and numbers by a search of their own
            }
            case STEMS, CAPITALS, TEXT -> {
                if (column.use() == Use.UNRULED && prints.contains(print)) {
                    column.foundDoubtful(print);
                }
            }
            case WORD -> {
                if (column.use() == Use.UNRULED && prints.contains(print)) {
                    column.foundWord(print);
                }
            }
        }
    }
}
