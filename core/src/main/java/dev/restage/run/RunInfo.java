package dev.restage.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list of runs.
 *
 * @param id the run
 * @param plan its plan's name; empty if its journal does not say
 * @param target the name of the environment that it changes; empty if its journal does not say
 * @param startedAt when it first began; null if its journal does not say
 * @param state how it stands
 * @param endedAt when it ended; null if it has not, or its journal does not say
 */
public record RunInfo(
        String id,
        String plan,
        String target,
        @Nullable Instant startedAt,
        RunState state,
        @Nullable Instant endedAt) {}
