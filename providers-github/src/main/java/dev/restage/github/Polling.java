package dev.restage.github;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How often something is looked at until it is done.
 *
 * @param first the first pause; each is half as long again as the one before
 * @param longest the longest pause
 */
record Polling(Duration first, Duration longest) {

    /** Quick for a workflow of seconds, and about 200 requests for one of an hour. */
    static final Polling STANDARD = new Polling(Duration.ofSeconds(1), Duration.ofSeconds(20));

    /** {@return what was found, at once or later; empty if the limit came first} */
    <T> Optional<T> until(Duration limit, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + limit.toNanos();
        Duration pause = first;
        while (true) {
            Optional<T> found = look.get();
            long left = end - System.nanoTime();
            if (found.isPresent() || left <= 0) {
                return found;
            }
            sleep(Duration.ofNanos(Math.min(left, pause.toNanos())));
            Duration longer = pause.multipliedBy(3).dividedBy(2);
            pause = longer.compareTo(longest) < 0 ? longer : longest;
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis() + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(Kind.UNAVAILABLE, "interrupted while waiting for a workflow on GitHub", e);
        }
    }
}
