package dev.restage.github;

import dev.restage.provider.Address;
import dev.restage.provider.GitHost;
import dev.restage.provider.Variables;
import dev.restage.sandbox.contract.BareRepository;
import dev.restage.sandbox.contract.GitHostContract;
import dev.restage.sandbox.server.GitServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class GitHubContractTest extends GitHostContract {

    @TempDir
    Path folder;

    private GitServer git;
    private GitHubAnswers api;
    private BareRepository server;

    @BeforeEach
    void start() throws IOException {
        git = GitServer.start(folder.resolve("server"));
        server = BareRepository.at(git.createRepository("acme/site"));
        api = new GitHubAnswers().on("GET /repos/acme/site", 200, "{\"full_name\":\"Acme/Site\"}");
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
        Variables variables = Variables.of(Map.of(
                "RESTAGE_HOME", folder.resolve("home").toString(),
                "GITHUB_TOKEN", git.token(),
                "GITHUB_API_URL", api.url(),
                "GITHUB_SERVER_URL", git.url()));
        return (GitHost) new GitHubModule().gitHub(variables).open(Address.of("github:acme/site#" + branch));
    }
}
