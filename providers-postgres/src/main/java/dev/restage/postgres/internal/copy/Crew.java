package dev.restage.postgres.internal.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Threads that work through a graph side by side. The first failure ends the others at once. */
final class Crew {

    private final WorkGraph graph;
    private final Runnable cancel;
    private @Nullable Throwable failure;

    /**
     * @param cancel ends at once what the threads are doing, from any thread
     */
    Crew(WorkGraph graph, Runnable cancel) {
        this.graph = graph;
        this.cancel = cancel;
    }

    /** Does all the work and returns when every thread has ended; when interrupted, too. */
    void run(int threads) throws Exception {
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(this::work, "restage-copy-" + (i + 1));
            thread.setDaemon(true);
            thread.start();
            running.add(thread);
        }
        boolean interrupted = false;
        for (Thread thread : running) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    fail(e);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable why = failure;
        if (why instanceof Error error) {
            throw error;
        }
        if (why instanceof Exception exception) {
            throw exception;
        }
    }

    private void work() {
        for (Optional<WorkGraph.Task> task = take(); task.isPresent(); task = take()) {
            try {
                task.get().work().run();
                ended(task.get());
            } catch (Throwable e) { // NOPMD: whatever ends a thread must end the others, and is thrown by run
                fail(e);
            }
        }
    }

    /** Waits for a task that may begin; empty if there will be none. */
    private synchronized Optional<WorkGraph.Task> take() {
        while (failure == null && !graph.isDone()) {
            Optional<WorkGraph.Task> next = graph.next();
            if (next.isPresent()) {
                return next;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                fail(e);
            }
        }
        return Optional.empty();
    }

    private synchronized void ended(WorkGraph.Task task) {
        graph.ended(task);
        notifyAll();
    }

    /** Only the first failure counts: those that follow come from the cancellation. */
    private void fail(Throwable why) {
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = why;
            notifyAll();
        }
        cancel.run();
    }
}
