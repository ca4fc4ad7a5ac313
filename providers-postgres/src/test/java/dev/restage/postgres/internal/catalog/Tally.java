package dev.restage.postgres.internal.catalog;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts what goes over a connection. */
final class Tally {

    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicInteger results = new AtomicInteger();

    int roundTrips() {
        return roundTrips.get();
    }

    int results() {
        return results.get();
    }

    /** The same connection, counted. */
    Connection of(Connection connection) {
        return watched(
                Connection.class,
                connection,
                (name, answer) -> name.equals("createStatement")
                        ? watched(Statement.class, (Statement) answer, this::count)
                        : answer);
    }

    private Object count(String name, Object answer) {
        if (name.startsWith("execute")) {
            roundTrips.incrementAndGet();
        }
        if (name.equals("executeQuery") || name.equals("getResultSet")) {
            results.incrementAndGet();
        }
        return answer;
    }

    private interface Watcher {
        Object on(String method, Object answer);
    }

    private static <T> T watched(Class<T> type, T real, Watcher watcher) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                @Nullable Object answer = method.invoke(real, arguments);
                return answer == null ? null : watcher.on(method.getName(), answer);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
