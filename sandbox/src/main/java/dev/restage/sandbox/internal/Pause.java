package dev.restage.sandbox.internal;

import java.time.Duration;

/** Waits. */
public final class Pause {

    private Pause() {}

    public static void of(Duration time) {
        if (time.isZero()) {
            return;
        }
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
