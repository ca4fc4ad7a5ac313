package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work for which a database must have no sessions. The server waits up to 5 seconds for them to end and keeps new ones
 * waiting meanwhile; this ends those that are there, and tries again for a while.
 */
final class Fence {

    /** So long sessions are ended again and again, before those that cannot be ended make the work fail. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long AGAIN_MILLIS = 100;

    private static final System.Logger LOG = System.getLogger(Fence.class.getName());

    private final Sessions target;
    private final Sessions maintenance;
    private final Duration patience;

    Fence(Sessions target, Sessions maintenance, Duration patience) {
        this.target = target;
        this.maintenance = maintenance;
        this.patience = patience;
    }

    /** Whose sessions are ended. */
    enum Ended {
        /** All that the role may end. */
        ALL,
        /** Those of them that do nothing. */
        IDLE
    }

    /** Work with the databases beside the target. */
    @FunctionalInterface
    interface Work<T> {
        T on(Siblings siblings) throws SQLException;
    }

    /** Works with the databases beside the target, whoever uses it. */
    <T> T unfenced(Work<T> work) throws SQLException {
        try (Connection connection = maintenance.named("restage copy (names)")) {
            return work.on(new Siblings(connection, target.database().database()));
        }
    }

    /** Works while the given databases have no sessions. */
    <T> T fenced(String what, Ended ended, List<String> databases, Work<T> work) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return once(ended, databases, work);
            } catch (SQLException e) {
                if (!Siblings.IN_USE.equals(e.getSQLState())) {
                    throw e;
                }
                if (System.nanoTime() > end) {
                    throw inTheWay(what);
                }
            }
        }
    }

    private <T> T once(Ended ended, List<String> databases, Work<T> work) throws SQLException {
        try (Connection connection = maintenance.named("restage copy (fence)")) {
            Siblings siblings = new Siblings(connection, target.database().database());
            CompletableFuture<T> working = CompletableFuture.supplyAsync(() -> {
                try {
                    return unfenced(work);
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            return ended(working, ended, siblings, databases);
        }
    }

    /** What is worked at is one moment and near: to leave it would be to not know how it ended. */
    private static <T> T ended(CompletableFuture<T> working, Ended ended, Siblings siblings, List<String> databases)
            throws SQLException {
        boolean interrupted = false;
        try {
            while (true) {
                for (String database : databases) {
                    siblings.terminate(database, ended);
                }
                try {
                    return working.get(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    LOG.log(System.Logger.Level.DEBUG, "sessions are in the way");
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ProviderException inTheWay(String what) throws SQLException {
        List<String> sessions =
                unfenced(siblings -> siblings.sessions(target.database().database()));
        return new ProviderException(
                Kind.CONFLICT,
                "%s cannot be %s, because it is used by sessions that %s may not end: %s. Stop them and run again; nothing was changed"
                        .formatted(
                                target.database(),
                                what,
                                target.database().user(),
                                sessions.isEmpty() ? "they are gone now" : String.join(", ", sessions)),
                Effect.NONE,
                null);
    }
}
