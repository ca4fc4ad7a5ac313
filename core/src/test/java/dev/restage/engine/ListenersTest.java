package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Progress.Unit;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenersTest {

    private static final RunEvent END = new RunEvent.Ended(new Receipt("r", List.of()), List.of());

    @Test
    void oneThatFailsKeepsNobodyElseFromHearing() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Listeners listeners = new Listeners(
                "r",
                List.of(
                        event -> {
                            Thread.currentThread().interrupt();
                            throw new IllegalStateException("a broken display");
                        },
                        event -> told.add("second"),
                        event -> {
                            throw new AssertionError("a broken test");
                        },
                        event -> told.add("fourth")),
                Duration.ofSeconds(20))) {
            listeners.tell(END);
            listeners.tell(END);
        }

        assertThat(told).containsExactly("second", "fourth", "second", "fourth");
    }

    @Test
    void oneThatIsStuckHoldsNobodyUpAndFillsNoMemory() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(1);
        List<RunEvent> heard = new CopyOnWriteArrayList<>();
        Listeners listeners = new Listeners(
                "r",
                List.of(event -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    heard.add(event);
                    if (event.equals(END)) {
                        all.countDown();
                    }
                }),
                Duration.ofMillis(1));
        for (int i = 0; i < 10_000; i++) {
            listeners.tell(new RunEvent.Progressed("r", "copy", Unit.ROWS, i, 0));
        }
        listeners.tell(END);
        listeners.close();
        assertThat(heard).isEmpty();

        never.countDown();
        all.await();
        assertThat(heard).hasSizeLessThan(2000).last().isEqualTo(END);
    }

    @Test
    void theEndOfAnInterruptedRunIsToldAndItsThreadStaysInterrupted() {
        List<RunEvent> heard = new CopyOnWriteArrayList<>();
        Listeners listeners = new Listeners("r", List.of(heard::add), Duration.ofSeconds(20));
        Thread.currentThread().interrupt();
        listeners.tell(END);
        listeners.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(heard).containsExactly(END);
    }
}
