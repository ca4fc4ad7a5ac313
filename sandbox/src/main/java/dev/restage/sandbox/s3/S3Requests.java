package dev.restage.sandbox.s3;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that came in, refused and failed ones too. Safe for use by several threads. */
public final class S3Requests {

    private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

    S3Requests() {}

    /**
     * {@return how many requests there were of an operation}
     *
     * @param operation which one
     */
    public long of(S3Operation operation) {
        return byOperation().getOrDefault(operation, 0L);
    }

    /**
     * {@return how many requests there were of an operation in one bucket, which for a copy is the target's}
     *
     * @param operation which one
     * @param bucket the bucket's name
     */
    public long of(S3Operation operation, String bucket) {
        LongAdder count = counts.get(new Kind(operation, bucket));
        return count == null ? 0 : count.sum();
    }

    /** {@return how many requests there were of each operation that was asked for} */
    public Map<S3Operation, Long> byOperation() {
        Map<S3Operation, Long> sums = new EnumMap<>(S3Operation.class);
        counts.forEach((kind, count) -> sums.merge(kind.operation(), count.sum(), Long::sum));
        return sums;
    }

    /** {@return how many requests there were} */
    public long total() {
        return byOperation().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Counts from zero again. */
    public void reset() {
        counts.clear();
    }

    void count(S3Call call) {
        counts.computeIfAbsent(new Kind(call.operation(), call.bucket()), kind -> new LongAdder())
                .increment();
    }

    private record Kind(S3Operation operation, String bucket) {}
}
