package dev.restage.media;

import dev.restage.provider.KeyOrder;
import dev.restage.provider.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Keys that divide a store into ranges of like size, as they were when it was last listed, in order. A listing divided by
 * them needs no page more than one that is not, as long as the store has not changed much.
 */
record KeyMarks(List<String> keys) {

    static final KeyMarks NONE = new KeyMarks(List.of());

    /** A whole number of S3's pages. */
    private static final int EVERY = 5 * Ahead.PAGE;

    List<KeyRange> split(List<KeyRange> ranges) {
        List<KeyRange> parts = new ArrayList<>();
        for (KeyRange range : ranges) {
            String after = range.after();
            for (String mark : keys) {
                if (range.contains(mark)) {
                    parts.add(new KeyRange(range.prefix(), after, next(mark)));
                    after = mark;
                }
            }
            parts.add(new KeyRange(range.prefix(), after, range.before()));
        }
        return parts;
    }

    /** The first text behind a key: no key lies between the two. */
    private static String next(String key) {
        return key + '\0';
    }

    /** Counts the keys of one range. Not for several threads. */
    static class Counter {

        static final Counter NONE = new Counter(new ConcurrentSkipListSet<>());

        private final Set<String> marks;
        private int seen;

        private Counter(Set<String> marks) {
            this.marks = marks;
        }

        void count(String key) {
            if (this != NONE && ++seen % EVERY == 0 && Scope.boundsWell(key)) {
                marks.add(key);
            }
        }
    }

    /** Finds new marks while ranges are walked. */
    static final class Collector {

        private final Set<String> marks = new ConcurrentSkipListSet<>(KeyOrder.UTF_8);

        Counter range() {
            return new Counter(marks);
        }

        KeyMarks marks() {
            return new KeyMarks(List.copyOf(marks));
        }
    }
}
