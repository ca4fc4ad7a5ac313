package dev.restage.run;

/**
 * Hears of a run. Called by the run's threads, one call at a time and in order; must be fast. What it throws is
 * ignored, so that a broken display cannot break a reset.
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
