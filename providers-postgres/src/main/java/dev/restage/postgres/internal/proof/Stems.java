package dev.restage.postgres.internal.proof;

import java.util.List;

/**
 * Cuts words so far that a word and its lexeme in a full-text index become equal, whichever of the usual stemmers made
 * the lexeme: endings go as long as there are any.
 */
final class Stems {

    private static final int SHORTEST = 3;

    /** Endings that the English, German and Romance Snowball stemmers take or change; single letters last. */
    private static final List<String> ENDINGS = List.of(
            "ement", "ment", "ance", "ence", "able", "ible", "ness", "ing", "ent", "ant", "ion", "ism", "ate", "iti",
            "ous", "ive", "ize", "ern", "ed", "er", "ly", "al", "ic", "en", "em", "es", "e", "s", "i", "y", "a", "o",
            "n", "t");

    private Stems() {}

    static String of(String word) {
        String stem = word;
        for (int i = 0; i < ENDINGS.size(); ) {
            String ending = ENDINGS.get(i);
            if (stem.length() - ending.length() >= SHORTEST && stem.endsWith(ending)) {
                stem = stem.substring(0, stem.length() - ending.length());
                i = 0;
            } else {
                i++;
            }
        }
        return stem;
    }
}
