package dev.restage.media.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @AutoClose
    private final Threads threads = new Threads("test");

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void doesOneAfterTheOtherInTheirOrder() {
        threads.run(List.of(() -> done.add("a"), () -> done.add("b"), () -> done.add("c")), 1);

        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void nothingToDoIsDoneAtOnce() {
        threads.run(List.of(), 8);

        assertThat(done).isEmpty();
    }

    @Test
    void doesAsManyAtOnceAsItIsTold() {
        CyclicBarrier allTogether = new CyclicBarrier(3);
        Runnable meet = () -> {
            meet(allTogether);
            done.add("met");
        };

        threads.run(List.of(meet, meet, meet), 3);

        assertThat(done).hasSize(3);
    }

    @Test
    void doesNoMoreAtOnce() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tasks.add(() -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                now.decrementAndGet();
            });
        }

        threads.run(tasks, 2);

        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void theFirstFailureEndsItAll() {
        IllegalStateException failure = new IllegalStateException("first");

        assertThatThrownBy(() -> threads.run(
                        List.of(
                                () -> done.add("a"),
                                () -> {
                                    throw failure;
                                },
                                () -> done.add("c")),
                        1))
                .isSameAs(failure);
        assertThat(done).containsExactly("a");
    }

    @Test
    void waitsForWhatIsUnderWayBeforeItFails() {
        CyclicBarrier bothRun = new CyclicBarrier(2);
        CountDownLatch failed = new CountDownLatch(1);

        assertThatThrownBy(() -> threads.run(
                        List.of(
                                () -> {
                                    meet(bothRun);
                                    failed.countDown();
                                    throw new IllegalStateException("broken");
                                },
                                () -> {
                                    meet(bothRun);
                                    await(failed);
                                    done.add("the other one");
                                }),
                        2))
                .hasMessage("broken");
        assertThat(done).containsExactly("the other one");
    }

    @Test
    void waitsForWhatWasPutAside() {
        CountDownLatch last = new CountDownLatch(1);

        threads.run(
                List.of(
                        () -> threads.aside(() -> {
                            await(last);
                            done.add("aside");
                        }),
                        last::countDown),
                1);

        assertThat(done).containsExactly("aside");
    }

    @Test
    void aFailureAsideEndsItToo() {
        assertThatThrownBy(() -> threads.run(
                        List.of(() -> threads.aside(() -> {
                            throw new IllegalStateException("aside");
                        })),
                        1))
                .hasMessage("aside");
    }

    /** More wait, so that questions to a store do not pile up. */
    @Test
    void putsSixteenAsideAtMost() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier sixteen = new CyclicBarrier(16);

        threads.run(
                List.of(() -> {
                    for (int i = 0; i < 64; i++) {
                        threads.aside(() -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            meet(sixteen);
                            now.decrementAndGet();
                        });
                    }
                }),
                1);

        assertThat(most).hasValue(16);
    }

    @Test
    void whoIsInterruptedHearsWhatBecameOfTheWork() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> threads.run(List.of(() -> done.add("a")), 1))
                .isInstanceOf(ProviderException.class)
                .hasMessage("the work on media was interrupted; nothing was deleted; run again to go on")
                .extracting(e -> ((ProviderException) e).kind())
                .isEqualTo(Kind.FAILED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void namesItsThreadsAndKeepsNoProcessAlive() {
        Set<String> names = ConcurrentHashMap.newKeySet();
        AtomicBoolean daemon = new AtomicBoolean();

        threads.run(
                List.of(() -> threads.aside(() -> {
                    names.add(Thread.currentThread().getName());
                    daemon.set(Thread.currentThread().isDaemon());
                })),
                1);

        assertThat(names).containsExactly("test-1");
        assertThat(daemon).isTrue();
    }

    @Test
    void closingInterruptsWhatIsUnderWay() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        threads.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        await(begun);

        threads.close();

        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
