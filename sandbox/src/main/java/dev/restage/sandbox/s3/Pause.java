package dev.restage.sandbox.s3;

import java.time.Duration;

/** Waits. */
final class Pause {

    private Pause() {}

    static void of(Duration time) {
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
