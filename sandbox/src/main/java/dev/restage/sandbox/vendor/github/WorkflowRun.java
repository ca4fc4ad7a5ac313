package dev.restage.sandbox.vendor.github;

import dev.restage.sandbox.internal.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of a workflow and its one job, from queued to completed. */
final class WorkflowRun {

    private final long id;
    private final String repository;
    private final WorkflowFile workflow;
    private final String branch;
    private final String sha;
    private final Map<String, String> inputs;
    private final Instant createdAt = Instant.now();
    private int attempt = 1;
    private String status = "queued";
    private @Nullable String conclusion;
    private Instant updatedAt = createdAt;
    private String log = "";

    WorkflowRun(
            long id, String repository, WorkflowFile workflow, String branch, String sha, Map<String, String> inputs) {
        this.id = id;
        this.repository = repository;
        this.workflow = workflow;
        this.branch = branch;
        this.sha = sha;
        this.inputs = inputs;
    }

    long id() {
        return id;
    }

    long jobId() {
        return id + 5_000_000_000L;
    }

    String repository() {
        return repository;
    }

    WorkflowFile workflow() {
        return workflow;
    }

    String branch() {
        return branch;
    }

    String sha() {
        return sha;
    }

    Instant createdAt() {
        return createdAt;
    }

    Map<String, String> inputs() {
        return inputs;
    }

    synchronized boolean completed() {
        return status.equals("completed");
    }

    synchronized boolean is(String statusOrConclusion) {
        return status.equals(statusOrConclusion) || statusOrConclusion.equals(conclusion);
    }

    synchronized int attempt() {
        return attempt;
    }

    synchronized String log() {
        return log;
    }

    /** {@return whether the attempt is still waiting, and so has begun now} */
    synchronized boolean begin(int ofAttempt) {
        if (attempt != ofAttempt || !status.equals("queued")) {
            return false;
        }
        status = "in_progress";
        updatedAt = Instant.now();
        return true;
    }

    synchronized void complete(int ofAttempt, WorkflowHook.Outcome outcome) {
        if (attempt == ofAttempt && !completed()) {
            status = "completed";
            conclusion = outcome.conclusion();
            log = outcome.log();
            updatedAt = Instant.now();
        }
    }

    synchronized int again() {
        attempt++;
        status = "queued";
        conclusion = null;
        updatedAt = Instant.now();
        return attempt;
    }

    synchronized Map<String, @Nullable Object> json(GitHubJson json, Map<String, @Nullable Object> repositoryJson) {
        String url = json.api("/actions/runs/" + id);
        String created = GitHubJson.time(createdAt);
        return Json.of(
                "id",
                id,
                "name",
                workflow.name(),
                "node_id",
                GitHubJson.node("WorkflowRun:" + id),
                "head_branch",
                branch,
                "head_sha",
                sha,
                "path",
                workflow.path(),
                "display_title",
                workflow.name(),
                "run_number",
                (int) (id % 100_000),
                "event",
                "workflow_dispatch",
                "status",
                status,
                "conclusion",
                conclusion,
                "workflow_id",
                workflow.id(),
                "check_suite_id",
                id + 1,
                "url",
                url,
                "html_url",
                json.html("/actions/runs/" + id),
                "pull_requests",
                List.of(),
                "created_at",
                created,
                "updated_at",
                GitHubJson.time(updatedAt),
                "run_started_at",
                created,
                "run_attempt",
                attempt,
                "actor",
                json.user(GitHubJson.LOGIN),
                "triggering_actor",
                json.user(GitHubJson.LOGIN),
                "jobs_url",
                url + "/jobs",
                "logs_url",
                url + "/logs",
                "check_suite_url",
                json.api("/check-suites/" + (id + 1)),
                "artifacts_url",
                url + "/artifacts",
                "cancel_url",
                url + "/cancel",
                "rerun_url",
                url + "/rerun",
                "previous_attempt_url",
                attempt > 1 ? url + "/attempts/" + (attempt - 1) : null,
                "workflow_url",
                json.api("/actions/workflows/" + workflow.id()),
                "head_commit",
                GitHubJson.headCommit(sha, createdAt),
                "repository",
                repositoryJson,
                "head_repository",
                repositoryJson);
    }

    synchronized Map<String, @Nullable Object> jobJson(GitHubJson json) {
        String url = json.api("/actions/jobs/" + jobId());
        String created = GitHubJson.time(createdAt);
        String name = workflow.file().replaceFirst("\\.ya?ml$", "");
        String ended = completed() ? GitHubJson.time(updatedAt) : null;
        return Json.of(
                "id",
                jobId(),
                "run_id",
                id,
                "run_url",
                json.api("/actions/runs/" + id),
                "run_attempt",
                attempt,
                "node_id",
                GitHubJson.node("Job:" + jobId()),
                "head_sha",
                sha,
                "head_branch",
                branch,
                "url",
                url,
                "html_url",
                json.html("/actions/runs/" + id + "/job/" + jobId()),
                "status",
                status,
                "conclusion",
                conclusion,
                "created_at",
                created,
                "started_at",
                created,
                "completed_at",
                ended,
                "name",
                name.equals("flightpath") ? "run_flightpath" : name,
                "workflow_name",
                workflow.name(),
                "steps",
                List.of(Json.of(
                        "name",
                        "Run",
                        "status",
                        status.equals("queued") ? "queued" : status,
                        "conclusion",
                        conclusion,
                        "number",
                        1,
                        "started_at",
                        created,
                        "completed_at",
                        ended)),
                "check_run_url",
                json.api("/check-runs/" + jobId()),
                "labels",
                List.of("ubuntu-latest"),
                "runner_id",
                1,
                "runner_name",
                "GitHub Actions 1",
                "runner_group_id",
                0,
                "runner_group_name",
                "GitHub Actions");
    }
}
