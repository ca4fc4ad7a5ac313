package dev.restage.media;

import java.util.concurrent.TimeUnit;

/**
 * How many objects may be copied at once. Halved when a store asks to slow down, and raised by one each second after that,
 * up to where it began.
 */
final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private int limit;
    private int inUse;
    private long changedAt;

    Pace(int most) {
        this.most = most;
        this.limit = most;
    }

    synchronized void begin() throws InterruptedException {
        while (inUse >= limit()) {
            // A limit that has risen by itself wakes nobody.
            TimeUnit.NANOSECONDS.timedWait(this, SECOND);
        }
        inUse++;
    }

    synchronized void end() {
        inUse--;
        notifyAll();
    }

    /** Many refusals within a second are one. */
    synchronized void slowDown() {
        long now = System.nanoTime();
        if (limit == most || now - changedAt > SECOND) {
            limit = Math.max(1, limit / 2);
            changedAt = now;
        }
    }

    synchronized int limit() {
        long seconds = limit < most ? (System.nanoTime() - changedAt) / SECOND : 0;
        if (seconds > 0) {
            limit = (int) Math.min(most, limit + seconds);
            changedAt += seconds * SECOND;
        }
        return limit;
    }
}
