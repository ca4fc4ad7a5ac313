package dev.restage.step.code;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.code.CiServer;
import dev.restage.provider.code.WorkflowRun;
import java.time.Duration;
import java.util.Map;

/**
 * Starts a workflow and follows it to its end; fails if the workflow does.
 *
 * @param repository the repository and branch: {@code github:acme/site#staging}
 * @param workflow the workflow's file name: {@code flightpath.yml}
 * @param ref the branch whose version of the workflow runs
 * @param inputs its inputs
 * @param limit how long to wait for its end
 */
public record RunWorkflow(Address repository, String workflow, String ref, Map<String, String> inputs, Duration limit)
        implements Step {

    /** Kept of each attempt, by its number. */
    private static final String RUN = "run.";

    /**
     * Copies the inputs.
     *
     * @param repository the repository and branch
     * @param workflow the workflow's file name
     * @param ref the branch whose version of the workflow runs
     * @param inputs its inputs
     * @param limit how long to wait for its end
     */
    public RunWorkflow {
        inputs = Map.copyOf(inputs);
    }

    @Override
    public Access access() {
        return Access.NONE.writing(repository);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(repository, CiServer.class);
        return Decision.of(new Change(repository, "run the workflow %s of %s".formatted(workflow, ref)));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        CiServer ci = context.use(repository, CiServer.class);
        String id = started(context, ci);
        context.fact("run", id);
        WorkflowRun ended = ci.await(id, limit);
        if (ended.state() != WorkflowRun.State.SUCCEEDED) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "the workflow %s of %s %s: look at %s"
                            .formatted(
                                    workflow,
                                    repository,
                                    ended.state() == WorkflowRun.State.RUNNING
                                            ? "has not ended after " + limit.toSeconds() + " s"
                                            : "failed",
                                    ended.url()),
                    null);
        }
        context.fact("url", ended.url());
        context.fact("log", ended.log());
    }

    /** The run of an attempt before is found again; one that has failed is not waited for for ever. */
    private String started(StepContext context, CiServer ci) {
        int attempt = 1;
        while (context.kept(RUN + attempt)
                .filter(id -> ci.await(id, Duration.ZERO).state() == WorkflowRun.State.FAILED)
                .isPresent()) {
            attempt++;
        }
        return context.keep(
                RUN + attempt, () -> ci.dispatch(workflow, ref, inputs).id());
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return context.kept(RUN + 1).isEmpty()
                ? WayBack.NOTHING
                : WayBack.none("the workflow %s has run, and what it did is not known here".formatted(workflow));
    }
}
