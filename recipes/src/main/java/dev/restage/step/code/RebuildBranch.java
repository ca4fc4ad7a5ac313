package dev.restage.step.code;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.Rebuild;
import java.time.Instant;
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
    public Preview preview(StepContext context) {
        GitHost git = context.use(branch, GitHost.class);
        CommitId onto = head(git, base);
        Map<String, CommitId> pinned = new LinkedHashMap<>();
        merges.forEach(name -> pinned.put(name, head(git, name)));
        git.rehearse(new Rebuild(onto, pinned, author, context.startedAt()));
        Preview preview = Preview.of(new Change(
                        branch,
                        "be reset to %s (%s)%s"
                                .formatted(
                                        base,
                                        onto.shortened(),
                                        merges.isEmpty() ? "" : " and get merges of " + String.join(", ", merges))))
                .basedOn("head of " + git.branch(), existing(git))
                .basedOn("head of " + base, onto.value());
        for (Map.Entry<String, CommitId> merge : pinned.entrySet()) {
            preview = preview.basedOn(
                    "head of " + merge.getKey(), merge.getValue().value());
        }
        return preview;
    }

    @Override
    public void execute(StepContext context) {
        GitHost git = context.use(branch, GitHost.class);
        String before = context.fact("head.before", () -> existing(git));
        CommitId onto = new CommitId(context.fact("base", () -> head(git, base).value()));
        Map<String, CommitId> pinned = new LinkedHashMap<>();
        for (String name : merges) {
            pinned.put(
                    name,
                    new CommitId(
                            context.fact("merge." + name, () -> head(git, name).value())));
        }
        Instant at = context.startedAt();
        CommitId made = git.rehearse(new Rebuild(onto, pinned, author, at));
        // recorded before the push, so that undo knows what to take back even if this process dies in between
        context.fact("head.after", made::value);
        git.reset(made, before.equals(ABSENT) ? null : new CommitId(before));
        if (!merges.isEmpty()) {
            context.fact("merged", () -> String.join(", ", merges));
        }
    }

    @Override
    public boolean holds(StepContext context) {
        GitHost git = context.use(branch, GitHost.class);
        Optional<String> made = context.fact("head.after");
        return made.isPresent() && made.equals(git.head(git.branch()).map(CommitId::value));
    }

    @Override
    public void undo(StepContext context) {
        Optional<String> before = context.fact("head.before").filter(head -> !head.equals(ABSENT));
        Optional<String> made = context.fact("head.after");
        if (before.isPresent() && made.isPresent()) {
            context.use(branch, GitHost.class).reset(new CommitId(before.get()), new CommitId(made.get()));
        }
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
