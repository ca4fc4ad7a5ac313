package dev.restage.provider.app;

import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.Secret;
import dev.restage.provider.Writes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * An app on a hosting platform.
 *
 * <p>Every method throws {@link ProviderException} if the platform refuses or cannot be reached. All but
 * {@link #run} may be repeated safely.
 */
public interface PaaS extends Resource {

    /** {@return how the app stands} */
    AppState state();

    /** {@return the app's settings; values are secrets} */
    Map<String, Secret> config();

    /**
     * Changes settings, in one step; the platform may restart the app.
     *
     * @param changes setting to new value; others stay
     */
    @Writes
    void configure(Map<String, Secret> changes);

    /**
     * Removes settings, in one step; the platform may restart the app.
     *
     * @param settings which; those that are not there count as removed
     */
    @Writes
    void unset(Set<String> settings);

    /**
     * Shows visitors the maintenance page, or the site again.
     *
     * @param mode on or off
     */
    @Writes
    void maintenance(Switch mode);

    /**
     * Sets how many processes run, and waits until it is so.
     *
     * @param formation process type to number; others stay
     */
    @Writes
    void scale(Map<String, Integer> formation);

    /** Restarts all processes. */
    @Writes
    void restart();

    /** Empties the platform's own repository of the app. What is deployed stays. */
    @Writes
    void resetRepository();

    /**
     * Runs a command in a process of its own beside the app and waits for its end. Never repeated by itself.
     *
     * @param command a shell command line
     * @param limit how long it may take; the platform ends it then
     * @return how it ended; an exit status other than 0 is no exception
     * @throws ProviderException {@code UNAVAILABLE} if it is unknown how it ended
     */
    @Writes
    CommandResult run(String command, Duration limit);

    /** On or off. */
    enum Switch {
        /** Visitors see the maintenance page. */
        ON,
        /** Visitors see the site. */
        OFF
    }
}
