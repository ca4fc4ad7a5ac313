package dev.restage.media.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong clock = new AtomicLong(42);
    private final Pace pace = new Pace(8, clock::get);

    @Test
    void beginsWithAllThatIsAllowed() {
        assertThat(pace.limit()).isEqualTo(8);
    }

    @Test
    void halvesWhenAskedToSlowDown() {
        pace.slowDown();

        assertThat(pace.limit()).isEqualTo(4);
    }

    @Test
    void manyRefusalsWithinASecondAreOne() {
        pace.slowDown();
        passes(999);
        pace.slowDown();
        pace.slowDown();

        assertThat(pace.limit()).isEqualTo(4);
    }

    @Test
    void halvesAgainWhenASecondHasPassed() {
        pace.slowDown();
        passes(1_001);
        pace.slowDown();

        assertThat(pace.limit()).isEqualTo(2);
    }

    @Test
    void risesByOneEachSecond() {
        pace.slowDown();

        passes(999);
        assertThat(pace.limit()).isEqualTo(4);
        passes(1);
        assertThat(pace.limit()).isEqualTo(5);
        passes(2_000);
        assertThat(pace.limit()).isEqualTo(7);
    }

    @Test
    void risesNoHigherThanItBegan() {
        pace.slowDown();

        passes(3_600_000);

        assertThat(pace.limit()).isEqualTo(8);
    }

    @Test
    void neverFallsBelowOne() {
        for (int i = 0; i < 10; i++) {
            pace.slowDown();
            passes(1_001);
        }
        Pace single = new Pace(1, clock::get);
        single.slowDown();

        assertThat(single.limit()).isEqualTo(1);
        assertThat(pace.limit()).isPositive();
    }

    @Test
    void whoEndsLetsAnotherOneBegin() throws InterruptedException {
        Pace single = new Pace(1);
        CountDownLatch begun = new CountDownLatch(1);
        single.begin();
        Thread other = new Thread(() -> {
            try {
                single.begin();
                begun.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        other.start();
        assertThat(begun.getCount()).isEqualTo(1);

        single.end();

        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        other.join();
    }

    @Test
    void whoWaitsCanBeInterrupted() throws InterruptedException {
        Pace single = new Pace(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        single.begin();
        Thread other = new Thread(() -> {
            try {
                single.begin();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        other.start();

        other.interrupt();

        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private void passes(long milliseconds) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }
}
