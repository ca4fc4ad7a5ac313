package dev.restage.step.code;

import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.GitHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Records which branches are merged into the target's branch and how they stand to production's: what a person would
 * look up before deciding what is merged again.
 *
 * @param branch the target's branch: {@code github:acme/site#staging}
 * @param base the branch that production runs: {@code main}
 * @param staleAfter how old the newest commit of a merged branch may be before it is called stale
 */
public record ReportBranches(Address branch, String base, Duration staleAfter) implements Step {

    @Override
    public Access access() {
        return Access.reading(branch);
    }

    @Override
    public Decision decide(StepContext context) {
        Decision decision = Decision.NOTHING;
        for (BranchStatus status : report(context)) {
            decision = decision.note("branch %s: %s, %d commits not in %s, last %s by %s"
                    .formatted(
                            status.name(),
                            words(status, context.startedAt()),
                            status.ahead(),
                            base,
                            status.committedAt().toString().substring(0, 10),
                            status.author()));
        }
        return decision;
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        List<BranchStatus> report = report(context);
        Instant now = context.startedAt();
        record(context, "merged", names(report, ReportBranches::merged));
        record(context, "stale", names(report, status -> stale(status, now)));
        record(context, "squashed", names(report, status -> status.state() == BranchStatus.State.SQUASHED_INTO_BASE));
        record(context, "open", names(report, status -> status.state() == BranchStatus.State.OPEN));
        context.fact("branches", Integer.toString(report.size()));
    }

    /** What there is none of is no fact, so that a message says nothing of it. */
    private static void record(StepContext context, String fact, String names) {
        if (!names.isEmpty()) {
            context.fact(fact, names);
        }
    }

    private List<BranchStatus> report(StepContext context) {
        return context.use(branch, GitHost.class).report(base);
    }

    private String words(BranchStatus status, Instant now) {
        String state = status.state().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return stale(status, now) ? state + ", stale" : state;
    }

    private boolean stale(BranchStatus status, Instant now) {
        return merged(status) && status.committedAt().isBefore(now.minus(staleAfter));
    }

    private static boolean merged(BranchStatus status) {
        return status.state() == BranchStatus.State.MERGED || status.state() == BranchStatus.State.PARTLY_MERGED;
    }

    private static String names(List<BranchStatus> report, Predicate<BranchStatus> wanted) {
        return report.stream().filter(wanted).map(BranchStatus::name).sorted().collect(Collectors.joining(", "));
    }
}
