package dev.restage.trial;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.CiServer;
import dev.restage.provider.code.CiState;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.Rebuild;
import dev.restage.provider.code.WorkflowRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A branch of a repository in memory, with its continuous integration. */
public final class FakeRepository implements GitHost, CiServer {

    public final Map<String, CommitId> heads = new ConcurrentSkipListMap<>();
    public final List<BranchStatus> branches = new ArrayList<>();
    public final List<Rebuild> rehearsed = new ArrayList<>();

    /** The branch whose merge conflicts; none if it is empty. */
    public volatile String conflicting = "";

    /** What the checks say of any commit, one answer after the other; the last one stays. */
    public final List<CiState> checks = new ArrayList<>(List.of(new CiState(CiState.Verdict.NONE, List.of())));

    /** How workflows end. */
    public volatile WorkflowRun.State ends = WorkflowRun.State.SUCCEEDED;

    private final String branch;
    private final Changes changes;

    FakeRepository(String branch, Changes changes) {
        this.branch = branch;
        this.changes = changes;
    }

    /** {@return a commit id made of one digit} */
    public static CommitId commit(char digit) {
        return new CommitId(String.valueOf(digit).repeat(40));
    }

    @Override
    public Identity identity() {
        return Identity.of("fake branch", "repository", branch());
    }

    @Override
    public String branch() {
        return branch;
    }

    @Override
    public Optional<CommitId> head(String branch) {
        return Optional.ofNullable(heads.get(branch));
    }

    @Override
    public List<BranchStatus> report(String base) {
        return List.copyOf(branches);
    }

    /** The commit depends on nothing but what is merged, as the role says. */
    @Override
    public CommitId rehearse(Rebuild rebuild) {
        if (rebuild.merges().containsKey(conflicting)) {
            throw new ProviderException(
                    Kind.CONFLICT, "the merge of " + conflicting + " conflicts in app.py: merge it by hand", null);
        }
        rehearsed.add(rebuild);
        return new CommitId("%040x".formatted(rebuild.hashCode() & 0xffffffffL));
    }

    @Override
    public void reset(CommitId to, @Nullable CommitId expected) {
        changes.make("reset to " + to.shortened(), () -> {
            CommitId now = heads.get(branch());
            if (!to.equals(now) && !java.util.Objects.equals(now, expected)) {
                throw new ProviderException(Kind.CONFLICT, "staging is at %s: fetch it".formatted(now), null);
            }
            heads.put(branch(), to);
        });
    }

    @Override
    public void delete(CommitId expected) {
        changes.make("delete " + branch(), () -> {
            CommitId now = heads.get(branch());
            if (now != null && !now.equals(expected)) {
                throw new ProviderException(Kind.CONFLICT, "staging is at %s: fetch it".formatted(now), null);
            }
            heads.remove(branch());
        });
    }

    @Override
    public CiState state(CommitId commit) {
        return checks.size() > 1 ? checks.remove(0) : checks.get(0);
    }

    @Override
    public WorkflowRun dispatch(String workflow, String ref, Map<String, String> inputs) {
        changes.make("dispatch %s of %s with %s".formatted(workflow, ref, new TreeMap<>(inputs)), () -> {});
        return new WorkflowRun("17", WorkflowRun.State.RUNNING, "https://ci.example/17", "");
    }

    @Override
    public WorkflowRun await(String id, Duration limit) {
        return new WorkflowRun(id, ends, "https://ci.example/" + id, "the end of the log");
    }
}
