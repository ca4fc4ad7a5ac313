package dev.restage.sandbox.vendor.github;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Ids;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Actions: workflow files of the real repository, dispatches checked against them, and runs that end by themselves. */
final class GitHubActions {

    private static final String ACTIONS = "/repos/{owner}/{repo}/actions";
    private static final String RUN = ACTIONS + "/runs/{run}";
    private static final long STATE_MILLIS = 120;

    private final Function<VendorRequest, GitHubRepository> repositories;
    private final ScheduledExecutorService scheduler;
    private final URI origin;
    private final List<WorkflowRun> runs = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong(10_000_000_000L);
    private volatile WorkflowHook hook = GitHubActions::succeeds;

    GitHubActions(
            URI origin, Function<VendorRequest, GitHubRepository> repositories, ScheduledExecutorService scheduler) {
        this.origin = origin;
        this.repositories = repositories;
        this.scheduler = scheduler;
    }

    void on(StandInServer server) {
        server.route("GET " + ACTIONS + "/workflows", this::workflows);
        server.route("GET " + ACTIONS + "/workflows/{workflow}", this::workflow);
        server.route("POST " + ACTIONS + "/workflows/{workflow}/dispatches", this::dispatch);
        server.route("GET " + ACTIONS + "/workflows/{workflow}/runs", this::runsOfWorkflow);
        server.route("GET " + ACTIONS + "/runs", request -> list(request, run -> true));
        server.route("GET " + RUN, request -> VendorReply.json(200, json(request, run(request))));
        server.route("GET " + RUN + "/jobs", this::jobs);
        server.route(
                "GET " + RUN + "/logs",
                request -> moved("/_logs/runs/" + ended(run(request)).id()));
        server.route("GET " + ACTIONS + "/jobs/{job}", request -> job(request, job(request)));
        server.route(
                "GET " + ACTIONS + "/jobs/{job}/logs",
                request -> moved("/_logs/jobs/" + ended(job(request)).id()));
        server.route("POST " + RUN + "/cancel", this::cancel);
        server.route("POST " + RUN + "/force-cancel", this::cancel);
        server.route("POST " + RUN + "/rerun", this::rerun);
        server.route("POST " + RUN + "/rerun-failed-jobs", this::rerun);
        server.open(
                "GET /_logs/jobs/{run}", request -> VendorReply.text(200, "text/plain; charset=utf-8", logOf(request)));
        server.open("GET /_logs/runs/{run}", this::zip);
    }

    void hook(WorkflowHook newHook) {
        hook = newHook;
    }

    private static WorkflowHook.Outcome succeeds(String workflow, Map<String, String> inputs) {
        String log = workflow.equals("flightpath.yml")
                ? "Job id: " + Ids.uuid(String.valueOf(System.nanoTime()))
                : "Ran with " + inputs;
        return new WorkflowHook.Outcome("success", log);
    }

    private VendorReply workflows(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (WorkflowFile workflow : files(repository)) {
            all.add(json(repository, workflow));
        }
        return GitHubPages.wrapped(origin, request, "workflows", all);
    }

    private VendorReply workflow(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        return VendorReply.json(200, json(repository, file(repository, request)));
    }

    private Map<String, @Nullable Object> json(GitHubRepository repository, WorkflowFile workflow) throws IOException {
        GitHubJson json = new GitHubJson(origin, repository.fullName());
        String at = "2026-01-02T03:04:05.000Z";
        return Json.of(
                "id", workflow.id(),
                "node_id", GitHubJson.node("Workflow:" + workflow.id()),
                "name", workflow.name(),
                "path", workflow.path(),
                "state", "active",
                "created_at", at,
                "updated_at", at,
                "url", json.api("/actions/workflows/" + workflow.id()),
                "html_url", json.html("/blob/" + repository.defaultBranch() + "/" + workflow.path()),
                "badge_url", json.html("/workflows/" + workflow.file() + "/badge.svg"));
    }

    private List<WorkflowFile> files(GitHubRepository repository) throws IOException {
        List<WorkflowFile> files = new ArrayList<>();
        String head = repository.ref("refs/heads/" + repository.defaultBranch()).orElse("");
        for (String name : repository.workflowFiles()) {
            files.add(WorkflowFile.of(
                    name, repository.file(head, ".github/workflows/" + name).orElse("")));
        }
        return files;
    }

