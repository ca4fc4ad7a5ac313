package dev.restage.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Restage;
import dev.restage.git.GitModule;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Variables;
import dev.restage.provider.code.CiServer;
import dev.restage.provider.code.CiState;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.WorkflowRun;
import dev.restage.sandbox.server.GitServer;
import dev.restage.sandbox.vendor.github.GitHubStandIn;
import dev.restage.sandbox.vendor.github.WorkflowHook;
import dev.restage.testkit.BareRepository;
import dev.restage.testkit.GitHostContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubContractTest extends GitHostContract {

    @TempDir
    Path folder;

    private GitServer git;
    private GitHubStandIn api;
    private BareRepository server;

    @BeforeEach
    void start() {
        git = GitServer.start(folder.resolve("server"));
        server = BareRepository.at(git.createRepository("acme/site"));
        api = new GitHubStandIn(git.token());
        api.addRepository("acme/site", server.directory());
        git.addPushListener(api);
    }

    @AfterEach
    void stop() {
        api.close();
        git.close();
    }

    @Override
    protected BareRepository server() {
        return server;
    }

    @Override
    protected GitHost host(String branch) {
        return (GitHost)
                new GitHubModule().gitHub(Variables.of(variables())).open(Address.of("github:acme/site#" + branch));
    }

    private Map<String, String> variables() {
        return Map.of(
                "RESTAGE_HOME", folder.resolve("home").toString(),
                "GITHUB_TOKEN", git.token(),
                "GITHUB_API_URL", api.endpoint().toString(),
                "GITHUB_SERVER_URL", git.url());
    }

    @Test
    void theUrlOfTheRepositoryNamesTheSameThing() {
        try (Restage restage = Restage.builder()
                .variables(variables())
                .module(new GitModule())
                .module(new GitHubModule())
                .build()) {
            GitHost byUrl = restage.open("git:" + git.url("acme/site") + "#main", GitHost.class);

            assertThat(byUrl.identity())
                    .isEqualTo(host("main").identity())
                    .isNotEqualTo(host("staging").identity());
            assertThat(byUrl.head("main")).isEqualTo(host("main").head("main"));
        }
    }

    @Test
    void aWorkflowRunsToItsEndAndItsLogComesBack() {
        server.commit("main", ".github/workflows/deploy.yml", """
                on:
                  workflow_dispatch:
                    inputs:
                      environment:
                        required: true
                """);
        api.onDispatch((workflow, inputs) ->
                new WorkflowHook.Outcome("failure", "deploying to " + inputs.get("environment") + " broke\n"));
        CiServer ci = (CiServer) host("main");

        WorkflowRun started = ci.dispatch("deploy.yml", "main", Map.of("environment", "staging"));
        WorkflowRun ended = ci.await(started.id(), Duration.ofSeconds(30));

        assertThat(ended.state()).isEqualTo(WorkflowRun.State.FAILED);
        assertThat(ended.log()).contains("deploying to staging broke");
        assertThatThrownBy(() -> ci.dispatch("deploy.yml", "main", Map.of())).hasMessageContaining("environment");
        assertThatThrownBy(() -> ci.dispatch("none.yml", "main", Map.of()))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }

    @Test
    void aCommitThatNobodyChecksHasNoState() {
        CommitId commit = server.commit("main", "a.txt", "1\n");

        assertThat(((CiServer) host("main")).state(commit).verdict()).isEqualTo(CiState.Verdict.NONE);
    }
}
