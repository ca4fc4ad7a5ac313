package dev.restage.engine;

import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Tells the listeners of one run, in order and on a thread of its own: one that is slow, stuck or broken cannot hold the run up. */
final class Listeners implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    /** How long the end of a run waits for those who hear of it. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Where so much is waiting, more progress would only fill the memory. */
    private static final int MUCH = 1000;

    private final String runId;
    private final List<RunListener> listeners;
    private final Duration patience;
    private final BlockingQueue<Optional<RunEvent>> waiting = new LinkedBlockingQueue<>();
    private final Set<RunListener> broken = ConcurrentHashMap.newKeySet();
    private @Nullable Thread teller;

    Listeners(String runId, List<RunListener> listeners, Duration patience) {
        this.runId = runId;
        this.listeners = listeners;
        this.patience = patience;
    }

    synchronized void tell(RunEvent event) {
        if (listeners.isEmpty() || (event instanceof RunEvent.Progressed && waiting.size() >= MUCH)) {
            return;
        }
        waiting.add(Optional.of(event));
        if (teller == null) {
            Thread started = new Thread(this::tellOn, "restage-listeners-" + runId);
            started.setDaemon(true);
            started.start();
            teller = started;
        }
    }

    private void tellOn() {
        try {
            for (Optional<RunEvent> event = waiting.take(); event.isPresent(); event = waiting.take()) {
                for (RunListener listener : listeners) {
                    tell(listener, event.get());
                }
            }
        } catch (InterruptedException e) {
            // a listener has interrupted its own thread, which is nobody else's
            Thread.currentThread().interrupt();
        }
    }

    private void tell(RunListener listener, RunEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            // once: what is broken stays so, and the terminal is for the run
            if (broken.add(listener)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the listener {0} failed at {1} of run {2}, which goes on: {3}",
                        listener.getClass().getName(),
                        event.getClass().getSimpleName(),
                        runId,
                        e);
                LOG.log(System.Logger.Level.DEBUG, "it failed here", e);
            }
        }
        // what it leaves behind is not for the next one
        Thread.interrupted();
    }

    /** Waits until all is told, though not for ever. */
    @Override
    public void close() {
        Thread telling;
        synchronized (this) {
            telling = teller;
        }
        if (telling == null) {
            return;
        }
        waiting.add(Optional.empty());
        if (!joined(telling)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a listener of run {0} has not heard {1} events after {2} s; the run is over and its receipt whole",
                    runId,
                    waiting.size(),
                    patience.toSeconds());
        }
    }

    /** The end of an interrupted run is told as well. */
    private boolean joined(Thread telling) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
                telling.join(left);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !telling.isAlive();
    }
}
