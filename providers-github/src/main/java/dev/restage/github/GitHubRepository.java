package dev.restage.github;

import dev.restage.provider.Identity;
import dev.restage.provider.Resource;
import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.CiServer;
import dev.restage.provider.code.CiState;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.Rebuild;
import dev.restage.provider.code.WorkflowRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One branch of a repository on GitHub: git for the branches, REST for checks and workflows. */
final class GitHubRepository implements GitHost, CiServer {

    private final GitHost git;
    private final GitHubApi api;
    private final CommitChecks checks;
    private final Workflows workflows;

    GitHubRepository(GitHost git, GitHubApi api, Workflows workflows) {
        this.git = git;
        this.api = api;
        this.checks = new CommitChecks(api);
        this.workflows = workflows;
    }

    @Override
    public Identity identity() {
        return git.identity();
    }

    @Override
    public boolean mayBe(Resource other) {
        return git.mayBe(other instanceof GitHubRepository hub ? hub.git : other);
    }

    @Override
    public String branch() {
        return git.branch();
    }

    @Override
    public Optional<CommitId> head(String branch) {
        return git.head(branch);
    }

    @Override
    public List<BranchStatus> report(String base) {
        return git.report(base);
    }

    @Override
    public CommitId rehearse(Rebuild rebuild) {
        return git.rehearse(rebuild);
    }

    @Override
    public void reset(CommitId to, @Nullable CommitId expected) {
        git.reset(to, expected);
    }

    @Override
    public void delete(CommitId expected) {
        git.delete(expected);
    }

    @Override
    public CiState state(CommitId commit) {
        return checks.of(commit);
    }

    @Override
    public WorkflowRun dispatch(String workflow, String ref, Map<String, String> inputs) {
        return workflows.dispatch(workflow, ref, inputs);
    }

    @Override
    public WorkflowRun await(String id, Duration limit) {
        return workflows.await(id, limit);
    }

    @Override
    public void close() {
        git.close();
        api.close();
    }
}
