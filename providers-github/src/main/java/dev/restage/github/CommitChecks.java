package dev.restage.github;

import dev.restage.http.Json;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.code.CiState;
import dev.restage.provider.code.CiState.Verdict;
import dev.restage.provider.code.CommitId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the two systems of GitHub, commit statuses and check runs, say of a commit together. */
final class CommitChecks {

    private static final Set<String> GOOD = Set.of("success", "neutral", "skipped");

    private final GitHubApi api;

    CommitChecks(GitHubApi api) {
        this.api = api;
    }

    CiState of(CommitId commit) {
        List<Check> checks =
                Stream.concat(statuses(commit), checkRuns(commit).stream()).toList();
        return new CiState(verdict(checks), checks.stream().map(Check::toString).toList());
    }

    private static Verdict verdict(List<Check> checks) {
        if (checks.isEmpty()) {
            return Verdict.NONE;
        }
        return Stream.of(Verdict.FAILED, Verdict.PENDING)
                .filter(bad -> checks.stream().anyMatch(check -> check.verdict() == bad))
                .findFirst()
                .orElse(Verdict.PASSED);
    }

    /** The combined state itself is of no use: it says "pending" where nobody reports. */
    private Stream<Check> statuses(CommitId commit) {
        return api.all(api.get("/commits/{}/status", commit.value()), "statuses")
                .map(status -> Check.of(status.required("context"), status.required("state")));
    }

    private List<Check> checkRuns(CommitId commit) {
        try {
            return api.all(api.get("/commits/{}/check-runs", commit.value()).query("filter", "latest"), "check_runs")
                    .map(CommitChecks::outcome)
                    .toList();
        } catch (ProviderException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            // Fine-grained tokens cannot be given "Checks"; reports of users, read 2026-11.
            return workflowRuns(commit);
        }
    }

    private List<Check> workflowRuns(CommitId commit) {
        Set<String> seen = new HashSet<>();
        return api.all(api.get("/actions/runs").query("head_sha", commit.value()), "workflow_runs")
                .filter(run -> seen.add(run.required("workflow_id"))) // Newest first, so an older try does not count.
                .map(CommitChecks::outcome)
                .toList();
    }

    private static Check outcome(Json run) {
        return run.required("status").equals("completed")
                ? Check.of(run.text("name"), run.required("conclusion"))
                : new Check(run.text("name"), run.required("status"), Verdict.PENDING);
    }

    private record Check(String name, String outcome, Verdict verdict) {

        static Check of(String name, String outcome) {
            if (outcome.equals("pending")) {
                return new Check(name, outcome, Verdict.PENDING);
            }
            return new Check(name, outcome, GOOD.contains(outcome) ? Verdict.PASSED : Verdict.FAILED);
        }

        @Override
        public String toString() {
            return name + ": " + outcome;
        }
    }
}
