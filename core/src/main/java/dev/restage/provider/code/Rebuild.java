package dev.restage.provider.code;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a branch is made anew: reset to a base, then each of the given branches merged with a merge commit of its own
 * ({@code --no-ff}). Everything is pinned, so the same rebuild gives the same commit every time.
 *
 * @param base the commit to reset to
 * @param merges branch name to the commit that is merged, in this order
 * @param author who the merge commits name, {@code Name <mail>}
 * @param at the time that the merge commits carry
 */
public record Rebuild(CommitId base, Map<String, CommitId> merges, String author, Instant at) {

    /**
     * Copies the merges in their order.
     *
     * @param base the commit to reset to
     * @param merges branch name to the commit that is merged, in this order
     * @param author who the merge commits name, {@code Name <mail>}
     * @param at the time that the merge commits carry
     */
    public Rebuild {
        merges = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(merges));
    }
}
