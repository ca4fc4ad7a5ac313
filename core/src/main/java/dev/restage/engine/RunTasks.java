package dev.restage.engine;

import dev.restage.run.Receipt;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** The runs that are going on here. */
final class RunTasks implements AutoCloseable {

    private final Executor executor;
    private final Set<RunTask> running = new LinkedHashSet<>();
    private boolean closed;

    RunTasks(Executor executor) {
        this.executor = executor;
    }

    /** Does the work on this thread, which may be interrupted to stop it. */
    Receipt here(RunTask task) {
        add(task);
        try {
            task.run();
        } finally {
            remove(task);
        }
        return task.await();
    }

    /** Has the work done elsewhere. */
    RunTask elsewhere(RunTask task) {
        add(task);
        boolean taken = false;
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    remove(task);
                }
            });
            taken = true;
        } finally {
            if (!taken) {
                remove(task);
            }
        }
        return task;
    }

    private synchronized void add(RunTask task) {
        refuseIfClosed();
        running.add(task);
    }

    private synchronized void remove(RunTask task) {
        running.remove(task);
    }

    synchronized void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("this Restage is closed: make another one");
        }
    }

    /** Takes no more work and waits for what is going on. */
    @Override
    public void close() {
        List<RunTask> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(running);
        }
        last.forEach(RunTask::awaitEnd);
    }
}
