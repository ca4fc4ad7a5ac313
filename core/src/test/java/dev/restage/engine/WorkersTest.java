package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

    @Test
    void returnsWhatATaskReturnedAndThrowsWhatItThrew() {
        IllegalStateException unchecked = new IllegalStateException("unchecked");
        AssertionError error = new AssertionError("error");
        try (Workers workers = Workers.start("w", 2)) {
            ExecutorService executor = workers.executor();

            assertThat(Workers.get(executor.submit(() -> "done"))).isEqualTo("done");
            Callable<String> fails = () -> {
                throw unchecked;
            };
            assertThatThrownBy(() -> Workers.get(executor.submit(fails))).isSameAs(unchecked);
            Callable<String> breaks = () -> {
                throw error;
            };
            assertThatThrownBy(() -> Workers.get(executor.submit(breaks))).isSameAs(error);
            Callable<String> checked = () -> {
                throw new IOException("checked");
            };
            assertThatThrownBy(() -> Workers.get(executor.submit(checked)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterruptionWhileItWaitsIsToldAndKept() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Workers.get(new CompletableFuture<String>()))
                .asInstanceOf(type(ProviderException.class))
                .returns(ProviderException.Kind.UNAVAILABLE, ProviderException::kind);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void threadsAreNamedAndKeepNoProcessAlive() {
        try (Workers workers = Workers.start("copy", 3)) {
            Future<Thread> thread = workers.executor().submit(Thread::currentThread);

            assertThat(Workers.get(thread).getName()).isEqualTo("copy-1");
            assertThat(Workers.get(thread).isDaemon()).isTrue();
        }
    }

    @Test
    void startsOneThreadForNothing() {
        try (Workers workers = Workers.start("idle", 0)) {
            assertThat(Workers.get(workers.executor().submit(() -> 7))).isEqualTo(7);
        }
    }

    @Test
    void closingInterruptsWhatRunsAndWaitsForItsEnd() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicReference<String> end = new AtomicReference<>("running");
        Workers workers = Workers.start("w", 1);
        workers.executor().execute(() -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                end.set("interrupted");
            }
        });
        inside.await();

        workers.close();

        assertThat(end).hasValue("interrupted");
        assertThatThrownBy(() -> workers.executor().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void closingKeepsTheInterruptionOfWhoCloses() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<String> seen = new AtomicReference<>("");
        Workers workers = Workers.start("w", 1);
        workers.executor().execute(() -> {
            inside.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                seen.set("ended in order");
            }
        });
        inside.await();
        Thread.currentThread().interrupt();

        workers.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).as("it was waited for all the same").hasValue("ended in order");
    }

    @Test
    void closingWaitsHoweverOftenItIsInterruptedAndSaysForWhat() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Workers workers = Workers.start("w", 1, Duration.ofMillis(20), () -> "copy-database", told::add);
        workers.executor().execute(() -> {
            inside.countDown();
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    // it does not obey
                }
            }
        });
        inside.await();
        Thread closing = new Thread(workers::close);
        closing.start();
        for (int i = 0; i < 3; i++) {
            closing.interrupt();
            assertThat(told.take()).contains("copy-database", "its lock stays");
        }
        assertThat(closing.isAlive()).isTrue();

        end.countDown();

        closing.join();
        assertThat(workers.executor().isTerminated()).isTrue();
    }
}
