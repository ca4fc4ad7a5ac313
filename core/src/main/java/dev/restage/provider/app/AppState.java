package dev.restage.provider.app;

import dev.restage.provider.code.CommitId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an app on a hosting platform stands.
 *
 * @param name its name
 * @param maintenance whether visitors see the maintenance page
 * @param formation process type to the number of processes that should run: {@code web=1, worker=2}
 * @param running process type to the number that does run
 * @param commit the commit that runs; null if the platform does not know
 * @param url where visitors reach it; null if the platform does not say
 */
public record AppState(
        String name,
        boolean maintenance,
        Map<String, Integer> formation,
        Map<String, Integer> running,
        @Nullable CommitId commit,
        @Nullable String url) {

    /**
     * Copies the maps.
     *
     * @param name its name
     * @param maintenance whether visitors see the maintenance page
     * @param formation process type to the number of processes that should run
     * @param running process type to the number that does run
     * @param commit the commit that runs; null if the platform does not know
     * @param url where visitors reach it; null if the platform does not say
     */
    public AppState {
        formation = Map.copyOf(formation);
        running = Map.copyOf(running);
    }

    /** {@return the commit that runs, if the platform knows it} */
    public Optional<CommitId> deployed() {
        return Optional.ofNullable(commit);
    }
}
