package dev.restage.provider.code;

import java.util.List;

/**
 * What continuous integration says of a commit.
 *
 * @param verdict all checks together
 * @param checks the checks, each as {@code name: outcome}
 */
public record CiState(Verdict verdict, List<String> checks) {

    /** All checks together. */
    public enum Verdict {
        /** No check reports on this commit. */
        NONE,
        /** Some are not finished. */
        PENDING,
        /** All ended well. */
        PASSED,
        /** At least one did not. */
        FAILED
    }

    /**
     * Copies the list.
     *
     * @param verdict all checks together
     * @param checks the checks, each as {@code name: outcome}
     */
    public CiState {
        checks = List.copyOf(checks);
    }
}
