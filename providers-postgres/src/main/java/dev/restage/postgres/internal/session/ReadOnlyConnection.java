package dev.restage.postgres.internal.session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * A connection for those who may only read, whatever they call or send. A session that is read only can be told to write; a
 * transaction that has begun as read only and has read cannot, as the server refuses that. So all happens in such a
 * transaction, which is never committed, and what would end it is kept from the server: it would be the only way out. What a
 * server does not count as writing, as a sequence that an older one lets be reset or a large object, is rolled back with it.
 *
 * <p>What acts outside of the transaction is a matter of the role's rights: dblink, files and programs of the server.
 */
final class ReadOnlyConnection {

    private static final String READ_ONLY_TRANSACTION = "25006";

    /** What leads on to a statement or to the connection, and so is not handed out as it is. The special ones come first. */
    private static final List<Class<?>> GUARDED = List.of(
            CallableStatement.class,
            PreparedStatement.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Array.class,
            Connection.class);

    /** Needs no transaction, and must not wait for a statement that runs. */
    private static final Set<String> AT_ONCE = Set.of("close", "cancel", "abort", "isClosed", "closeOnCompletion");

    private final BaseConnection connection;
    private final Connection guarded;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean autoCommit = true;

    private ReadOnlyConnection(BaseConnection connection) {
        this.connection = connection;
        this.guarded = (Connection) guard(connection, Connection.class);
    }

    /**
     * Guards a connection.
     *
     * @param connection a new session, closed by the one that is returned
     */
    static Connection of(Connection connection) throws SQLException {
        BaseConnection own = connection.unwrap(BaseConnection.class);
        own.setAutoCommit(false);
        return new ReadOnlyConnection(own).guarded;
    }

    private Object guard(Object target, Class<?> as) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "unwrap" -> unwrapped(proxy, (Class<?>) arguments[0]);
            case "isWrapperFor" -> ((Class<?>) arguments[0]).isInstance(proxy);
            default -> target == connection ? connectionCall(method, arguments) : call(target, method, arguments);
        };
        return Proxy.newProxyInstance(as.getClassLoader(), new Class<?>[] {as}, handler);
    }

    private static Object unwrapped(Object proxy, Class<?> wanted) throws SQLException {
        if (wanted.isInstance(proxy)) {
            return proxy;
        }
        throw refused("it cannot be had as a " + wanted.getSimpleName());
    }

    private @Nullable Object connectionCall(Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "isReadOnly" -> {
                return true;
            }
            case "getAutoCommit" -> {
                return autoCommit;
            }
            case "setReadOnly" -> {
                if (arguments == null || !(Boolean) arguments[0]) {
                    throw refused("it stays so");
                }
                return null;
            }
            case "setAutoCommit" -> {
                boolean wanted = arguments != null && (Boolean) arguments[0];
                if (wanted != autoCommit) {
                    startAnew(() -> autoCommit = wanted);
                }
                return null;
            }
            case "commit" -> {
                return startAnew(() -> {});
            }
            case "rollback" -> {
                return arguments == null || !(arguments[0] instanceof Savepoint)
                        ? startAnew(() -> {})
                        : call(connection, method, arguments);
            }
            case "createStatement", "prepareStatement", "prepareCall" -> {
                if (arguments != null && List.of(arguments).contains(ResultSet.CONCUR_UPDATABLE)) {
                    // The driver makes statements of its own for such a result, out of the text of the query.
                    throw refused("its results cannot be updated; ask for CONCUR_READ_ONLY");
                }
                return call(connection, method, arguments);
            }
            case "setTransactionIsolation" -> {
                int level = arguments == null ? Connection.TRANSACTION_NONE : (Integer) arguments[0];
                return startAnew(() -> connection.setTransactionIsolation(level));
            }
            default -> {
                return call(connection, method, arguments);
            }
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private @Nullable Object startAnew(Work work) throws SQLException {
        lock.lock();
        try {
            connection.rollback();
            work.run();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        if (AT_ONCE.contains(method.getName()) || target instanceof ResultSet) {
            return handedOut(invoke(target, method, arguments));
        }
        lock.lock();
        try {
            begin();
            if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql && sends(method)) {
                Statements.refuseEndOfTransaction(
                        connection, sql, method.getName().equals("prepareCall"));
            }
            return handedOut(invoke(target, method, arguments));
        } finally {
            lock.unlock();
        }
    }

    private static boolean sends(Method method) {
        String name = method.getName();
        return name.startsWith("execute") || name.startsWith("prepare") || name.equals("addBatch");
    }

    /** The first query makes the transaction what it is; until then it could be told to write. */
    private void begin() throws SQLException {
        if (connection.getTransactionState() == TransactionState.FAILED && autoCommit) {
            connection.rollback();
        }
        if (connection.getTransactionState() == TransactionState.IDLE) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION READ ONLY; SELECT 1");
            }
        }
    }

    private @Nullable Object handedOut(@Nullable Object result) {
        if (result == connection) {
            return guarded;
        }
        return GUARDED.stream()
                .filter(type -> type.isInstance(result))
                .findFirst()
                .<@Nullable Object>map(type -> result == null ? null : guard(result, type))
                .orElse(result);
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    static SQLException refused(String why) {
        return new SQLException("the connection is for reading only: " + why, READ_ONLY_TRANSACTION);
    }
}
