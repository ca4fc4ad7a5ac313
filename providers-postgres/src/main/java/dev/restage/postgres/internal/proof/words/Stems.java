package dev.restage.postgres.internal.proof.words;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Cuts words so far that a word and its lexeme in a full-text index become equal, whichever of the usual stemmers made
 * the lexeme: endings go as long as there are any.
 */
public final class Stems {

    private static final int SHORTEST = 3;

    /** Endings that the English, German and Romance Snowball stemmers take or change; single letters last. */
    private static final List<String> ENDINGS = List.of(
            "ement", "ment", "ance", "ence", "able", "ible", "ness", "ing", "ent", "ant", "ion", "ism", "ate", "iti",
            "ous", "ive", "ize", "ern", "ed", "er", "ly", "al", "ic", "en", "em", "es", "e", "s", "i", "y", "a", "o",
            "n", "t");

    private Stems() {}

    private static final Map<Character, List<String>> BY_LAST_LETTER =
            ENDINGS.stream().collect(Collectors.groupingBy(ending -> ending.charAt(ending.length() - 1)));

    public static String of(String word) {
        int length = word.length();
        while (length > 0) {
            int shorter = shortened(word, length);
            if (shorter == length) {
                break;
            }
            length = shorter;
        }
        return word.substring(0, length);
    }

    private static int shortened(String word, int length) {
        for (String ending : BY_LAST_LETTER.getOrDefault(word.charAt(length - 1), List.of())) {
            int stem = length - ending.length();
            if (stem >= SHORTEST && word.startsWith(ending, stem)) {
                return stem;
            }
        }
        return length;
    }
}
