package dev.restage.media.internal.transfer;

import dev.restage.provider.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads for work that belongs together: the first failure ends it all. */
public final class Threads implements Executor, AutoCloseable {

    /** Questions to stores that the walk does not wait for. */
    private static final int ASIDE = 16;

    private final ExecutorService pool;
    private final Semaphore aside = new Semaphore(ASIDE);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    public Threads(String name) {
        AtomicInteger number = new AtomicInteger();
        pool = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Does a task beside the others; waits only if too many are under way. */
    public void aside(Runnable task) {
        try {
            aside.acquire();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        pool.execute(() -> {
            try {
                guard(task);
            } finally {
                aside.release();
            }
        });
    }

    /** Does tasks in their order, some at once, and waits for them and for what they put aside. */
    public void run(List<Runnable> tasks, int atOnce) {
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            int index = next.getAndIncrement();
            while (index < tasks.size() && failure.get() == null) {
                guard(tasks.get(index));
                index = next.getAndIncrement();
            }
        };
        List<Future<?>> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(atOnce, tasks.size()); i++) {
            helpers.add(pool.submit(worker));
        }
        worker.run();
        try {
            for (Future<?> helper : helpers) {
                helper.get();
            }
            aside.acquire(ASIDE);
            aside.release(ASIDE);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker must not fail", e);
        }
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private static ProviderException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ProviderException(
                ProviderException.Kind.FAILED,
                "the work on media was interrupted; nothing was deleted; run again to go on",
                cause);
    }
}
