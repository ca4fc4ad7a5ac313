package dev.restage.sandbox.vendor.github;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.server.PushListener;
import dev.restage.sandbox.vendor.Faults;
import dev.restage.sandbox.vendor.RecordedRequest;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * GitHub's REST API over real bare repositories: references, comparisons, merges, pull requests, CI state, and workflows that run
 * and end. CI begins with each push that it is told of, and with each reference that is changed through the API.
 */
public final class GitHubStandIn implements AutoCloseable, PushListener {

    private static final int LIMIT = 5000;

    private final String token;
    private final Map<String, GitHubRepository> repositories = new ConcurrentHashMap<>();
    private final Map<String, List<PullRequest>> pulls = new ConcurrentHashMap<>();
    private final List<PushListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger used = new AtomicInteger();
    private final ScheduledExecutorService scheduler =
            Executors.newScheduledThreadPool(2, work -> StandInServer.daemon("sandbox-github-work", work));
    private final StandInServer server;
    private final GitHubActions actions;
    private final GitHubChecks checks;

    /**
     * Starts it on a free port, without any repository.
     *
     * @param token the token that it accepts
     */
    public GitHubStandIn(String token) {
        this.token = token;
        server = new StandInServer("github", new GitHubManners());
        URI origin = server.url();
        actions = new GitHubActions(origin, this::repository, scheduler);
        checks = new GitHubChecks(origin, this::repository, scheduler);
        GitHubCode code =
                new GitHubCode(origin, this::repository, one -> pulls.getOrDefault(one.fullName(), List.of()));
        code.on(server);
        checks.on(server);
        code.lastOn(server);
        actions.on(server);
        server.route("GET /user", request -> VendorReply.json(200, new GitHubJson(origin, "").user(GitHubJson.LOGIN)));
        server.route("GET /rate_limit", request -> VendorReply.json(200, rateLimit()));
    }

    /**
     * Serves a repository.
     *
     * @param fullName {@code owner/name}
     * @param directory the directory of the bare repository
     */
    public void addRepository(String fullName, Path directory) {
        repositories.put(fullName, new GitHubRepository(fullName, directory, this::changed));
    }

    /**
     * Adds a pull request to the list.
     *
     * @param fullName {@code owner/name} of the repository
     * @param pull the pull request
     */
    public void addPullRequest(String fullName, PullRequest pull) {
        pulls.computeIfAbsent(fullName, name -> new CopyOnWriteArrayList<>()).add(pull);
    }

    /**
     * Sets what a dispatched workflow does; without it each succeeds, and {@code flightpath.yml} prints a job id.
     *
     * @param hook runs while a workflow run is in progress
     */
    public void onDispatch(WorkflowHook hook) {
        actions.hook(hook);
    }

    /**
     * Adds somebody to be told of references that are changed through the API, which no git server sees.
     *
     * @param listener told after the reference has changed
     */
    public void addPushListener(PushListener listener) {
        listeners.add(listener);
    }

    @Override
    public void onPush(String repository, String ref, String newId) {
        GitHubRepository known = repositories.get(repository);
        if (known != null && ref.startsWith("refs/heads/") && !newId.matches("0+")) {
            checks.pushed(known, newId);
        }
    }

    /** {@return the base address of the REST API, {@code http://127.0.0.1:<port>}} */
    public URI endpoint() {
        return server.url();
    }

    /** {@return all requests so far, oldest first} */
    public List<RecordedRequest> requests() {
        return server.requests();
    }

    /** {@return the way to make it misbehave} */
    public Faults faults() {
        return server.faults();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        server.close();
    }

    private void changed(String repository, String ref, String commit) {
        onPush(repository, ref, commit);
        listeners.forEach(listener -> listener.onPush(repository, ref, commit));
    }

    private GitHubRepository repository(VendorRequest request) {
        GitHubRepository found = repositories.get(request.parameter("owner") + "/" + request.parameter("repo"));
        if (found == null) {
            throw GitHubJson.refused(404, "Not Found");
        }
        return found;
    }

    private Object rateLimit() {
        Object core = Json.of("limit", LIMIT, "used", used.get(), "remaining", LIMIT - used.get(), "reset", reset());
        return Json.of("resources", Json.of("core", core), "rate", core);
    }

    private static long reset() {
        return Instant.now().plus(Duration.ofHours(1)).getEpochSecond();
    }

    private final class GitHubManners implements StandInServer.Manners {

        @Override
        public boolean admits(VendorRequest request) {
            return request.token().orElse("").equals(token);
        }

        @Override
        public VendorReply unauthorized(VendorRequest request) {
            String message = request.token().isPresent() ? "Bad credentials" : "Requires authentication";
            return VendorReply.json(401, GitHubJson.error(401, message));
        }

        @Override
        public VendorReply notFound(VendorRequest request) {
            return VendorReply.json(404, GitHubJson.error(404, "Not Found"));
        }

        @Override
        public VendorReply throttled(Duration retryAfter) {
            return VendorReply.json(
                    429,
                    Json.of(
                            "message",
                            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
                            "documentation_url",
                            "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"
                                    + "#about-secondary-rate-limits"));
        }

        @Override
        public VendorReply dressed(VendorReply reply) {
            int now = used.incrementAndGet();
            return reply.with("X-GitHub-Request-Id", UUID.randomUUID().toString())
                    .with("X-GitHub-Media-Type", "github.v3; format=json")
                    .with("x-github-api-version-selected", "2022-11-28")
                    .with("X-RateLimit-Limit", String.valueOf(LIMIT))
                    .with("X-RateLimit-Used", String.valueOf(now))
                    .with("X-RateLimit-Remaining", String.valueOf(Math.max(1, LIMIT - now)))
                    .with("X-RateLimit-Reset", String.valueOf(reset()))
                    .with("X-RateLimit-Resource", "core");
        }
    }
}
