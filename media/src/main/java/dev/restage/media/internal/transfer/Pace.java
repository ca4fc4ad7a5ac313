package dev.restage.media.internal.transfer;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many objects may be copied at once. Halved when a store asks to slow down, and raised by one each second after that,
 * up to where it began.
 */
public final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private final LongSupplier nanos;
    private int limit;
    private int inUse;
    private long changedAt;

    public Pace(int most) {
        this(most, System::nanoTime);
    }

    /** @param nanos a clock that never goes back */
    Pace(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        this.limit = most;
    }

    public synchronized void begin() throws InterruptedException {
        while (inUse >= limit()) {
            // A limit that has risen by itself wakes nobody.
            TimeUnit.NANOSECONDS.timedWait(this, SECOND);
        }
        inUse++;
    }

    public synchronized void end() {
        inUse--;
        notifyAll();
    }

    /** Many refusals within a second are one. */
    public synchronized void slowDown() {
        long now = nanos.getAsLong();
        if (limit == most || now - changedAt > SECOND) {
            limit = Math.max(1, limit / 2);
            changedAt = now;
        }
    }

    public synchronized int limit() {
        long seconds = limit < most ? (nanos.getAsLong() - changedAt) / SECOND : 0;
        if (seconds > 0) {
            limit = (int) Math.min(most, limit + seconds);
            changedAt += seconds * SECOND;
        }
        return limit;
    }
}
