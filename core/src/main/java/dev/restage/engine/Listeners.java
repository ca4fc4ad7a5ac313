package dev.restage.engine;

import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import java.util.List;

/** Tells listeners one event at a time; a broken one cannot break a run. */
final class Listeners {

    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<RunListener> listeners;

    Listeners(List<RunListener> listeners) {
        this.listeners = listeners;
    }

    synchronized void tell(RunEvent event) {
        for (RunListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException | Error e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a listener failed at " + event.getClass().getSimpleName(),
                        e);
            }
        }
    }
}
