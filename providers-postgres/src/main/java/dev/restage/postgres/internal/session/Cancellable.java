package dev.restage.postgres.internal.session;

import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.postgresql.PGConnection;

/** Work on connections that ends at once when the calling thread is interrupted, which JDBC alone does not do. */
public final class Cancellable {

    private static final System.Logger LOG = System.getLogger(Cancellable.class.getName());

    private final String what;
    private final List<Connection> connections;

    public Cancellable(String what, List<Connection> connections) {
        this.what = what;
        this.connections = connections;
    }

    /** Runs the work in a thread of its own and waits for it; waits for its end too when it is interrupted. */
    public <T> T run(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread worker = new Thread(task, "restage-postgres");
        worker.setDaemon(true);
        worker.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            cancel();
            joinUninterruptibly(worker);
            Thread.currentThread().interrupt();
            return outcome(task);
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    /** What was finished before the cancellation took effect stays finished. */
    private <T> T outcome(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED, what + " was interrupted; nothing was changed", Effect.NONE, null);
        }
    }

    private void cancel() {
        for (Connection connection : connections) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "a connection was gone before it could be cancelled", e);
            }
        }
    }

    private static void joinUninterruptibly(Thread worker) {
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                LOG.log(System.Logger.Level.DEBUG, "interrupted again while the work ends");
            }
        }
    }

    private static Exception cause(ExecutionException e) {
        return e.getCause() instanceof Exception cause ? cause : e;
    }
}
