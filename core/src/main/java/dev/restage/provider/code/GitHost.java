package dev.restage.provider.code;

import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One branch of a repository on a server, as its address names it: {@code code:owner/repo#staging}.
 *
 * <p>Every method throws {@link ProviderException} if the server refuses or cannot be reached.
 */
public interface GitHost extends Resource {

    /** {@return the name of this branch} */
    String branch();

    /**
     * {@return the newest commit of a branch of this repository; empty if it does not exist}
     *
     * @param branch the branch, this one or another
     */
    Optional<CommitId> head(String branch);

    /**
     * Reports how all other branches of the repository stand to this one and to a base.
     *
     * @param base the branch that production runs: {@code main}
     * @return one entry for each branch but this one and the base, newest commit first
     */
    List<BranchStatus> report(String base);

    /**
     * Makes the commit that a rebuild would lead to, without pushing anything.
     *
     * @param rebuild how the branch would be made anew
     * @return the commit that {@link #reset} may push
     * @throws ProviderException {@code CONFLICT} if a merge conflicts; the message names branch and files
     */
    CommitId rehearse(Rebuild rebuild);

    /**
     * Moves this branch to a commit that the server has or that {@link #rehearse} made, if it still is where the caller
     * believes (a lease). Doing it again after success is harmless.
     *
     * @param to the new commit
     * @param expected where the branch must be now; null if it must not exist
     * @throws ProviderException {@code CONFLICT} if the branch is elsewhere; it is then unchanged
     */
    @Writes
    void reset(CommitId to, @Nullable CommitId expected);

    /**
     * Removes this branch, if it still is where the caller believes (a lease). Harmless if there is none.
     *
     * @param expected where the branch must be now
     * @throws ProviderException {@code CONFLICT} if the branch is elsewhere, or may not be removed; it is then unchanged
     */
    @Writes
    void delete(CommitId expected);
}
