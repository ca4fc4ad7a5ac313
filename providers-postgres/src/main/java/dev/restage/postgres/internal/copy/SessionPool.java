package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.session.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.postgresql.PGConnection;

/** Sessions of one kind, opened when they are needed and used again. All of them can be ended at once. */
final class SessionPool implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SessionPool.class.getName());

    private final Opener opener;
    private final Set<Connection> open = new HashSet<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean ended;

    SessionPool(Opener opener) {
        this.opener = opener;
    }

    /** Opens one more session. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    Connection borrow() throws SQLException {
        synchronized (this) {
            refuseWhenEnded();
            Connection waiting = idle.poll();
            if (waiting != null) {
                return waiting;
            }
        }
        Connection fresh = opener.open();
        synchronized (this) {
            open.add(fresh);
            if (!ended) {
                return fresh;
            }
        }
        drop(fresh);
        throw cancelled();
    }

    synchronized void giveBack(Connection session) {
        idle.push(session);
    }

    /** Closes a session whose state is not known. */
    void drop(Connection session) {
        synchronized (this) {
            open.remove(session);
        }
        try {
            Sessions.end(session);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a session was gone already", e);
        }
    }

    /** Ends what the sessions are doing, and refuses more; from any thread. */
    void cancel() {
        Set<Connection> running;
        synchronized (this) {
            ended = true;
            running = new HashSet<>(open);
            idle.forEach(running::remove);
        }
        running.forEach(SessionPool::cancel);
    }

    /** Ends what one session is doing, from any thread. */
    static void cancel(Connection session) {
        try {
            session.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a session could not be cancelled", e);
        }
    }

    @Override
    public void close() {
        Set<Connection> running;
        synchronized (this) {
            running = new HashSet<>(open);
            if (!ended) {
                idle.forEach(running::remove);
                idle.forEach(SessionPool::close);
            }
            ended = true;
        }
        running.forEach(this::drop);
    }

    private static void close(Connection session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a session was gone already", e);
        }
    }

    /** Throws what a server says of a query that was cancelled, if all work here was. */
    synchronized void refuseWhenEnded() throws SQLException {
        if (ended) {
            throw cancelled();
        }
    }

    /** The state that a server gives to a query that was cancelled. */
    private static SQLException cancelled() {
        return new SQLException("cancelled", "57014");
    }
}
