package dev.restage.github;

import dev.restage.http.Json;
import dev.restage.http.Polling;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.code.WorkflowRun;
import dev.restage.provider.code.WorkflowRun.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Starts workflows of GitHub Actions and follows their runs. */
final class Workflows {

    /** How long GitHub may take to list a run that was asked for: 1 to 10 seconds are usual, reports of users. */
    private static final Duration APPEARS_WITHIN = Duration.ofSeconds(60);

    private static final Set<String> GOOD = Set.of("success", "neutral");
    private static final int LOG_TAIL = 4096;

    private final GitHubApi api;
    private final Polling polling;
    private final boolean tellsRun;

    /**
     * @param polling how often runs are looked at
     * @param tellsRun whether the server can answer a dispatch with the run; GitHub Enterprise Server cannot
     */
    Workflows(GitHubApi api, Polling polling, boolean tellsRun) {
        this.api = api;
        this.polling = polling;
        this.tellsRun = tellsRun;
    }

    WorkflowRun dispatch(String workflow, String ref, Map<String, String> inputs) {
        long newest = runs(workflow, ref).stream()
                .mapToLong(run -> run.requiredNumber("id"))
                .max()
                .orElse(0);
        try {
            return start(workflow, ref, inputs, newest);
        } catch (ProviderException e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throw e;
            }
            // The answer was lost, perhaps not the call.
            Optional<WorkflowRun> started = find(workflow, ref, newest);
            return started.isPresent() ? started.get() : start(workflow, ref, inputs, newest);
        }
    }

    private WorkflowRun start(String workflow, String ref, Map<String, String> inputs, long newest) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ref", ref);
        body.put("inputs", inputs);
        if (tellsRun) {
            body.put("return_run_details", true);
        }
        Json answer =
                api.read(api.post("/actions/workflows/{}/dispatches", workflow).json(body));
        String id = answer.text("workflow_run_id");
        if (!id.isEmpty()) {
            return new WorkflowRun(id, State.RUNNING, answer.text("html_url"), "");
        }
        return find(workflow, ref, newest)
                .orElseThrow(() -> new ProviderException(
                        Kind.UNAVAILABLE,
                        "GitHub has taken the start of %s on %s of %s, but no run of it has appeared; look at the Actions page"
                                .formatted(workflow, ref, api),
                        Effect.SOME,
                        null));
    }

    private Optional<WorkflowRun> find(String workflow, String ref, long newest) {
        return until(APPEARS_WITHIN, () -> {
            List<Json> newer = runs(workflow, ref).stream()
                    .filter(run -> run.requiredNumber("id") > newest)
                    .toList();
            if (newer.size() > 1) {
                throw new ProviderException(
                        Kind.CONFLICT,
                        "%d runs of %s on %s of %s have started at once, so it is not clear which is ours; look at %s"
                                .formatted(
                                        newer.size(),
                                        workflow,
                                        ref,
                                        api,
                                        newer.get(0).text("html_url")),
                        Effect.SOME,
                        null);
            }
            return newer.stream().findFirst().map(run -> run(run, ""));
        });
    }

    private List<Json> runs(String workflow, String ref) {
        return api.read(api.get("/actions/workflows/{}/runs", workflow)
                        .query("event", "workflow_dispatch")
                        .query("branch", ref)
                        .query("per_page", "10"))
                .at("workflow_runs")
                .list()
                .toList();
    }

    WorkflowRun await(String id, Duration limit) {
        Optional<Json> ended = until(
                limit,
                () -> Optional.of(read(id)).filter(run -> run.required("status").equals("completed")));
        return ended.map(run -> run(run, logTail(id))).orElseGet(() -> run(read(id), ""));
    }

    private <T> Optional<T> until(Duration limit, Supplier<Optional<T>> look) {
        Optional<T> found = polling.until(limit, look);
        if (found.isEmpty() && Thread.currentThread().isInterrupted()) {
            throw new ProviderException(Kind.UNAVAILABLE, "interrupted while waiting for a workflow on GitHub", null);
        }
        return found;
    }

    private Json read(String id) {
        return api.read(api.get("/actions/runs/{}", id));
    }

    private static WorkflowRun run(Json run, String log) {
        State state = !run.required("status").equals("completed")
                ? State.RUNNING
                : GOOD.contains(run.required("conclusion")) ? State.SUCCEEDED : State.FAILED;
        return new WorkflowRun(run.required("id"), state, run.text("html_url"), log);
    }

    /** The end of the log of the first job that failed, or else of the last job. */
    private String logTail(String id) {
        try {
            List<Json> jobs = api.all(api.get("/actions/runs/{}/jobs", id).query("filter", "latest"), "jobs")
                    .toList();
            if (jobs.isEmpty()) {
                return "";
            }
            Json job = jobs.stream()
                    .filter(each -> !Set.of("success", "neutral", "skipped").contains(each.text("conclusion")))
                    .findFirst()
                    .orElse(jobs.get(jobs.size() - 1));
            String log =
                    api.send(api.get("/actions/jobs/{}/logs", job.text("id"))).body();
            return log.substring(Math.max(0, log.length() - LOG_TAIL));
        } catch (ProviderException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
        }
    }
}
