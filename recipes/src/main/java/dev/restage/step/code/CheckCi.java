package dev.restage.step.code;

import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.code.CiServer;
import dev.restage.provider.code.CiState;
import dev.restage.provider.code.CiState.Verdict;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import java.time.Duration;
import java.util.Locale;

/**
 * Waits for what continuous integration says of a branch's newest commit. A failed check is a warning: the environment
 * is as it should be, and people must look at the code.
 *
 * @param branch the branch: {@code github:acme/site#staging}
 * @param limit how long to wait for the checks at most
 */
public record CheckCi(Address branch, Duration limit) implements Step {

    @Override
    public Access access() {
        return Access.reading(branch);
    }

    @Override
    public Decision decide(StepContext context) {
        CiState now = state(context);
        return Decision.NOTHING.note("checks of the present commit: " + words(now));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        try {
            context.await("the checks of " + branch, limit, () -> ended(state(context)));
        } catch (ProviderException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        CiState state = state(context);
        if (state.verdict() == Verdict.NONE) {
            context.warn("no check reports on the newest commit of " + branch + ": look whether CI works");
        } else if (state.verdict() != Verdict.PASSED) {
            context.warn("checks of the newest commit of %s %s: %s"
                    .formatted(
                            branch,
                            ended(state) ? "failed" : "are not finished after " + limit.toSeconds() + " s",
                            words(state)));
        }
        context.fact("verdict", state.verdict().name().toLowerCase(Locale.ROOT));
        context.fact("checks", String.join("\n", state.checks()));
    }

    private CiState state(StepContext context) {
        GitHost git = context.use(branch, GitHost.class);
        CommitId head = git.head(git.branch())
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.NOT_FOUND, branch + " does not exist: create the branch", null));
        return context.use(branch, CiServer.class).state(head);
    }

    private static boolean ended(CiState state) {
        return state.verdict() == Verdict.PASSED || state.verdict() == Verdict.FAILED;
    }

    private static String words(CiState state) {
        return state.checks().isEmpty()
                ? state.verdict().name().toLowerCase(Locale.ROOT)
                : String.join(", ", state.checks());
    }
}
