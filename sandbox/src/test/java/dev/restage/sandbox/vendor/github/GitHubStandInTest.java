package dev.restage.sandbox.vendor.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.vendor.Call;
import dev.restage.sandbox.vendor.Repositories;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
@SuppressWarnings("NullAway.Init") // filled before each test
class GitHubStandInTest {

    private static final String WORKFLOW = """
            name: Deploy
            on:
              workflow_dispatch:
                inputs:
                  target:
                    required: true
                  note:
                    default: none
            """;

    @TempDir
    private Path directory;

    private final List<String> changed = new ArrayList<>();
    private GitHubStandIn github;
    private Path repository;
    private String main;
    private String feature;

    @BeforeEach
    void start() {
        repository = Repositories.bare(directory, "acme/site");
        Map<String, String> files = Map.of(
                "a.txt", "one\n",
                ".github/workflows/deploy.yml", WORKFLOW,
                ".github/workflows/flightpath.yml", "on: workflow_dispatch\n",
                ".github/workflows/test.yml", "on: [push]\n");
        main = Repositories.commit(repository, "main", files);
        feature = Repositories.commit(
                repository, "feature/x", Map.of("a.txt", "one\n", "b.txt", "two\n", ".github/x", ""), main);
        Repositories.commit(repository, "staging", files, main);
        github = new GitHubStandIn("t0ken");
        github.addRepository("acme/site", repository);
        github.addPushListener((name, ref, commit) -> changed.add(name + " " + ref));
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @ParameterizedTest
    @CsvSource({"heads/feature/x", "heads%2Ffeature%2Fx"})
    void findsAReferenceWithRawAndWithEncodedSlashes(String ref) {
        Call found = call("GET /repos/acme/site/git/ref/" + ref, "");

        assertThat(found.json().path("object").path("sha").asString()).isEqualTo(feature);
        assertThat(call("GET /repos/acme/site/git/ref/heads/feat", "").status()).isEqualTo(404);
        assertThat(call("GET /repos/acme/site/git/matching-refs/heads/feat", "").json())
                .hasSize(1);
    }

    @Test
    void listsBranchesPageByPageWithLinksToItself() {
        Call first = call("GET /repos/acme/site/branches?per_page=2", "");
        String link = first.header("Link");
        String next = link.substring(link.indexOf('<') + 1, link.indexOf(">; rel=\"next\""));

        assertThat(next).startsWith(github.endpoint().toString());
        Call second = Call.send(URI.create(next), "Bearer t0ken", "GET ", "");
        assertThat(first.json()).hasSize(2);
        assertThat(second.json()).hasSize(1);
        assertThat(second.header("Link")).doesNotContain("rel=\"next\"");
    }

    @Test
    void movesReferencesOnlyForwardUnlessForced() {
        String url = "/repos/acme/site/git/refs/heads/staging";
        Call refused = call("PATCH " + url, "{\"sha\":\"" + feature + "\"}");
        Call quoted = call("PATCH " + url, "{\"sha\":\"" + feature + "\",\"force\":\"true\"}");
        Call forced = call("PATCH " + url, "{\"sha\":\"" + feature + "\",\"force\":true}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("message").asString()).isEqualTo("Update is not a fast forward");
        assertThat(quoted.status()).isEqualTo(422);
        assertThat(forced.status()).isEqualTo(200);
        assertThat(changed).containsExactly("acme/site refs/heads/staging");
        assertThat(call("GET /repos/acme/site/branches/staging", "")
                        .json()
                        .path("commit")
                        .path("sha")
                        .asString())
                .isEqualTo(feature);
    }

    @Test
    void createsAndDeletesReferences() {
        Call created = call("POST /repos/acme/site/git/refs", "{\"ref\":\"refs/heads/new\",\"sha\":\"" + main + "\"}");
        Call again = call("POST /repos/acme/site/git/refs", "{\"ref\":\"refs/heads/new\",\"sha\":\"" + main + "\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith("/git/refs/heads/new");
        assertThat(again.json().path("message").asString()).isEqualTo("Reference already exists");
        assertThat(call("DELETE /repos/acme/site/git/refs/heads/new", "").status())
                .isEqualTo(204);
        assertThat(call("DELETE /repos/acme/site/git/refs/heads/new", "").status())
                .isEqualTo(422);
        assertThat(call("DELETE /repos/acme/site/git/refs/heads/main", "").status())
                .isEqualTo(422);
    }

    @Test
    void alwaysMakesAMergeCommitWithTheBaseAsFirstParent() {
        String body = "{\"base\":\"main\",\"head\":\"feature/x\"}";
        Call merged = call("POST /repos/acme/site/merges", body);
        Call again = call("POST /repos/acme/site/merges", body);

        assertThat(merged.status()).isEqualTo(201);
        assertThat(merged.json()
                        .path("parents")
                        .valueStream()
                        .map(one -> one.path("sha").asString()))
                .containsExactly(main, feature);
        assertThat(merged.json().path("commit").path("message").asString()).isEqualTo("Merge feature/x into main");
        assertThat(again.status()).isEqualTo(204);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void aConflictChangesNothing() {
        Repositories.commit(repository, "one", Map.of("a.txt", "mine\n"), main);
        Repositories.commit(repository, "two", Map.of("a.txt", "yours\n"), main);

        Call conflict = call("POST /repos/acme/site/merges", "{\"base\":\"one\",\"head\":\"two\"}");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.json().path("message").asString()).isEqualTo("Merge conflict");
        assertThat(call("POST /repos/acme/site/merges", "{\"base\":\"nope\",\"head\":\"two\"}")
                        .status())
                .isEqualTo(404);
        assertThat(changed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "main...feature/x, ahead, 1, 0",
        "feature/x...main, behind, 0, 1",
        "staging...feature/x, diverged, 1, 1",
        "main...main, identical, 0, 0"
    })
    void compares(String basehead, String status, int ahead, int behind) {
        JsonNode compared = call("GET /repos/acme/site/compare/" + basehead, "").json();

        assertThat(compared.path("status").asString()).isEqualTo(status);
        assertThat(compared.path("ahead_by").asInt()).isEqualTo(ahead);
        assertThat(compared.path("behind_by").asInt()).isEqualTo(behind);
        assertThat(compared.path("merge_base_commit").path("sha").asString()).isEqualTo(main);
    }

    @Test
    void listsPullRequestsByStateAndBranch() {
        github.addPullRequest("acme/site", new PullRequest(7, "Seven", "feature/x", "main", "open"));
        github.addPullRequest("acme/site", new PullRequest(8, "Eight", "gone", "main", "merged"));

        assertThat(numbers("")).containsExactly(7);
        assertThat(numbers("?state=all")).containsExactly(8, 7);
        assertThat(numbers("?state=closed")).containsExactly(8);
        assertThat(numbers("?head=acme:feature/x")).containsExactly(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope.yml | {\"ref\":\"main\"} | 404 | Not Found",
                "test.yml | {\"ref\":\"main\"} | 422 | Workflow does not have 'workflow_dispatch' trigger",
                "deploy.yml | {\"ref\":\"nope\"} | 422 | No ref found for: nope",
                "deploy.yml | {\"ref\":\"main\"} | 422 | Required input 'target' not provided",
                "deploy.yml | {\"ref\":\"main\",\"inputs\":{\"x\":\"1\"}} | 422 | Unexpected inputs provided: [\"x\"]"
            })
    void refusesADispatchThatTheWorkflowDoesNotKnow(String workflow, String body, int status, String message) {
        Call refused = call("POST /repos/acme/site/actions/workflows/" + workflow + "/dispatches", body);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().path("message").asString()).isEqualTo(message);
    }

    @Test
    void aDispatchedWorkflowRunsAndEndsWithItsLog() {
        github.onDispatch((workflow, inputs) -> new WorkflowHook.Outcome("failure", workflow + " " + inputs));
        Call plain = call(
                "POST /repos/acme/site/actions/workflows/deploy.yml/dispatches",
                "{\"ref\":\"main\",\"inputs\":{\"target\":\"staging\"}}");
        assertThat(plain.status()).isEqualTo(204);
        String list = "GET /repos/acme/site/actions/workflows/deploy.yml/runs?event=workflow_dispatch&branch=main";
        JsonNode first = call(list, "").json().path("workflow_runs").path(0);
        assertThat(first.path("head_sha").asString()).isEqualTo(main);
        String run = "/repos/acme/site/actions/runs/" + first.path("id").asLong();

        assertThat(ended(run).path("conclusion").asString()).isEqualTo("failure");
        JsonNode job = call("GET " + run + "/jobs", "").json().path("jobs").path(0);
        Call moved = call("GET /repos/acme/site/actions/jobs/" + job.path("id").asLong() + "/logs", "");
        assertThat(moved.status()).isEqualTo(302);
        assertThat(Call.send(URI.create(moved.header("Location")), "", "GET ", "")
                        .body())
                .contains("deploy.yml", "target=staging", "note=none");
        assertThat(call("POST " + run + "/cancel", "").status()).isEqualTo(409);
        assertThat(call("POST " + run + "/rerun", "").status()).isEqualTo(201);
        assertThat(ended(run).path("run_attempt").asInt()).isEqualTo(2);
    }

    @Test
    void saysWhichRunItStartedWhenAskedAndCanBeCanceled() {
        Call dispatched = call(
                "POST /repos/acme/site/actions/workflows/flightpath.yml/dispatches",
                "{\"ref\":\"main\",\"return_run_details\":true}");
        assertThat(dispatched.status()).isEqualTo(200);
        String run = "/repos/acme/site/actions/runs/"
                + dispatched.json().path("workflow_run_id").asLong();

        assertThat(call("POST " + run + "/cancel", "").status()).isEqualTo(202);
        assertThat(ended(run).path("conclusion").asString()).isEqualTo("cancelled");
    }

    @ParameterizedTest
    @CsvSource({"ok, success", "ci-fails, failure"})
    void aPushIsCheckedByCi(String file, String conclusion) {
        String pushed = Repositories.commit(repository, "main", Map.of(file, ""), main);
        github.onPush("acme/site", "refs/heads/main", pushed);

        JsonNode run = until(
                () -> call("GET /repos/acme/site/commits/" + pushed + "/check-runs", "")
                        .json()
                        .path("check_runs")
                        .path(0),
                check -> check.path("status").asString().equals("completed"));
        assertThat(run.path("conclusion").asString()).isEqualTo(conclusion);
        assertThat(call("GET /repos/acme/site/commits/main", "")
                        .json()
                        .path("sha")
                        .asString())
                .isEqualTo(pushed);
    }

    @Test
    void combinesTheNewestStatusOfEachContext() {
        String status = "GET /repos/acme/site/commits/" + main + "/status";
        assertThat(call(status, "").json().path("state").asString()).isEqualTo("pending");
        assertThat(call(status, "").json().path("total_count").asInt()).isZero();

        call("POST /repos/acme/site/statuses/" + main, "{\"state\":\"failure\",\"context\":\"ci\"}");
        assertThat(call(status, "").json().path("state").asString()).isEqualTo("failure");
        call("POST /repos/acme/site/statuses/" + main, "{\"state\":\"success\",\"context\":\"ci\"}");
        assertThat(call(status, "").json().path("state").asString()).isEqualTo("success");
    }

    @Test
    void refusesAWrongTokenAndHidesWhatIsNotThere() {
        Call wrong = Call.send(github.endpoint(), "Bearer wrong", "GET /repos/acme/site", "");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().path("message").asString()).isEqualTo("Bad credentials");
        assertThat(call("GET /repos/acme/other", "").status()).isEqualTo(404);
        assertThat(call("GET /repos/acme/site", "").header("x-ratelimit-limit")).isEqualTo("5000");
        github.faults().unavailable("GET /repos/acme/site", 1);
        assertThat(call("GET /repos/acme/site", "").body()).startsWith("<!DOCTYPE html>");
    }

    private List<Integer> numbers(String query) {
        return call("GET /repos/acme/site/pulls" + query, "")
                .json()
                .valueStream()
                .map(pull -> pull.path("number").asInt())
                .toList();
    }

    private JsonNode ended(String run) {
        return until(
                () -> call("GET " + run, "").json(),
                seen -> seen.path("status").asString().equals("completed"));
    }

    private static JsonNode until(Supplier<JsonNode> look, Predicate<JsonNode> wanted) {
        JsonNode seen = look.get();
        while (!wanted.test(seen)) {
            Thread.onSpinWait();
            seen = look.get();
        }
        return seen;
    }

    private Call call(String line, String body) {
        return Call.send(github.endpoint(), "Bearer t0ken", line, body, "Accept", "application/vnd.github+json");
    }
}
