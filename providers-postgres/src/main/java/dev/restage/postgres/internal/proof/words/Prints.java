package dev.restage.postgres.internal.proof.words;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** The fingerprints of one value. Used again for each value, by one thread. */
public final class Prints {

    private long[] prints = new long[16];
    private int size;

    public void clear() {
        size = 0;
    }

    public void add(long print) {
        if (size == prints.length) {
            prints = Arrays.copyOf(prints, size * 2);
        }
        prints[size++] = print;
    }

    public void forEach(LongConsumer each) {
        Arrays.stream(prints, 0, size).forEach(each);
    }

    /** Adds those that another value does not have. */
    public void addTo(Fingerprints all, Prints others) {
        Arrays.sort(others.prints, 0, others.size);
        for (int i = 0; i < size; i++) {
            if (Arrays.binarySearch(others.prints, 0, others.size, prints[i]) < 0) {
                all.add(prints[i]);
            }
        }
    }
}
