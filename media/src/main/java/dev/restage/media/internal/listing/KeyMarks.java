package dev.restage.media.internal.listing;

import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Keys that divide a store into ranges of like size, as they were when it was last listed, in order. A listing divided by
 * them needs no page more than one that is not, as long as the store has not changed much.
 */
public record KeyMarks(List<String> keys) {

    public static final KeyMarks NONE = new KeyMarks(List.of());

    /** A whole number of S3's pages. */
    private static final int EVERY = 5 * Ahead.PAGE;

    public List<KeyRange> split(List<KeyRange> ranges) {
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
    public static class Counter {

        public static final Counter NONE = new Counter(new ConcurrentSkipListSet<>(), true);

        private final Set<String> marks;
        private final boolean divided;
        private int seen;
        private @Nullable String waiting;

        /** A mark behind the last key of all would divide off an empty range; one where the next range begins does not. */
        private Counter(Set<String> marks, boolean divided) {
            this.marks = marks;
            this.divided = divided;
        }

        public void count(String key) {
            if (this == NONE) {
                return;
            }
            if (waiting != null) {
                marks.add(waiting);
                waiting = null;
            }
            if (++seen % EVERY == 0 && Scope.boundsWell(key)) {
                if (divided) {
                    marks.add(key);
                } else {
                    waiting = key;
                }
            }
        }
    }

    /** Finds new marks while ranges are walked. */
    public static final class Collector {

        private final Set<String> marks = new ConcurrentSkipListSet<>(KeyOrder.UTF_8);

        public Counter range(KeyRange range) {
            return new Counter(marks, range.before().endsWith("\0"));
        }

        public KeyMarks marks() {
            return new KeyMarks(List.copyOf(marks));
        }
    }
}
