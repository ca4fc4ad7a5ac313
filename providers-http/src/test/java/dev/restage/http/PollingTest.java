package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PollingTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger looks = new AtomicInteger();

    /** Other tests run on this thread. */
    @AfterEach
    void forgetInterrupts() {
        Thread.interrupted();
    }

    @Test
    void whatIsThereAtOnceIsNotWaitedFor() {
        Polling slow = new Polling(LONG, LONG);

        assertThat(slow.until(LONG, () -> Optional.of("there"))).contains("there");
    }

    @Test
    void looksAgainUntilThereIsAnAnswer() {
        Iterator<Optional<String>> answers = List.of(
                        Optional.<String>empty(), Optional.<String>empty(), Optional.of("third"))
                .iterator();

        assertThat(quick().until(LONG, answers::next)).contains("third");
        assertThat(answers).isExhausted();
    }

    @Test
    void looksForTheLastTimeWhenTheLimitIsOver() {
        Polling slow = new Polling(LONG, LONG);

        Optional<String> found = slow.until(
                Duration.ofMillis(1), () -> looks.incrementAndGet() == 2 ? Optional.of("late") : Optional.empty());

        assertThat(found).contains("late");
    }

    @Test
    void looksOnceWhereNothingIsWaitedFor() {
        assertThat(quick().until(Duration.ZERO, this::nothing)).isEmpty();
        assertThat(looks).hasValue(1);
    }

    @Test
    void whatALookThrowsEndsTheWaiting() {
        assertThatThrownBy(() -> quick().until(LONG, () -> {
                    throw new IllegalStateException("refused at look " + looks.incrementAndGet());
                }))
                .hasMessage("refused at look 1");
    }

    @Test
    void anInterruptEndsTheWaitingAndIsKept() {
        Thread.currentThread().interrupt();

        assertThat(new Polling(LONG, LONG).until(LONG, this::nothing)).isEmpty();
        assertThat(looks).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void whatIsThereCountsAlsoWhereTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(quick().until(LONG, () -> Optional.of("there"))).contains("there");
    }

    @Test
    void tellsWhetherSomethingBecameTrue() {
        assertThat(quick().isTrueWithin(LONG, () -> looks.incrementAndGet() == 3))
                .isTrue();
        assertThat(quick().isTrueWithin(Duration.ofMillis(2), () -> false)).isFalse();
    }

    @Test
    void aPauseThatIsInterruptedThrowsTheRefusalBeforeIt() {
        IllegalStateException refusal = new IllegalStateException("too many requests");

        assertThatCode(() -> Polling.pause(Duration.ZERO, refusal)).doesNotThrowAnyException();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Polling.pause(LONG, refusal)).isSameAs(refusal);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private Optional<String> nothing() {
        looks.incrementAndGet();
        return Optional.empty();
    }

    private static Polling quick() {
        return new Polling(Duration.ofMillis(1), Duration.ofMillis(2));
    }
}
