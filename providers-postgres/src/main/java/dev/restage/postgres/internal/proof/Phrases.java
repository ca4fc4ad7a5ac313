package dev.restage.postgres.internal.proof;

/** The last few words of a text, and what each run of them at its end is as a whole whatever the order of its words. */
final class Phrases {

    /** The most words of a name. */
    static final int LONGEST = 5;

    private final long[] sums = new long[LONGEST];
    private int filled;

    void clear() {
        filled = 0;
    }

    /** Goes on by one word. */
    void add(long word) {
        for (int i = Math.min(filled, LONGEST - 1); i > 0; i--) {
            sums[i] = sums[i - 1] + word;
        }
        sums[0] = word;
        filled = Math.min(filled + 1, LONGEST);
    }

    /** How many words there are to look back at. */
    int length() {
        return filled;
    }

    /** The last words as a whole. */
    long last(int words) {
        return sums[words - 1];
    }
}
