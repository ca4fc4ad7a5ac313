package dev.restage.sandbox.s3;

import java.util.Set;
import java.util.function.Predicate;

/**
 * Which requests a fault hits: some of those that an operation, a bucket and a condition name. Immutable; each method
 * returns a narrower one.
 */
public final class Strike {

    private final int every;
    private final int times;
    private final Predicate<S3Call> calls;

    private Strike(int every, int times, Predicate<S3Call> calls) {
        this.every = every;
        this.times = times;
        this.calls = calls;
    }

    /**
     * {@return a strike of the next requests}
     *
     * @param times how many
     * @param operations of which operations; of all if none is named
     */
    public static Strike next(int times, S3Operation... operations) {
        return new Strike(1, times, of(operations));
    }

    /**
     * {@return a strike of each so many-th request, for ever}
     *
     * @param nth 2 for every second one
     * @param operations of which operations; of all if none is named
     */
    public static Strike every(int nth, S3Operation... operations) {
        return new Strike(nth, Integer.MAX_VALUE, of(operations));
    }

    /**
     * {@return a strike of each request, for ever}
     *
     * @param operations of which operations; of all if none is named
     */
    public static Strike always(S3Operation... operations) {
        return every(1, operations);
    }

    /**
     * {@return this, only in one bucket}
     *
     * @param bucket its name
     */
    public Strike in(String bucket) {
        return where(call -> call.bucket().equals(bucket));
    }

    /**
     * {@return this, only for some keys}
     *
     * @param key whether a key is meant
     */
    public Strike key(Predicate<String> key) {
        return where(call -> key.test(call.key()));
    }

    /**
     * {@return this, only for some requests}
     *
     * @param condition whether a request is meant
     */
    public Strike where(Predicate<S3Call> condition) {
        return new Strike(every, times, calls.and(condition));
    }

    /** Counts from here on. */
    Counter counter() {
        return new Counter();
    }

    private static Predicate<S3Call> of(S3Operation... operations) {
        Set<S3Operation> named = Set.of(operations);
        return call -> named.isEmpty() || named.contains(call.operation());
    }

    /** How often it has hit. */
    final class Counter {

        private int seen;
        private int hits;

        synchronized boolean hits(S3Call call) {
            if (hits == times || !calls.test(call) || ++seen % every != 0) {
                return false;
            }
            hits++;
            return true;
        }
    }
}
