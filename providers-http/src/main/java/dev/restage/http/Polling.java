package dev.restage.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How often something is looked at until it is done: at first quickly, then ever more rarely.
 *
 * @param first the first pause; each is half as long again as the one before
 * @param longest the longest pause
 */
public record Polling(Duration first, Duration longest) {

    /**
     * Waits for an answer. An interrupt ends the waiting; the thread stays interrupted, by which a caller tells it from the
     * limit.
     *
     * @param limit how long to wait; the last look is at its end
     * @param look looks once; empty if there is no answer yet. What it throws ends the waiting
     * @param <T> the answer
     * @return the answer, at once or later; empty if the limit or an interrupt came first
     */
    public <T> Optional<T> until(Duration limit, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + limit.toNanos();
        Duration pause = first;
        while (true) {
            Optional<T> found = look.get();
            long left = end - System.nanoTime();
            if (found.isPresent() || left <= 0 || !slept(Duration.ofNanos(Math.min(left, pause.toNanos())))) {
                return found;
            }
            Duration longer = pause.multipliedBy(3).dividedBy(2);
            pause = longer.compareTo(longest) < 0 ? longer : longest;
        }
    }

    /**
     * Waits for something to become true.
     *
     * @param limit how long to wait
     * @param question whether it is true now
     * @return whether it became true before the limit and before an interrupt
     */
    public boolean isTrueWithin(Duration limit, BooleanSupplier question) {
        return until(limit, () -> question.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /**
     * Waits before a call that was refused is made once more.
     *
     * @param pause how long
     * @param refusal what is thrown if the thread is interrupted, which it stays
     */
    public static void pause(Duration pause, RuntimeException refusal) {
        if (!slept(pause)) {
            throw refusal;
        }
    }

    private static boolean slept(Duration time) {
        try {
            // The end of a limit is not looked at a moment too early.
            Thread.sleep(time.toMillis() + 1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
