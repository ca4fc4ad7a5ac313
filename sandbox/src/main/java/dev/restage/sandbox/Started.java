package dev.restage.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started and has to be stopped, the last first; at the latest when the JVM is asked to end. */
final class Started implements AutoCloseable {

    private final Deque<AutoCloseable> things = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeAll, "sandbox shutdown");
    private boolean closed;

    Started() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Takes something over; when all is closed already, it is closed too. */
    <T extends AutoCloseable> T keep(T thing) {
        synchronized (things) {
            if (!closed) {
                things.push(thing);
                return thing;
            }
        }
        close(thing);
        throw new IllegalStateException("the sandbox was closed while it was starting");
    }

    @Override
    public void close() {
        closeAll();
        if (Thread.currentThread() != hook && !hook.isAlive()) {
            forgetHook();
        }
    }

    private void closeAll() {
        synchronized (things) {
            closed = true;
            while (!things.isEmpty()) {
                close(things.pop());
            }
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            System.getLogger(Started.class.getName())
                    .log(System.Logger.Level.DEBUG, "the JVM is ending, so its hooks stay", e);
        }
    }

    /** One that fails must not keep the others running. */
    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            System.getLogger(Started.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot stop a part of the sandbox", e);
        }
    }
}
