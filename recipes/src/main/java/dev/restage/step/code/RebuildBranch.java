package dev.restage.step.code;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.Rebuild;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a branch anew: resets it to the base and merges each named branch with a merge commit of its own. The merges are
 * rehearsed in the preview, so a conflict stops the run before anything is changed; the push succeeds only if the branch
 * still is where the run found it.
 *
 * @param branch the branch to make anew: {@code github:acme/site#staging}
 * @param base the branch that production runs: {@code main}
 * @param merges the branches to merge, in this order
 * @param author who the merge commits name: {@code Name <mail>}
 */
public record RebuildBranch(Address branch, String base, List<String> merges, String author) implements Step {

    private static final String ABSENT = "none";

    /** Kept before the push, so that undo knows what to take back even if this process dies in between. */
    private static final String MADE = "made";

    /**
     * Copies the list.
     *
     * @param branch the branch to make anew
     * @param base the branch that production runs
     * @param merges the branches to merge, in this order
     * @param author who the merge commits name
     */
    public RebuildBranch {
        merges = List.copyOf(merges);
    }

    @Override
    public Access access() {
        return Access.NONE.writing(branch);
    }

    @Override
    public Decision decide(StepContext context) {
        GitHost git = context.use(branch, GitHost.class);
        CommitId onto = head(git, base);
        Map<String, CommitId> pinned = new LinkedHashMap<>();
        merges.forEach(name -> pinned.put(name, head(git, name)));
        git.rehearse(new Rebuild(onto, pinned, author, context.startedAt()));
        Decision decision = Decision.of(new Change(
                        branch,
                        "be reset to %s (%s)%s"
                                .formatted(
                                        base,
                                        onto.shortened(),
                                        merges.isEmpty() ? "" : " and get merges of " + String.join(", ", merges))))
                .pinning(headOf(git.branch()), existing(git))
                .pinning(headOf(base), onto.value());
        for (Map.Entry<String, CommitId> merge : pinned.entrySet()) {
            decision = decision.pinning(headOf(merge.getKey()), merge.getValue().value());
        }
        return decision;
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        GitHost git = context.use(branch, GitHost.class);
        String before = decision.pin(headOf(git.branch()));
        Map<String, CommitId> pinned = new LinkedHashMap<>();
        merges.forEach(name -> pinned.put(name, new CommitId(decision.pin(headOf(name)))));
        CommitId onto = new CommitId(decision.pin(headOf(base)));
        CommitId made = git.rehearse(new Rebuild(onto, pinned, author, context.startedAt()));
        context.keep(MADE, made::value);
        git.reset(made, before.equals(ABSENT) ? null : new CommitId(before));
        record(context, before, made.value());
    }

    private void record(StepContext context, String before, String made) {
        context.fact("head.before", before);
        context.fact("head.after", made);
        if (!merges.isEmpty()) {
            context.fact("merged", String.join(", ", merges));
        }
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        GitHost git = context.use(branch, GitHost.class);
        String now = existing(git);
        boolean there = context.kept(MADE).filter(now::equals).isPresent();
        if (there && context.fact("head.after").isEmpty()) {
            record(context, decision.pin(headOf(git.branch())), now);
        }
        return Holds.when(there);
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        GitHost git = context.use(branch, GitHost.class);
        String before = decision.pin(headOf(git.branch()));
        String now = existing(git);
        Optional<String> made = context.kept(MADE);
        if (made.isEmpty() || now.equals(before)) {
            return WayBack.NOTHING;
        }
        WayBack way = before.equals(ABSENT)
                ? WayBack.of(
                        new Change(branch, "be removed, as there was no such branch"),
                        acting -> acting.use(branch, GitHost.class).delete(new CommitId(now)))
                : WayBack.of(
                        new Change(branch, "be put back to " + new CommitId(before).shortened()),
                        acting -> acting.use(branch, GitHost.class)
                                .reset(new CommitId(before), now.equals(ABSENT) ? null : new CommitId(now)));
        return made.get().equals(now)
                ? way
                : way.losing(List.of("what was pushed to %s since: it is at %s, and the run left it at %s"
                        .formatted(git.branch(), now, made.get())));
    }

    private static String headOf(String name) {
        return "head of " + name;
    }

    private static String existing(GitHost git) {
        return git.head(git.branch()).map(CommitId::value).orElse(ABSENT);
    }

    private CommitId head(GitHost git, String name) {
        return git.head(name)
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.NOT_FOUND,
                        "the repository of %s has no branch %s: correct the name, or leave it out of the plan"
                                .formatted(branch, name),
                        null));
    }
}
