package dev.restage.postgres.internal.proof.words;

/** The last few words of a text, and what each run of them at its end is as a whole whatever the order of its words. */
public final class Phrases {

    /** The most words of a name. */
    public static final int LONGEST = 5;

    private final long[] sums = new long[LONGEST];
    private int filled;

    public void clear() {
        filled = 0;
    }

    /** Goes on by one word. */
    public void add(long word) {
        for (int i = Math.min(filled, LONGEST - 1); i > 0; i--) {
            sums[i] = sums[i - 1] + word;
        }
        sums[0] = word;
        filled = Math.min(filled + 1, LONGEST);
    }

    /** How many words there are to look back at. */
    public int length() {
        return filled;
    }

    /** The last words as a whole. */
    public long last(int words) {
        return sums[words - 1];
    }
}
