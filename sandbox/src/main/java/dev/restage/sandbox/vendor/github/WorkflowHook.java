package dev.restage.sandbox.vendor.github;

import java.util.Map;

/** Does the work of a dispatched workflow on the GitHub stand-in. */
@FunctionalInterface
public interface WorkflowHook {

    /**
     * Runs while the workflow run is in progress.
     *
     * @param workflow the name of the file, as in {@code deploy.yml}
     * @param inputs the inputs, all as strings
     * @return how it ended
     */
    Outcome run(String workflow, Map<String, String> inputs);

    /**
     * How a workflow run ended.
     *
     * @param conclusion {@code success}, {@code failure}, {@code cancelled}, ...
     * @param log the lines that its job printed
     */
    record Outcome(String conclusion, String log) {}
}
