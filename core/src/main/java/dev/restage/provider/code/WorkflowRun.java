package dev.restage.provider.code;

/**
 * A run of a workflow.
 *
 * @param id the server's id
 * @param state where it stands
 * @param url where people can look at it
 * @param log the end of its log, at most some kilobytes; empty as long as it is not finished
 */
public record WorkflowRun(String id, State state, String url, String log) {

    /** Where a run stands. */
    public enum State {
        /** Waits or works. */
        RUNNING,
        /** Ended well. */
        SUCCEEDED,
        /** Ended otherwise: failed, cancelled, timed out. */
        FAILED
    }
}
