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
 */
record Polling(Duration first, Duration longest) {

    /** Three seconds: the shortest interval that Heroku's client allows for transfers. */
    static final Polling STANDARD = new Polling(Duration.ofMillis(250), Duration.ofSeconds(3));

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

    /** {@return whether something becomes true within the limit} */
    boolean isTrueWithin(Duration limit, BooleanSupplier question) {
        return until(limit, () -> question.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }
}
