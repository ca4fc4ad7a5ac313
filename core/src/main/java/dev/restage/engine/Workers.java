package dev.restage.engine;

import dev.restage.provider.ProviderException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Named daemon threads that are gone when closed. */
final class Workers implements AutoCloseable {

    /** Steps wait for servers most of the time, so more than cores is right; a server's connections are few, though. */
    private static final int MOST = 8;

    /** How often a person is told what is waited for. */
    private static final Duration REMINDER = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(Workers.class.getName());

    private final ExecutorService executor;
    private final Duration reminder;
    private final Supplier<String> busy;
    private final Consumer<String> told;

    private Workers(ExecutorService executor, Duration reminder, Supplier<String> busy, Consumer<String> told) {
        this.executor = executor;
        this.reminder = reminder;
        this.busy = busy;
        this.told = told;
    }

    static Workers start(String name, int wanted) {
        return start(name, wanted, () -> name);
    }

    /**
     * Starts them.
     *
     * @param name how their names begin
     * @param wanted how many there is work for
     * @param busy names what is being done, for people who wait for its end
     */
    static Workers start(String name, int wanted, Supplier<String> busy) {
        return start(name, wanted, REMINDER, busy, message -> LOG.log(System.Logger.Level.WARNING, message));
    }

    /** The same, telling somebody what is waited for each time that so much time has passed. */
    static Workers start(String name, int wanted, Duration reminder, Supplier<String> busy, Consumer<String> told) {
        AtomicInteger count = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, Math.min(MOST, wanted)), task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        return new Workers(executor, reminder, busy, told);
    }

    ExecutorService executor() {
        return executor;
    }

    /** {@return what a task returned} What it threw is thrown. */
    static <T> T get(Future<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(ProviderException.Kind.UNAVAILABLE, "interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Interrupts what still runs and waits for its end, however long that takes and however often this thread is interrupted
     * meanwhile: what is still at work must not lose the lock under which it writes.
     */
    @Override
    public void close() {
        executor.shutdownNow();
        boolean interrupted = Thread.interrupted();
        long next = System.nanoTime() + reminder.toNanos();
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(next - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (!ended) {
                    told.accept(
                            "still waiting for the end of %s, which has not obeyed its interruption yet; its lock stays until then"
                                    .formatted(busy.get()));
                    next = System.nanoTime() + reminder.toNanos();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
