package dev.restage.postgres.internal.proof;

import dev.restage.masking.text.Phones;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.postgres.internal.proof.words.Fingerprints.Kind;

/**
 * Looks for known numbers in a column of numbers. One that is longer than keys and counts are is somebody's even if it is the
 * only one of its kind in the column; shorter ones, and those that are moments in time as well, only if they are many.
 * For one thread.
 */
final class NumberSearch {

    /** Other numbers of a column are no even mixture of all that are as long, but no more uneven than so many times. */
    private static final int UNEVEN = 1000;

    /** Keys and counts are like somebody's number now and then; one in so many values is no chance. */
    private static final int BY_CHANCE = 10;

    /** Shorter ones are keys, which stand close together. */
    private static final int SHORTEST_ALONE = Phones.TELLING + 1;

    private final Fingerprints prints;
    private final long[] lookedUp = new long[Fingerprints.LONGEST_NUMBER + 1];
    private final long[] known = new long[Fingerprints.LONGEST_NUMBER + 1];
    private long found;

    NumberSearch(Fingerprints prints) {
        this.prints = prints;
    }

    /** Searches a number, or an array of numbers; a value counts once. */
    void value(String value) {
        boolean somebodys = false;
        int end = value.length();
        for (int from = 0; from < end; from++) {
            int to = from;
            while (to < end && value.charAt(to) >= '0' && value.charAt(to) <= '9') {
                to++;
            }
            if (to - from >= Phones.FEWEST_DIGITS) {
                somebodys |= isSomebodys(value, from, to);
            }
            from = to;
        }
        found += somebodys ? 1 : 0;
    }

    private boolean isSomebodys(String text, int from, int to) {
        boolean moment = Phones.isMoment(text, from, to);
        boolean[] somebodys = {false};
        Phones.forms(text, from, to, start -> {
            int length = Math.min(to - start, Fingerprints.LONGEST_NUMBER);
            lookedUp[length]++;
            if (!somebodys[0] && prints.contains(prints.of(Kind.DIGITS, prints.word(text, start, to)))) {
                somebodys[0] = true;
                known[length] += moment ? 0 : 1;
            }
        });
        return somebodys[0];
    }

    /** Adds what another thread found in the same column. */
    void add(NumberSearch other) {
        for (int length = 0; length < known.length; length++) {
            lookedUp[length] += other.lookedUp[length];
            known[length] += other.known[length];
        }
        found += other.found;
    }

    /** How many values hold somebody's number, if that is no chance. */
    long survivors(long values) {
        boolean many = found * BY_CHANCE >= values;
        return many || isNoChance() ? found : 0;
    }

    private boolean isNoChance() {
        for (int length = SHORTEST_ALONE; length < known.length; length++) {
            if (known[length] > UNEVEN * prints.chance(length) * lookedUp[length]) {
                return true;
            }
        }
        return false;
    }
}
