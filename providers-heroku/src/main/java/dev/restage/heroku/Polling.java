package dev.restage.heroku;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks again and again, at first quickly, then as rarely as Heroku's own client does.
 *
 * @param first the first pause
 * @param longest the longest pause
 * @param patience how long work of somebody else that is in the way is waited for
 */
record Polling(Duration first, Duration longest, Duration patience) {

    /**
     * Three seconds: the shortest interval that Heroku's client allows for transfers. Two hours: longer than a backup takes of the
     * 20 GB that backups of Heroku are meant for.
     */
    static final Polling STANDARD = new Polling(Duration.ofMillis(250), Duration.ofSeconds(3), Duration.ofHours(2));

    /** {@return the first answer; empty if there is none within the limit or the thread is interrupted} */
    <T> Optional<T> until(Duration limit, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + limit.toNanos();
        Duration pause = first;
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent() || System.nanoTime() + pause.toNanos() > deadline) {
                return answer;
            }
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            Duration longer = pause.multipliedBy(3).dividedBy(2);
            pause = longer.compareTo(longest) > 0 ? longest : longer;
        }
    }

    /**
     * Pauses, twice as long each time.
     *
     * @param times how often it has been tried, from 1 on
     * @return false if the thread was interrupted
     */
    boolean pause(int times) {
        try {
            Thread.sleep(first.multipliedBy(1L << times).toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@return whether something becomes true within the limit} */
    boolean isTrueWithin(Duration limit, BooleanSupplier question) {
        return until(limit, () -> question.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }
}
