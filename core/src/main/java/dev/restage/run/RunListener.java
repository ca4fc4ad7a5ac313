package dev.restage.run;

/**
 * Hears of runs. Each run tells what happens in order and one call at a time, on a thread of its own, so nobody waits for a listener but the
 * caller of the run at its end, and that for a limited time. Two runs side by side may call one listener at the same time. What it throws is
 * logged and ignored, so that a broken display cannot break a reset.
 */
@FunctionalInterface
public interface RunListener {

    /**
     * Hears of an event.
     *
     * @param event what happened
     */
    void on(RunEvent event);
}
