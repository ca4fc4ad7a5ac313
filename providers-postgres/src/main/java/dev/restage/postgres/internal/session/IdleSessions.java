package dev.restage.postgres.internal.session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was closed while work goes on, to be used again: work asks a database many short questions, and to connect costs more than
 * to answer most of them. A session comes back as new, and one whose state cannot be told is closed.
 */
final class IdleSessions {

    private static final System.Logger LOG = System.getLogger(IdleSessions.class.getName());

    /** The state that the driver gives to a connection which was closed. Source: SQL:2003, class 08. */
    private static final String CLOSED = "08003";

    private final Map<Kind, Deque<Connection>> idle = new HashMap<>();
    private int holders;

    /**
     * What makes a session fit for a use, and cannot be set later.
     *
     * @param database its name
     * @param readOnly whether it refuses to write
     * @param simple whether statements are sent as they are
     */
    record Kind(String database, boolean readOnly, boolean simple) {}

    /** Opens a session that nobody has used. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /** Begins to keep what is closed, until as many have let go as have begun. */
    synchronized void hold() {
        holders++;
    }

    void letGo() {
        synchronized (this) {
            if (--holders > 0) {
                return;
            }
        }
        clear();
    }

    /** Closes all that idle: a database can be renamed or dropped then. */
    void clear() {
        List<Connection> all = new ArrayList<>();
        synchronized (this) {
            idle.values().forEach(all::addAll);
            idle.clear();
        }
        all.forEach(IdleSessions::end);
    }

    /**
     * A session of a kind, with settings.
     *
     * @param opener asked where none idles
     */
    Connection session(Kind kind, Settings settings, Opener opener) throws SQLException {
        Connection waiting = poll(kind);
        while (waiting != null) {
            if (isSet(waiting, settings)) {
                return lent(kind, waiting);
            }
            end(waiting);
            waiting = poll(kind);
        }
        Connection fresh = opener.open();
        if (!isHeld()) {
            return fresh;
        }
        return lent(kind, fresh);
    }

    private synchronized boolean isHeld() {
        return holders > 0;
    }

    private synchronized @Nullable Connection poll(Kind kind) {
        Deque<Connection> waiting = idle.get(kind);
        return waiting == null ? null : waiting.poll();
    }

    /** Its server may have ended it meanwhile. */
    private static boolean isSet(Connection session, Settings settings) {
        try (Statement statement = session.createStatement()) {
            statement.execute(settings.sql());
            return true;
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a session that idled is gone", e);
            return false;
        }
    }

    private void giveBack(Kind kind, Connection session) {
        if (!isHeld() || !isAsNew(session)) {
            end(session);
            return;
        }
        synchronized (this) {
            if (holders > 0) {
                idle.computeIfAbsent(kind, any -> new ArrayDeque<>()).push(session);
                return;
            }
        }
        end(session);
    }

    private static boolean isAsNew(Connection session) {
        try {
            if (session.isClosed()) {
                return false;
            }
            if (!session.getAutoCommit()) {
                session.rollback();
                session.setAutoCommit(true);
            }
            try (Statement statement = session.createStatement()) {
                statement.execute("DISCARD ALL");
            }
            return true;
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a session cannot be used again", e);
            return false;
        }
    }

    private static void end(Connection session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a session was gone already", e);
        }
    }

    private Connection lent(Kind kind, Connection session) {
        return (Connection) Proxy.newProxyInstance(
                IdleSessions.class.getClassLoader(), new Class<?>[] {Connection.class}, new Lent(kind, session));
    }

    /** Gives the session back when it is closed. */
    private final class Lent implements InvocationHandler {
        private final Kind kind;
        private final Connection session;
        private boolean closed;

        Lent(Kind kind, Connection session) {
            this.kind = kind;
            this.session = session;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            switch (method.getName()) {
                case "close" -> {
                    if (isFirst()) {
                        giveBack(kind, session);
                    }
                    return null;
                }
                case "isClosed" -> {
                    return isGivenBack() || session.isClosed();
                }
                default -> {
                    if (isGivenBack() && method.getDeclaringClass() != Object.class) {
                        throw new SQLException("the connection was closed", CLOSED);
                    }
                }
            }
            try {
                return method.invoke(session, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private synchronized boolean isFirst() {
            boolean first = !closed;
            closed = true;
            return first;
        }

        private synchronized boolean isGivenBack() {
            return closed;
        }
    }
}
