package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.session.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.postgresql.PGConnection;

/** Reads many things of the target side by side; the first failure ends all of it. */
final class TargetPass {

    /** Reads one thing. */
    @FunctionalInterface
    interface Reading {
        void read(Connection connection) throws SQLException;
    }

    private final Supplier<Connection> target;
    private final int workers;

    TargetPass(Supplier<Connection> target, int workers) {
        this.target = target;
        this.workers = workers;
    }

    /** Reads all, in the order given as far as workers are free. */
    void run(Collection<Reading> readings) throws SQLException, InterruptedException {
        Queue<Reading> todo = new ConcurrentLinkedQueue<>(readings);
        Queue<Connection> open = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(workers, readings.size())));
        try {
            Collection<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < Math.min(workers, readings.size()); i++) {
                running.add(threads.submit(() -> {
                    work(todo, open);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            threads.shutdownNow();
            cancel(open);
        }
    }

    private void work(Queue<Reading> todo, Queue<Connection> open) throws SQLException {
        try (Connection connection = target.get()) {
            open.add(connection);
            try {
                for (Reading next = todo.poll(); next != null; next = todo.poll()) {
                    next.read(connection);
                }
            } catch (SQLException | RuntimeException e) {
                Sessions.end(connection);
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            todo.clear();
            cancel(open);
            throw e;
        }
    }

    private static void cancel(Queue<Connection> open) {
        for (Connection connection : open) {
            try {
                if (!connection.isClosed()) {
                    connection.unwrap(PGConnection.class).cancelQuery();
                }
            } catch (SQLException e) {
                System.getLogger(TargetPass.class.getName())
                        .log(System.Logger.Level.DEBUG, "a connection was gone before it could be cancelled", e);
            }
        }
    }

    private static SQLException failure(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof SQLException sql ? sql : new SQLException(cause);
    }
}
