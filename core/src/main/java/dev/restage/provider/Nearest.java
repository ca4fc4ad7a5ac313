package dev.restage.provider;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant who mistyped a word, so that a message can say it. */
public final class Nearest {

    private Nearest() {}

    /**
     * Looks for the known word that takes the fewest changes: a letter more, less or another, or two neighbours swapped.
     * Capitals do not count.
     *
     * @param word what is written
     * @param known what is known
     * @return the nearest, the first in alphabet of several; empty if it takes more than a change in three letters
     */
    public static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(one -> changes(word, one) <= (Math.max(word.length(), one.length()) + 2) / 3)
                .min(Comparator.<String>comparingInt(one -> changes(word, one))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The optimal string alignment distance. */
    private static int changes(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int differs = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + differs, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(least, 1 + cost[i - 2][j - 2]) : least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
