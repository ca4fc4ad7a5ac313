package dev.restage.engine;

import dev.restage.provider.GuardException;
import dev.restage.provider.ProviderException;
import dev.restage.run.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The work of one run, on whatever thread it is done. */
public final class RunTask implements Runnable {

    private final String id;
    private final Supplier<Receipt> work;
    private final CompletableFuture<Receipt> end = new CompletableFuture<>();
    private @Nullable Thread runner;
    private boolean cancelled;

    RunTask(String id, Supplier<Receipt> work) {
        this.id = id;
        this.work = work;
    }

    /** {@return the run's id} */
    public String id() {
        return id;
    }

    /** Does the work. What it throws is for {@link #await}. */
    @Override
    public void run() {
        if (!begin()) {
            end.completeExceptionally(new GuardException("run " + id + " was cancelled before it began"));
            return;
        }
        try {
            end.complete(work.get());
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        } finally {
            leave();
        }
    }

    private synchronized boolean begin() {
        runner = Thread.currentThread();
        return !cancelled;
    }

    private synchronized void leave() {
        runner = null;
        if (cancelled) {
            // the thread may be a host's, which has other work for it
            Thread.interrupted();
        }
    }

    /** Interrupts the run, which then ends as failed. Does nothing if it is over. */
    public synchronized void cancel() {
        Thread running = runner;
        if (!end.isDone()) {
            cancelled = true;
            if (running != null) {
                running.interrupt();
            }
        }
    }

    /** {@return whether it has ended, well or not} */
    public boolean isOver() {
        return end.isDone();
    }

    void refused(RuntimeException why) {
        end.completeExceptionally(why);
    }

    /** Waits for the end, whatever it is, and however often it is interrupted. */
    void awaitEnd() {
        try {
            end.join();
        } catch (CompletionException e) {
            // its caller hears of it
            return;
        }
    }

    /**
     * Waits for the end.
     *
     * @return what the work returned; what it threw is thrown
     */
    public Receipt await() {
        try {
            return end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "interrupted while waiting for run " + id + ", which goes on: wait again, or cancel it",
                    e);
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
}
