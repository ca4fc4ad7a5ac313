package dev.restage.sandbox.vendor.github;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** CI: commit statuses as posted, and check runs that begin with a push and end by themselves. */
final class GitHubChecks {

    private static final String COMMIT = "/repos/{owner}/{repo}/commits/{ref...}";
    private static final long STATE_MILLIS = 120;

    private final Function<VendorRequest, GitHubRepository> repositories;
    private final ScheduledExecutorService scheduler;
    private final URI origin;
    private final List<Check> checks = new CopyOnWriteArrayList<>();
    private final List<Status> statuses = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong(20_000_000_000L);

    GitHubChecks(
            URI origin, Function<VendorRequest, GitHubRepository> repositories, ScheduledExecutorService scheduler) {
        this.origin = origin;
        this.repositories = repositories;
        this.scheduler = scheduler;
    }

    private record Check(
            long id,
            String repository,
            String sha,
            String status,
            @Nullable String conclusion,
            Instant startedAt) {}

    private record Status(
            long id, String repository, String sha, String state, String context, String description, Instant at) {}

    void on(StandInServer server) {
        server.route("GET " + COMMIT + "/check-runs", this::checkRuns);
        server.route("GET " + COMMIT + "/check-suites", this::checkSuites);
        server.route("GET " + COMMIT + "/status", this::combined);
        server.route("GET " + COMMIT + "/statuses", this::statuses);
        server.route("POST /repos/{owner}/{repo}/statuses/{sha}", this::post);
    }

    /** Starts CI for a pushed commit; a file {@code ci-fails} in its tree decides the end. */
    void pushed(GitHubRepository repository, String sha) {
        Check queued = new Check(ids.incrementAndGet(), repository.fullName(), sha, "queued", null, Instant.now());
        checks.add(queued);
        after(STATE_MILLIS, () -> put(queued, "in_progress", null));
        after(3 * STATE_MILLIS, () -> put(queued, "completed", conclusion(repository, sha)));
    }

    private void after(long millis, Runnable work) {
        var unused = scheduler.schedule(work, millis, TimeUnit.MILLISECONDS);
    }

    private static String conclusion(GitHubRepository repository, String sha) {
        try {
            return repository.file(sha, "ci-fails").isPresent() ? "failure" : "success";
        } catch (IOException gone) {
            return "cancelled";
        }
    }

    private void put(Check check, String status, @Nullable String conclusion) {
        checks.replaceAll(known -> known.id() == check.id()
                ? new Check(check.id(), check.repository(), check.sha(), status, conclusion, check.startedAt())
                : known);
    }

    private List<Check> of(GitHubRepository repository, String sha) {
        return checks.stream()
                .filter(check -> check.repository().equals(repository.fullName())
                        && check.sha().equals(sha))
                .toList();
    }

    private VendorReply checkRuns(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        String status = request.query("status").orElse("");
        String name = request.query("check_name").orElse("");
        List<Check> found = new ArrayList<>(of(repository, sha(repository, request)));
        if (request.query("filter").orElse("latest").equals("latest") && found.size() > 1) {
            found = List.of(found.get(found.size() - 1));
        }
        GitHubJson json = new GitHubJson(origin, repository.fullName());
        return GitHubPages.wrapped(
                origin,
                request,
                "check_runs",
                found.stream()
                        .filter(check -> status.isEmpty() || check.status().equals(status))
                        .filter(check -> name.isEmpty() || name.equals("test"))
                        .map(check -> checkRun(json, check))
                        .toList());
    }

    private VendorReply checkSuites(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        GitHubJson json = new GitHubJson(origin, repository.fullName());
        Map<String, @Nullable Object> repositoryJson = json.repository(repository.defaultBranch());
        return GitHubPages.wrapped(
                origin,
                request,
                "check_suites",
                of(repository, sha(repository, request)).stream()
                        .map(check -> checkSuite(json, check, repositoryJson))
                        .toList());
    }

    private VendorReply combined(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        String sha = sha(repository, request);
        List<Status> latest = new ArrayList<>();
        for (Status status : newestFirst(repository, sha)) {
            if (latest.stream().noneMatch(newer -> newer.context().equals(status.context()))) {
                latest.add(status);
            }
        }
        GitHubJson json = new GitHubJson(origin, repository.fullName());
        boolean failed = latest.stream().anyMatch(one -> one.state().matches("error|failure"));
        boolean pending =
                latest.isEmpty() || latest.stream().anyMatch(one -> one.state().equals("pending"));
        return VendorReply.json(
                200,
                Json.of(
                        "state", failed ? "failure" : pending ? "pending" : "success",
                        "statuses",
                                latest.stream().map(one -> status(json, one)).toList(),
                        "sha", sha,
                        "total_count", latest.size(),
                        "repository", json.repository(repository.defaultBranch()),
                        "commit_url", json.api("/commits/" + sha),
                        "url", json.api("/commits/" + sha + "/status")));
    }