    private WorkflowFile file(GitHubRepository repository, VendorRequest request) throws IOException {
        String wanted = request.parameter("workflow");
        return files(repository).stream()
                .filter(file ->
                        file.file().equals(wanted) || String.valueOf(file.id()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> GitHubJson.refused(404, "Not Found"));
    }

    private VendorReply dispatch(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        WorkflowFile onDefault = file(repository, request);
        JsonNode body = GitHubCode.object(request);
        String ref = GitHubCode.required(body, "ref", "Workflow");
        Optional<String> sha = repository.ref("refs/heads/" + ref).or(() -> tag(repository, ref));
        if (sha.isEmpty()) {
            throw GitHubJson.refused(422, "No ref found for: " + ref);
        }
        String text = repository.file(sha.get(), onDefault.path()).orElse("");
        WorkflowFile workflow = WorkflowFile.of(onDefault.file(), text);
        workflow.complaint(body.path("inputs")).ifPresent(why -> {
            throw GitHubJson.refused(422, why);
        });
        Map<String, String> inputs = new LinkedHashMap<>();
        workflow.inputs()
                .forEach((name, input) -> inputs.put(name, input.path("default").asString("")));
        body.path("inputs")
                .propertyStream()
                .forEach(input -> inputs.put(input.getKey(), input.getValue().asString("")));
        WorkflowRun run =
                new WorkflowRun(ids.incrementAndGet(), repository.fullName(), workflow, ref, sha.get(), inputs);
        runs.add(run);
        start(run, 1);
        boolean newer = request.header("x-github-api-version").orElse("").equals("2026-03-10");
        if (!newer && !body.path("return_run_details").asBoolean(false)) {
            return VendorReply.empty(204);
        }
        GitHubJson json = new GitHubJson(origin, repository.fullName());
        return VendorReply.json(
                200,
                Json.of(
                        "workflow_run_id", run.id(),
                        "run_url", json.api("/actions/runs/" + run.id()),
                        "html_url", json.html("/actions/runs/" + run.id())));
    }

    private static Optional<String> tag(GitHubRepository repository, String name) {
        try {
            return repository.ref("refs/tags/" + name);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void start(WorkflowRun run, int attempt) {
        Runnable work = () -> run.complete(attempt, outcome(run));
        Runnable begin = () -> {
            if (run.begin(attempt)) {
                var unused = scheduler.schedule(work, STATE_MILLIS, TimeUnit.MILLISECONDS);
            }
        };
        var unused = scheduler.schedule(begin, STATE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private WorkflowHook.Outcome outcome(WorkflowRun run) {
        try {
            return hook.run(run.workflow().file(), run.inputs());
        } catch (RuntimeException failed) {
            return new WorkflowHook.Outcome("failure", String.valueOf(failed.getMessage()));
        }
    }

    private VendorReply runsOfWorkflow(VendorRequest request) throws IOException {
        WorkflowFile workflow = file(repositories.apply(request), request);
        return list(request, run -> run.workflow().file().equals(workflow.file()));
    }

    private VendorReply list(VendorRequest request, Predicate<WorkflowRun> wanted) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        GitHubJson json = new GitHubJson(origin, repository.fullName());
        Map<String, @Nullable Object> repositoryJson = json.repository(repository.defaultBranch());
        String created = request.query("created").orElse("");
        List<WorkflowRun> newestFirst = new ArrayList<>(runs);
        Collections.reverse(newestFirst);
        return GitHubPages.wrapped(
                origin,
                request,
                "workflow_runs",
                newestFirst.stream()
                        .filter(run -> run.repository().equals(repository.fullName()))
                        .filter(wanted)
                        .filter(run -> request.query("branch")
                                .map(run.branch()::equals)
                                .orElse(true))
                        .filter(run ->
                                request.query("head_sha").map(run.sha()::equals).orElse(true))
                        .filter(run -> request.query("event")
                                .map("workflow_dispatch"::equals)
                                .orElse(true))
                        .filter(run -> request.query("status").map(run::is).orElse(true))
                        .filter(run -> !created.startsWith(">=")
                                || !run.createdAt().isBefore(Instant.parse(created.substring(2))))
                        .map(run -> run.json(json, repositoryJson))
                        .toList());
    }

    private Map<String, @Nullable Object> json(VendorRequest request, WorkflowRun run) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        GitHubJson json = new GitHubJson(origin, repository.fullName());
        return run.json(json, json.repository(repository.defaultBranch()));
    }

    private VendorReply jobs(VendorRequest request) {
        GitHubJson json = new GitHubJson(origin, repositories.apply(request).fullName());
        return GitHubPages.wrapped(origin, request, "jobs", List.of(run(request).jobJson(json)));
    }

    private VendorReply job(VendorRequest request, WorkflowRun run) {
        return VendorReply.json(
                200,
                run.jobJson(new GitHubJson(origin, repositories.apply(request).fullName())));
    }

    private WorkflowRun run(VendorRequest request) {
        return find(run -> String.valueOf(run.id()).equals(request.parameter("run")));
    }

    private WorkflowRun job(VendorRequest request) {
        return find(run -> String.valueOf(run.jobId()).equals(request.parameter("job")));
    }

    private WorkflowRun find(Predicate<WorkflowRun> wanted) {
        return runs.stream().filter(wanted).findFirst().orElseThrow(() -> GitHubJson.refused(404, "Not Found"));
    }

    private static WorkflowRun ended(WorkflowRun run) {
        if (!run.completed()) {
            throw GitHubJson.refused(404, "Not Found");
        }
        return run;
    }

    private VendorReply moved(String path) {
        return VendorReply.empty(302).with("Location", origin + path + "?sig=" + Ids.hex(path));
    }

    private String logOf(VendorRequest request) {
        return run(request)
                .log()
                .lines()
                .map(line -> Instant.now() + " " + line + "\n")
                .collect(Collectors.joining());
    }

    private VendorReply zip(VendorRequest request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("0_run.txt"));
            zip.write(logOf(request).getBytes(StandardCharsets.UTF_8));
        }
        return new VendorReply(200, Map.of("Content-Type", "application/zip"), bytes.toByteArray());
    }

    private VendorReply cancel(VendorRequest request) {
        WorkflowRun run = run(request);
        if (run.completed()) {
            throw GitHubJson.refused(409, "Cannot cancel a workflow run that is completed.");
        }
        run.complete(run.attempt(), new WorkflowHook.Outcome("cancelled", "The operation was canceled."));
        return VendorReply.json(202, Json.of());
    }

    private VendorReply rerun(VendorRequest request) {
        WorkflowRun run = run(request);
        if (!run.completed()) {
            throw GitHubJson.refused(403, "The workflow run is already running");
        }
        start(run, run.again());
        return VendorReply.json(201, Json.of());
    }
}
