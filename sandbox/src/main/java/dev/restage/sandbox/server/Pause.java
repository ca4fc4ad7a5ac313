package dev.restage.sandbox.server;

import java.util.concurrent.TimeUnit;

/** The wait between two looks at a server that is starting. */
final class Pause {

    private static final long MILLIS = 20;

    private Pause() {}

    static void briefly() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server was starting", e);
        }
    }
}
