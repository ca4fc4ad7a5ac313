package dev.restage.git;

import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.BranchStatus.State;
import dev.restage.provider.code.CommitId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/** Finds out where the work of branches is: in the base, in the branch that is reported on, in neither. */
final class BranchReport {

    /** How git and GitHub title a merge: {@code Merge branch 'x' into y}, {@code Merge pull request #1 from me/x}. */
    private static final Pattern TITLE = Pattern.compile(
            "Merge (?:(?:remote-tracking )?branch '(?:origin/)?([^']+)'.*|pull request #\\d+ from [^/ ]+/(.+))");

    private final Repository clone;
    private final RevWalk walk;
    private final RevCommit base;
    private final PatchIds patchIds;
    private final Set<ObjectId> inBoundOnly = new HashSet<>();
    private final List<RevCommit> merges = new ArrayList<>();

    /**
     * @param clone has all branches
     * @param walk reads the clone
     * @param base the head of the branch that production runs
     * @param bound the head of the branch that is reported on; null if it does not exist
     */
    BranchReport(Repository clone, RevWalk walk, ObjectId base, @Nullable ObjectId bound) throws IOException {
        this.clone = clone;
        this.walk = walk;
        this.base = walk.parseCommit(base);
        this.patchIds = new PatchIds(clone, walk);
        if (bound != null) {
            for (RevCommit commit : without(walk.parseCommit(bound), this.base)) {
                inBoundOnly.add(commit.copy());
                if (commit.getParentCount() > 1) {
                    merges.add(commit);
                }
            }
        }
    }

    BranchStatus of(String name, ObjectId id) throws IOException {
        RevCommit head = walk.parseCommit(id);
        List<RevCommit> ahead = without(head, base);
        return new BranchStatus(
                name,
                new CommitId(head.name()),
                head.getCommitterIdent().getWhenAsInstant(),
                head.getAuthorIdent().getName(),
                state(name, head, ahead),
                ahead.size());
    }

    private State state(String name, RevCommit head, List<RevCommit> ahead) throws IOException {
        if (ahead.isEmpty()) {
            return State.IN_BASE;
        }
        if (isInBaseOtherwise(head, ahead)) {
            return State.SQUASHED_INTO_BASE;
        }
        if (inBoundOnly.contains(head)) {
            return State.MERGED;
        }
        return ahead.stream()
                .filter(inBoundOnly::contains)
                .findFirst()
                .filter(newest -> !mergedByOthersOnly(newest, name))
                .map(newest -> State.PARTLY_MERGED)
                .orElse(State.OPEN);
    }

    /** Whether the commits came to the bound branch by another branch alone, on which this one is stacked. */
    private boolean mergedByOthersOnly(RevCommit commit, String name) {
        List<String> merged = merges.stream()
                .filter(merge -> List.of(merge.getParents()).indexOf(commit) > 0)
                .map(merge -> mergedBranch(merge).orElse(name))
                .toList();
        return !merged.isEmpty() && !merged.contains(name);
    }

    private static Optional<String> mergedBranch(RevCommit merge) {
        Matcher title = TITLE.matcher(merge.getShortMessage());
        return title.matches()
                ? Optional.of(title.group(1) == null ? title.group(2) : title.group(1))
                : Optional.empty();
    }

    private boolean isInBaseOtherwise(RevCommit head, List<RevCommit> ahead) throws IOException {
        RevCommit fork = fork(head);
        if (fork == null) {
            return false;
        }
        TreeMerge merge = TreeMerge.of(clone, base, head);
        if (merge.isClean() && merge.tree().equals(base.getTree())) {
            return true;
        }
        List<RevCommit> sinceFork = plain(without(base, head));
        if (patchIds.anyMatches(sinceFork, fork, head)) {
            return true;
        }
        for (RevCommit commit : plain(ahead)) {
            if (!patchIds.anyMatches(sinceFork, walk.parseCommit(commit.getParent(0)), commit)) {
                return false;
            }
        }
        return !plain(ahead).isEmpty();
    }

    private @Nullable RevCommit fork(RevCommit head) throws IOException {
        walk.reset();
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(head);
        walk.markStart(base);
        RevCommit fork = walk.next();
        walk.reset();
        walk.setRevFilter(RevFilter.ALL);
        return fork;
    }

    /** The commits that lead to one commit and not to another, newest first. */
    private List<RevCommit> without(RevCommit tip, RevCommit excluded) throws IOException {
        walk.reset();
        walk.sort(RevSort.TOPO);
        walk.markStart(tip);
        walk.markUninteresting(excluded);
        List<RevCommit> found = new ArrayList<>();
        for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
            found.add(commit);
        }
        walk.reset();
        walk.sort(RevSort.NONE);
        return found;
    }

    private static List<RevCommit> plain(List<RevCommit> commits) {
        return commits.stream().filter(commit -> commit.getParentCount() == 1).toList();
    }
}
