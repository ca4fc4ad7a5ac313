package dev.restage.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.git.GitLogin;
import dev.restage.http.Polling;
import dev.restage.http.Retry;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Variables;
import dev.restage.provider.code.CiServer;
import dev.restage.provider.code.CiState;
import dev.restage.provider.code.CiState.Verdict;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.WorkflowRun;
import dev.restage.provider.code.WorkflowRun.State;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubRepositoryTest {

    private static final CommitId COMMIT = new CommitId("90bbfcb5c6a3c2d8e9f1a2b3c4d5e6f708192a3b");
    private static final String REPO = "/repos/acme/site";
    private static final String STATUS = "GET " + REPO + "/commits/" + COMMIT + "/status";
    private static final String CHECKS = "GET " + REPO + "/commits/" + COMMIT + "/check-runs";
    private static final String DISPATCH = REPO + "/actions/workflows/flightpath.yml/dispatches";
    private static final String RUNS = "GET " + REPO + "/actions/workflows/flightpath.yml/runs";
    private static final String NO_RUNS = "{\"total_count\":0,\"workflow_runs\":[]}";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private GitHubAnswers github;
    private CiServer ci;

    @BeforeEach
    void start() throws IOException {
        github = new GitHubAnswers();
        ci = open(github.url());
    }

    private static GitHubRepository open(String api) {
        Variables variables = Variables.of(
                Map.of("GITHUB_TOKEN", "ghp_secret", "GITHUB_API_URL", api, "GITHUB_SERVER_URL", "http://127.0.0.1:1"));
        Polling quick = new Polling(Duration.ofMillis(1), Duration.ofMillis(5));
        return new GitHubFactory(variables, quick, Retry.none()).open(Address.of("github:acme/site#staging"));
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>log in</html>",
                "{\"statuses\":[{\"con",
                "{}",
                "[]",
                "null",
                "{\"check_runs\":[{}],\"statuses\":[{}]}"
            })
    void aPageIsNotTheAbsenceOfChecks(String body) {
        github.on(STATUS, 200, body);
        github.on(CHECKS, 200, "{\"total_count\":0,\"check_runs\":[]}");
        assertThatThrownBy(() -> ci.state(COMMIT))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);

        github.on(STATUS, 200, "{\"state\":\"pending\",\"statuses\":[]}");
        github.on(CHECKS, 200, body);
        assertThatThrownBy(() -> ci.state(COMMIT))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{}] | status
            [null] | status
            [{"name":"test"}] | status
            [{"name":"test","status":"completed"}] | conclusion
            [{"name":"test","status":"completed","conclusion":null}] | conclusion
            [{"name":"a","status":"completed","conclusion":"success"},{}] | status
            """)
    void aCheckThatDoesNotSayHowItEndedHasNeitherPassedNorFailed(String runs, String member) {
        github.on(STATUS, 200, "{\"state\":\"pending\",\"statuses\":[]}");
        github.on(CHECKS, 200, "{\"total_count\":1,\"check_runs\":" + runs + "}");

        assertThatThrownBy(() -> ci.state(COMMIT))
                .hasMessageContaining("\"" + member + "\"")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);
    }

    @Test
    void aRunOfNoWorkflowIsNotTakenForTheOlderTryOfAnother() {
        github.on(STATUS, 200, "{\"state\":\"pending\",\"statuses\":[]}");
        github.on(CHECKS, 403, "{\"message\":\"Resource not accessible by personal access token\"}");
        github.on("GET " + REPO + "/actions/runs", 200, """
                {"workflow_runs":[
                  {"name":"CI","status":"completed","conclusion":"success"},
                  {"name":"Lint","status":"completed","conclusion":"failure"}]}""");

        assertThatThrownBy(() -> ci.state(COMMIT))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("\"workflow_id\"");
    }

    @Test
    void aRunThatDoesNotSayHowItEndedHasNotFailed() {
        github.on("GET " + REPO + "/actions/runs/42", 200, "{\"id\":42,\"status\":\"completed\",\"conclusion\":null}");
        assertThatThrownBy(() -> ci.await("42", LIMIT))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("\"conclusion\"");
    }

    @Test
    void aRunWithoutItsNumberIsNotOlderThanAllOthers() {
        github.on(RUNS, 200, "{\"workflow_runs\":[{\"status\":\"queued\"}]}");

        assertThatThrownBy(() -> ci.dispatch("flightpath.yml", "staging", Map.of()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("\"id\"");
        assertThat(github.requests("POST", "/dispatches")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>log in</html>", "{}", "{\"full_name\":\"\"}"})
    void aPageIsNotTheNameOfARepository(String body) {
        github.on("GET " + REPO, 200, body);

        assertThatThrownBy(ci::identity)
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            | | NONE
            success | | PASSED
            | success | PASSED
            success | neutral | PASSED
            pending | success | PENDING
            error | success | FAILED
            success | in_progress | PENDING
            success | timed_out | FAILED
            pending | failure | FAILED
            success | something_new | FAILED
            """)
    void judgesStatusesAndCheckRunsTogether(String status, String check, Verdict expected) {
        github.on(
                STATUS,
                200,
                "{\"state\":\"pending\",\"statuses\":[%s]}"
                        .formatted(status == null ? "" : "{\"context\":\"lint\",\"state\":\"" + status + "\"}"));
        String run = check == null
                ? ""
                : check.equals("in_progress")
                        ? "{\"name\":\"test\",\"status\":\"in_progress\",\"conclusion\":null}"
                        : "{\"name\":\"test\",\"status\":\"completed\",\"conclusion\":\"" + check + "\"}";
        github.on(CHECKS, 200, "{\"total_count\":1,\"check_runs\":[" + run + "]}");

        CiState state = ci.state(COMMIT);

        assertThat(state.verdict()).isEqualTo(expected);
        assertThat(state.checks()).hasSize((status == null ? 0 : 1) + (check == null ? 0 : 1));
    }

    @Test
    void asksActionsWhereTheTokenMayNotReadChecks() {
        github.on(STATUS, 200, "{\"state\":\"pending\",\"statuses\":[]}");
        github.on(CHECKS, 403, "{\"message\":\"Resource not accessible by personal access token\"}");
        github.on("GET " + REPO + "/actions/runs", 200, """
                {"workflow_runs":[
                  {"workflow_id":7,"name":"CI","status":"completed","conclusion":"success"},
                  {"workflow_id":7,"name":"CI","status":"completed","conclusion":"failure"}]}""");

        assertThat(ci.state(COMMIT)).isEqualTo(new CiState(Verdict.PASSED, java.util.List.of("CI: success")));
        assertThat(github.requests("GET", "/actions/runs").get(0).getTarget()).contains("head_sha=" + COMMIT);
    }

    @Test
    void readsAllPages() {
        github.on(STATUS, 200, "{\"statuses\":[]}");
        github.on(
                CHECKS,
                new MockResponse.Builder()
                        .addHeader("Link", "<" + github.url() + "/repositories/1/more>; rel=\"next\"")
                        .body("{\"check_runs\":[{\"name\":\"a\",\"status\":\"completed\",\"conclusion\":\"success\"}]}")
                        .build());
        github.on(
                "GET /repositories/1/more",
                200,
                "{\"check_runs\":[{\"name\":\"b\",\"status\":\"completed\",\"conclusion\":\"failure\"}]}");

        assertThat(ci.state(COMMIT).checks()).containsExactly("a: success", "b: failure");
    }

    @Test
    void startsAWorkflowAndLearnsItsRun() {
        github.on(RUNS, 200, NO_RUNS);
        github.on("POST " + DISPATCH, 200, "{\"workflow_run_id\":42,\"html_url\":\"https://github.com/r/42\"}");

        WorkflowRun run = ci.dispatch("flightpath.yml", "staging", Map.of("environment", "staging"));

        assertThat(run).isEqualTo(new WorkflowRun("42", State.RUNNING, "https://github.com/r/42", ""));
        assertThat(Objects.requireNonNull(
                                github.requests("POST", "/dispatches").get(0).getBody())
                        .utf8())
                .isEqualTo(
                        "{\"ref\":\"staging\",\"inputs\":{\"environment\":\"staging\"},\"return_run_details\":true}");
    }

    @Test
    void findsTheRunWhereTheServerDoesNotTell() {
        github.on(RUNS, 200, runs(41));
        github.on(RUNS, 200, runs(41));
        github.on(RUNS, 200, runs(42, 41));
        github.on("POST " + DISPATCH, 204, "");

        assertThat(ci.dispatch("flightpath.yml", "staging", Map.of()).id()).isEqualTo("42");
        assertThat(github.requests("POST", "/dispatches")).hasSize(1);
    }

    @Test
    void looksBeforeStartingAgainAfterAnUnclearAnswer() {
        github.on(RUNS, 200, runs(41));
        github.on(RUNS, 200, runs(42, 41));
        github.on("POST " + DISPATCH, 502, "{\"error\":\"Server Error\"}");

        assertThat(ci.dispatch("flightpath.yml", "staging", Map.of()).id()).isEqualTo("42");
        assertThat(github.requests("POST", "/dispatches")).hasSize(1);
    }

    @Test
    void doesNotGuessBetweenTwoRuns() {
        github.on(RUNS, 200, runs(41));
        github.on(RUNS, 200, runs(43, 42, 41));
        github.on("POST " + DISPATCH, 204, "");

        assertThatThrownBy(() -> ci.dispatch("flightpath.yml", "staging", Map.of()))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.CONFLICT, ProviderException::kind);
    }

    @Test
    void anUnknownWorkflowIsNotFound() {
        assertThatThrownBy(() -> ci.dispatch("flightpath.yml", "staging", Map.of()))
                .hasMessageContaining("flightpath.yml")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }

    @Test
    void aRefusedWorkflowSaysWhy() {
        github.on(RUNS, 200, NO_RUNS);
        github.on("POST " + DISPATCH, 422, "{\"message\":\"Required input 'x' not provided\"}");

        assertThatThrownBy(() -> ci.dispatch("flightpath.yml", "staging", Map.of()))
                .hasMessageContaining("Required input 'x' not provided")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.CONFLICT, ProviderException::kind);
    }

    @Test
    void waitsForTheEndAndBringsTheLogOfTheFailedJobWithoutGivingTheTokenAway() throws IOException {
        try (GitHubAnswers storage = new GitHubAnswers()) {
            storage.on("GET /log", 200, "x".repeat(9000) + "boom");
            String run = "GET " + REPO + "/actions/runs/42";
            github.on(run, 200, "{\"id\":42,\"status\":\"queued\",\"conclusion\":null}");
            github.on(run, 200, "{\"id\":42,\"status\":\"completed\",\"conclusion\":\"failure\",\"html_url\":\"u\"}");
            github.on(run + "/jobs", 200, """
                    {"jobs":[{"id":1,"conclusion":"success"},{"id":2,"conclusion":"failure"},{"id":3,"conclusion":"skipped"}]}""");
            github.on(
                    "GET " + REPO + "/actions/jobs/2/logs",
                    new MockResponse.Builder()
                            .code(302)
                            .addHeader("Location", storage.url() + "/log")
                            .build());

            WorkflowRun ended = ci.await("42", LIMIT);

            assertThat(ended.state()).isEqualTo(State.FAILED);
            assertThat(ended.log()).endsWith("xboom").hasSize(4096);
            assertThat(github.requests("GET", "/logs").get(0).getHeaders().get("Authorization"))
                    .isEqualTo("Bearer ghp_secret");
            assertThat(storage.requests("GET", "/log").get(0).getHeaders().get("Authorization"))
                    .isNull();
        }
    }

    @Test
    void comesBackWithARunThatIsNotFinishedInTime() {
        github.on("GET " + REPO + "/actions/runs/42", 200, "{\"id\":42,\"status\":\"in_progress\"}");

        assertThat(ci.await("42", Duration.ofMillis(20)).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aRenamedRepositoryIsOneThing() {
        github.on("GET " + REPO, 200, "{\"id\":1,\"full_name\":\"Acme/new-site\"}");

        assertThat(ci.identity().parts()).containsExactly("localhost:1/acme/new-site", "staging");
        Variables variables = Variables.of(Map.of(
                "GITHUB_TOKEN", "ghp_secret",
                "GITHUB_API_URL", github.url(),
                "GITHUB_SERVER_URL", "http://127.0.0.1:1"));
        assertThat(new GitHubVendor(variables, new GitHubFactory(variables, GitHubFactory.POLLING, Retry.none()))
                        .nameOf(URI.create("http://127.0.0.1:1/acme/site.git")))
                .contains("localhost:1/acme/new-site");
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example/acme/site.git, true",
        "https://GIT.example/acme/site, true",
        "http://git.example/acme/site.git, false",
        "https://git.example:8443/acme/site.git, false",
        "https://git.example.evil.example/acme/site.git, false"
    })
    void theTokenGoesToItsServerOnly(URI repository, boolean goes) {
        Variables variables =
                Variables.of(Map.of("GITHUB_TOKEN", "ghp_secret", "GITHUB_SERVER_URL", "https://git.example"));

        assertThat(new GitHubVendor(variables, new GitHubFactory(variables, GitHubFactory.POLLING, Retry.none()))
                        .login(repository)
                        .map(GitLogin::user))
                .isEqualTo(goes ? Optional.of("x-access-token") : Optional.empty());
    }

    @Test
    void withoutATokenTheVariableIsNamed() {
        assertThatThrownBy(() -> new GitHubFactory(Variables.of(Map.of()), GitHubFactory.POLLING, Retry.none())
                        .open(Address.of("github:acme/site#staging")))
                .hasMessageContaining("GITHUB_TOKEN")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.DENIED, ProviderException::kind);
    }

    private static String runs(long... ids) {
        return "{\"workflow_runs\":["
                + java.util.Arrays.stream(ids)
                        .mapToObj(id -> "{\"id\":%d,\"status\":\"queued\",\"html_url\":\"u%d\"}".formatted(id, id))
                        .collect(java.util.stream.Collectors.joining(","))
                + "]}";
    }
}
