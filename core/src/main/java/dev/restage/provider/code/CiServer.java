package dev.restage.provider.code;

import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.time.Duration;
import java.util.Map;

/**
 * Continuous integration of a repository: what it says of a commit, and its workflows.
 *
 * <p>Every method throws {@link ProviderException} if the server refuses or cannot be reached.
 */
public interface CiServer extends Resource {

    /**
     * {@return what the checks say of a commit now}
     *
     * @param commit the commit
     */
    CiState state(CommitId commit);

    /**
     * Starts a workflow once. After an unclear answer the server is asked whether it did start before a second try.
     *
     * @param workflow its file name: {@code flightpath.yml}
     * @param ref the branch or tag whose version of the workflow runs
     * @param inputs its inputs
     * @return the run that was started
     * @throws ProviderException {@code NOT_FOUND} if there is no such workflow, {@code CONFLICT} if it cannot be started
     *     so; the message says why
     */
    @Writes
    WorkflowRun dispatch(String workflow, String ref, Map<String, String> inputs);

    /**
     * Waits until a run ends.
     *
     * @param id the run's id
     * @param limit how long to wait at most
     * @return the run as it ended, or still running when the limit is reached
     */
    WorkflowRun await(String id, Duration limit);
}
