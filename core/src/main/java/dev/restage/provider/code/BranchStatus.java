package dev.restage.provider.code;

import java.time.Instant;

/**
 * How a branch stands to the branch that a {@link GitHost} is bound to and to its base.
 *
 * @param name the branch
 * @param head its newest commit
 * @param committedAt when that commit was made
 * @param author who made it
 * @param state where its work is
 * @param ahead how many of its commits the base does not have
 */
public record BranchStatus(String name, CommitId head, Instant committedAt, String author, State state, int ahead) {

    /** Where the work of a branch is. */
    public enum State {
        /** In the base: nothing to do. */
        IN_BASE,
        /** In the base as one squashed or picked commit, and merged into the bound branch with its own commits. */
        SQUASHED_INTO_BASE,
        /** Merged into the bound branch and not in the base: a candidate to merge again. */
        MERGED,
        /** Merged into the bound branch before, with newer commits that are not. */
        PARTLY_MERGED,
        /** In neither. */
        OPEN
    }
}
