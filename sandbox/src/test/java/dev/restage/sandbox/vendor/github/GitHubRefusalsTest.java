package dev.restage.sandbox.vendor.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.internal.Pause;
import dev.restage.sandbox.vendor.Call;
import dev.restage.sandbox.vendor.Repositories;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How GitHub's stand-in refuses, and runs that end in other ways than well. */
class GitHubRefusalsTest {

    private static final String REPO = "/repos/acme/site";

    private final GitHubStandIn github = new GitHubStandIn("t0ken");
    private String main = "";

    @BeforeEach
    void fill(@TempDir Path directory) {
        Path repository = Repositories.bare(directory, "acme/site");
        main = Repositories.commit(
                repository, "main", Map.of(".github/workflows/deploy.yml", "on: workflow_dispatch\n", "a", "a"));
        Repositories.commit(repository, "other", Map.of("a", "b"), main);
        github.addRepository("acme/site", repository);
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /repos/acme/nope | '' | 404 | Not Found",
                "GET /nothing | '' | 404 | Not Found",
                "GET /repos/acme/site/branches/nope | '' | 404 | Branch not found",
                "GET /repos/acme/site/git/ref/heads/nope | '' | 404 | Not Found",
                "GET /repos/acme/site/commits/nope | '' | 422 | No commit found for SHA: nope",
                "GET /repos/acme/site/compare/main | '' | 404 | Not Found",
                "GET /repos/acme/site/compare/main...nope | '' | 404 | Not Found",
                "GET /repos/acme/site/actions/runs/1 | '' | 404 | Not Found",
                "GET /repos/acme/site/actions/workflows/nope.yml | '' | 404 | Not Found",
                "POST /repos/acme/site/git/refs | no json | 400 | Problems parsing JSON",
                "POST /repos/acme/site/git/refs | [] | 400 | Body should be a JSON object",
                "POST /repos/acme/site/git/refs | {} | 422 | Validation Failed",
                "POST /repos/acme/site/git/refs | {\"ref\":\"heads/x\",\"sha\":\"1\"} | 422 | Reference name must start with 'refs/' and contain at least two slashes.",
                "POST /repos/acme/site/merges | {\"base\":\"main\"} | 422 | Validation Failed",
                "POST /repos/acme/site/merges | {\"base\":1,\"head\":\"other\"} | 422 | Validation Failed",
                "POST /repos/acme/site/statuses/nope | {\"state\":\"success\"} | 422 | No commit found for SHA: nope",
                "POST /repos/acme/site/actions/workflows/deploy.yml/dispatches | {} | 422 | Validation Failed",
                "POST /repos/acme/site/actions/workflows/deploy.yml/dispatches | {\"ref\":\"nope\"} | 422 | No ref found for: nope"
            })
    void refusesInGitHubsWords(String line, String body, int status, String message) {
        Call call = call(line, body);

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.json().path("message").asString()).isEqualTo(message);
        assertThat(call.json().path("documentation_url").asString()).startsWith("https://docs.github.com/rest");
    }

    @Test
    void namesTheFieldThatIsMissingOrWrong() {
        Call missing = call("POST " + REPO + "/merges", "{\"base\":\"main\"}");
        Call wrong = call("POST " + REPO + "/statuses/" + main, "{\"state\":\"fine\"}");

        assertThat(missing.json().path("errors").path(0).toString())
                .isEqualTo("{\"resource\":\"Merge\",\"field\":\"head\",\"code\":\"missing_field\"}");
        assertThat(wrong.json().path("errors").path(0).path("code").asString()).isEqualTo("custom");
    }

    @Test
    void countsTheRequestsOfARateAndTellsWhenItIsSpent() {
        int first = Integer.parseInt(call("GET " + REPO, "").header("X-RateLimit-Used"));
        int second = Integer.parseInt(call("GET " + REPO, "").header("X-RateLimit-Used"));
        JsonNode limit = call("GET /rate_limit", "").json();
        github.faults().throttle("GET *", 1, Duration.ofSeconds(60));
        Call throttled = call("GET " + REPO, "");

        assertThat(second).isEqualTo(first + 1);
        assertThat(limit.path("rate").path("limit").asInt()).isEqualTo(5000);
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.header("Retry-After")).isEqualTo("60");
        assertThat(throttled.json().path("message").asString()).contains("secondary rate limit");
    }

    @ParameterizedTest
    @CsvSource({"'', Requires authentication", "token wrong, Bad credentials"})
    void tellsAMissingTokenFromAWrongOne(String authorization, String message) {
        Call call = Call.send(github.endpoint(), authorization, "GET " + REPO, "");

        assertThat(call.status()).isEqualTo(401);
        assertThat(call.json().path("message").asString()).isEqualTo(message);
    }

    @Test
    void aMergeOfWhatIsMergedDoesNothing() {
        assertThat(call("POST " + REPO + "/merges", "{\"base\":\"other\",\"head\":\"main\"}")
                        .status())
                .isEqualTo(204);
        assertThat(call("POST " + REPO + "/merges", "{\"base\":\"main\",\"head\":\"other\"}")
                        .status())
                .isEqualTo(201);
        assertThat(call("GET " + REPO + "/compare/main...other", "")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("behind");
    }

    @Test
    void aRunFailsAsItsHookSaysAndItsLogIsKept() {
        github.onDispatch((workflow, inputs) -> {
            throw new IllegalStateException("no space left");
        });

        JsonNode run = completed(dispatched());
        String job = call("GET " + REPO + "/actions/runs/" + run.path("id").asLong() + "/jobs", "")
                .json()
                .path("jobs")
                .path(0)
                .path("id")
                .asString();
        Call moved = call("GET " + REPO + "/actions/jobs/" + job + "/logs", "");

        assertThat(run.path("conclusion").asString()).isEqualTo("failure");
        assertThat(moved.status()).isEqualTo(302);
        assertThat(follow(moved.header("Location")).body()).endsWith("no space left\n");
    }

    @Test
    void aLogIsThereWhenItsRunHasEndedAndACompletedRunCannotBeCanceled() {
        CountDownLatch end = new CountDownLatch(1);
        github.onDispatch((workflow, inputs) -> {
            await(end);
            return new WorkflowHook.Outcome("success", "done");
        });
        long id = dispatched();

        assertThat(call("GET " + REPO + "/actions/runs/" + id + "/logs", "").status())
                .isEqualTo(404);
        assertThat(call("POST " + REPO + "/actions/runs/" + id + "/rerun", "").status())
                .isEqualTo(403);

        end.countDown();
        completed(id);

        assertThat(call("GET " + REPO + "/actions/runs/" + id + "/logs", "").status())
                .isEqualTo(302);
        assertThat(call("POST " + REPO + "/actions/runs/" + id + "/cancel", "").status())
                .isEqualTo(409);
        assertThat(call("POST " + REPO + "/actions/runs/" + id + "/rerun", "").status())
                .isEqualTo(201);
        assertThat(completed(id).path("run_attempt").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "branch=main, 1",
        "branch=other, 0",
        "event=workflow_dispatch, 1",
        "event=push, 0",
        "status=completed, 1",
        "status=success, 1",
        "status=queued, 0",
        "created=>=2000-01-01T00:00:00Z, 1",
        "created=>=2100-01-01T00:00:00Z, 0"
    })
    void runsAreFoundByWhatIsAsked(String query, int found) {
        completed(dispatched());

        assertThat(call("GET " + REPO + "/actions/runs?" + query.replace(">", "%3E"), "")
                        .json()
                        .path("total_count")
                        .asInt())
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "'', pending",
        "success, success",
        "success failure, failure",
        "success pending, pending",
        "error success, failure"
    })
    void theStateOfACommitIsThatOfItsWorstContext(String states, String combined) {
        int context = 0;
        for (String state : states.isEmpty() ? new String[0] : states.split(" ", -1)) {
            call(
                    "POST " + REPO + "/statuses/" + main,
                    "{\"state\":\"%s\",\"context\":\"c%d\"}".formatted(state, context++));
        }

        JsonNode status = call("GET " + REPO + "/commits/main/status", "").json();

        assertThat(status.path("state").asString()).isEqualTo(combined);
        assertThat(status.path("total_count").asInt()).isEqualTo(context);
        assertThat(call("GET " + REPO + "/commits/main/statuses", "").json()).hasSize(context);
    }

    @Test
    void pullRequestsOfAnotherStateBaseOrHeadAreLeftOut() {
        github.addPullRequest("acme/site", new PullRequest(1, "One", "other", "main", "open"));
        github.addPullRequest("acme/site", new PullRequest(2, "Two", "other", "staging", "merged"));
        github.addPullRequest("acme/site", new PullRequest(3, "Three", "gone", "main", "closed"));

        assertThat(pulls("")).containsExactly("One");
        assertThat(pulls("?state=all")).containsExactly("Three", "Two", "One");
        assertThat(pulls("?state=all&direction=asc")).containsExactly("One", "Two", "Three");
        assertThat(pulls("?state=closed")).containsExactly("Three", "Two");
        assertThat(pulls("?state=all&base=main&head=acme:other")).containsExactly("One");
        assertThat(pulls("?state=all&head=other")).isEmpty();
    }

    private List<String> pulls(String query) {
        return call("GET " + REPO + "/pulls" + query, "")
                .json()
                .valueStream()
                .map(pull -> pull.path("title").asString())
                .toList();
    }

    private long dispatched() {
        Call call = call(
                "POST " + REPO + "/actions/workflows/deploy.yml/dispatches",
                "{\"ref\":\"main\",\"return_run_details\":true}");
        assertThat(call.status()).isEqualTo(200);
        return call.json().path("workflow_run_id").asLong();
    }

    private JsonNode completed(long id) {
        JsonNode run = call("GET " + REPO + "/actions/runs/" + id, "").json();
        for (int looks = 0; !run.path("status").asString().equals("completed") && looks < 1000; looks++) {
            Pause.of(Duration.ofMillis(10));
            run = call("GET " + REPO + "/actions/runs/" + id, "").json();
        }
        assertThat(run.path("status").asString()).isEqualTo("completed");
        return run;
    }

    private static Call follow(String location) {
        return Call.send(URI.create(location), "", "GET ", "");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Call call(String line, String body) {
        return Call.send(github.endpoint(), "Bearer t0ken", line, body);
    }
}
