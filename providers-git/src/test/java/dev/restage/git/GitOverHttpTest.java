package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Variables;
import dev.restage.provider.code.GitHost;
import dev.restage.sandbox.server.GitServer;
import dev.restage.testkit.BareRepository;
import dev.restage.testkit.GitHostContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitOverHttpTest extends GitHostContract {

    @TempDir
    Path folder;

    private GitServer git;
    private BareRepository server;

    @BeforeEach
    void start() {
        git = GitServer.start(folder.resolve("server"));
        server = BareRepository.at(git.createRepository("acme/site"));
    }

    @AfterEach
    void stop() {
        git.close();
    }

    @Override
    protected BareRepository server() {
        return server;
    }

    @Override
    protected GitHost host(String branch) {
        return host(git.url("acme/site"), branch, git.token());
    }

    private GitHost host(String url, String branch, String password) {
        Variables variables =
                Variables.of(Map.of("RESTAGE_HOME", folder.resolve("home").toString(), "GIT_PASSWORD", password));
        return (GitHost) new GitModule().git(variables, Set.of()).open(Address.of("git:" + url + "#" + branch));
    }

    @Test
    void aWrongPasswordIsDeniedWithoutShowingIt() {
        assertThatThrownBy(() ->
                        host(git.url("acme/site"), "staging", "wrong-pass").identity())
                .hasMessageContaining("GIT_PASSWORD")
                .hasMessageNotContaining("wrong-pass")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.DENIED, ProviderException::kind);
    }

    @Test
    void aMissingRepositoryIsNotFound() {
        assertThatThrownBy(
                        () -> host(git.url("acme/none"), "staging", git.token()).identity())
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }

    @Test
    void spellingsOfOneUrlAreOneRepository() {
        String plain = git.url("acme/site").replaceAll("\\.git$", "");

        assertThat(host(plain, "main", git.token()).identity())
                .isEqualTo(host("main").identity());
    }
}