    private VendorReply statuses(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        GitHubJson json = new GitHubJson(origin, repository.fullName());
        return GitHubPages.list(
                origin,
                request,
                newestFirst(repository, sha(repository, request)).stream()
                        .map(one -> status(json, one))
                        .toList());
    }

    private VendorReply post(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        String sha = request.parameter("sha");
        if (repository.commit(sha).isEmpty()) {
            throw GitHubJson.refused(422, "No commit found for SHA: " + sha);
        }
        JsonNode body = GitHubCode.object(request);
        String state = GitHubCode.required(body, "state", "Status");
        if (!state.matches("error|failure|pending|success")) {
            throw GitHubJson.invalid("Status", "state", "custom");
        }
        Status status = new Status(
                ids.incrementAndGet(),
                repository.fullName(),
                sha,
                state,
                body.path("context").asString("default"),
                body.path("description").asString(""),
                Instant.now());
        statuses.add(status);
        GitHubJson json = new GitHubJson(origin, repository.fullName());
        return VendorReply.json(201, status(json, status)).with("Location", json.api("/statuses/" + sha));
    }

    private List<Status> newestFirst(GitHubRepository repository, String sha) {
        return statuses.stream()
                .filter(one -> one.repository().equals(repository.fullName())
                        && one.sha().equals(sha))
                .sorted(Comparator.comparingLong(Status::id).reversed())
                .toList();
    }

    private static String sha(GitHubRepository repository, VendorRequest request) throws IOException {
        String name = request.parameter("ref");
        return repository
                .commit(name)
                .orElseThrow(() -> GitHubJson.refused(422, "No commit found for SHA: " + name))
                .name();
    }

    private static Map<String, @Nullable Object> status(GitHubJson json, Status one) {
        return Json.of(
                "url", json.api("/statuses/" + one.sha()),
                "id", one.id(),
                "node_id", GitHubJson.node("Status:" + one.id()),
                "avatar_url", null,
                "state", one.state(),
                "description", one.description(),
                "target_url", null,
                "context", one.context(),
                "created_at", GitHubJson.time(one.at()),
                "updated_at", GitHubJson.time(one.at()),
                "creator", json.user(GitHubJson.LOGIN));
    }

    private static Map<String, @Nullable Object> checkRun(GitHubJson json, Check check) {
        boolean ended = check.status().equals("completed");
        return Json.of(
                "id", check.id(),
                "node_id", GitHubJson.node("CheckRun:" + check.id()),
                "head_sha", check.sha(),
                "external_id", "",
                "url", json.api("/check-runs/" + check.id()),
                "html_url", json.html("/runs/" + check.id()),
                "details_url", json.html("/runs/" + check.id()),
                "status", check.status(),
                "conclusion", check.conclusion(),
                "started_at", GitHubJson.time(check.startedAt()),
                "completed_at", ended ? GitHubJson.time(Instant.now()) : null,
                "output",
                        Json.of(
                                "title", null,
                                "summary", null,
                                "text", null,
                                "annotations_count", 0,
                                "annotations_url", json.api("/check-runs/" + check.id() + "/annotations")),
                "name", "test",
                "check_suite", Json.of("id", check.id() + 1_000_000),
                "app", app(json),
                "pull_requests", List.of());
    }

    private static Map<String, @Nullable Object> checkSuite(
            GitHubJson json, Check check, Map<String, @Nullable Object> repositoryJson) {
        long id = check.id() + 1_000_000;
        return Json.of(
                "id", id,
                "node_id", GitHubJson.node("CheckSuite:" + id),
                "head_branch", null,
                "head_sha", check.sha(),
                "status", check.status(),
                "conclusion", check.conclusion(),
                "url", json.api("/check-suites/" + id),
                "before", null,
                "after", check.sha(),
                "head_commit", GitHubJson.headCommit(check.sha(), check.startedAt()),
                "repository", repositoryJson,
                "pull_requests", List.of(),
                "app", app(json),
                "created_at", GitHubJson.time(check.startedAt()),
                "updated_at", GitHubJson.time(check.startedAt()),
                "latest_check_runs_count", 1,
                "check_runs_url", json.api("/check-suites/" + id + "/check-runs"));
    }

    private static Map<String, @Nullable Object> app(GitHubJson json) {
        return Json.of(
                "id", 15368,
                "slug", "github-actions",
                "node_id", GitHubJson.node("App:15368"),
                "owner", json.user("github"),
                "name", "GitHub Actions",
                "description", "",
                "external_url", "https://help.github.com/en/actions",
                "html_url", "https://github.com/apps/github-actions",
                "created_at", "2018-07-30T09:30:17Z",
                "updated_at", "2019-12-10T19:04:12Z",
                "permissions", Json.of("checks", "write"),
                "events", List.of());
    }
}
