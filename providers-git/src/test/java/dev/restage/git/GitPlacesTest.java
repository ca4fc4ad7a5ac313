package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Variables;
import dev.restage.provider.code.GitHost;
import dev.restage.sandbox.server.GitServer;
import dev.restage.testkit.BareRepository;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One repository that is reached at two places, and two that look like one. */
class GitPlacesTest {

    @TempDir
    private Path folder;

    @AutoClose
    private GitServer server;

    private Path bare;

    @BeforeEach
    void start() {
        server = GitServer.start(folder.resolve("served"));
        bare = server.createRepository("acme/site");
        BareRepository.at(bare).commit("main", "a.txt", "a");
    }

    @Test
    void aFolderIsTheRepositoryThatThisMachineServesAtAUrl() {
        GitHost byPath = host("git:" + bare + "#main");
        GitHost byUrl = host("git:" + server.url("acme/site").replace("127.0.0.1", "localhost") + "#main");

        assertThat(byPath.mayBe(byUrl)).isTrue();
        assertThat(byUrl.mayBe(byPath)).isTrue();
        assertThat(byUrl.mayBe(host("git:file:" + bare + "#main"))).isTrue();
        assertThat(byUrl.mayBe(host("git:" + bare + "#staging"))).isFalse();
    }

    @Test
    void aForkIsAnotherRepositoryOnceItWasPushedTo() throws GitAPIException {
        Path fork = fork(folder.resolve("staging/site.git"));
        GitHost served = host("git:" + server.url("acme/site") + "#main");
        assertThat(served.mayBe(host("git:" + fork + "#main"))).isTrue();

        BareRepository.at(fork).commit("staging", "b.txt", "b");

        assertThat(served.mayBe(host("git:" + fork + "#main"))).isFalse();
        assertThat(host("git:" + fork + "#main").mayBe(served)).isFalse();
    }

    @Test
    void aForkOfThisMachineUnderAnotherNameOrPathIsAnotherRepository() throws GitAPIException {
        Path renamed = fork(folder.resolve("site-staging.git"));
        Path moved = fork(folder.resolve("elsewhere/site.git"));
        fork(folder.resolve("served/staging/site.git"));

        assertThat(host("git:" + renamed + "#main").mayBe(host("git:" + server.url("acme/site") + "#main")))
                .isFalse();
        assertThat(host("git:" + moved + "#main").mayBe(host("git:" + bare + "#main")))
                .isFalse();
        assertThat(host("git:" + server.url("staging/site") + "#main")
                        .mayBe(host("git:" + server.url("acme/site") + "#main")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.0.2.7/acme/site.git, http://3221225991/acme/site, true",
        "http://192.0.2.7:3000/acme/site.git, https://192.0.2.7/Acme/site/, true",
        "http://localhost:3000/acme/site.git, http://127.0.0.1:8080/acme/site, true",
        "http://192.0.2.7/acme/site.git, http://192.0.2.8/acme/site.git, false",
        "http://192.0.2.7/acme/site.git, http://192.0.2.7/staging/site.git, false",
        "http://192.0.2.7/acme/site.git, /srv/git/acme/site.git, false"
    })
    void twoUrlsCanBeOfOneRepositoryIfServerAndPathAreOne(String one, String other, boolean same) {
        assertThat(GitLocation.of(one).mayBe(GitLocation.of(other))).isEqualTo(same);
        assertThat(GitLocation.of(other).mayBe(GitLocation.of(one))).isEqualTo(same);
    }

    @Test
    void aPlanIsRefusedThatWritesProductionsBranchByItsFolder() {
        String url = "git:" + server.url("acme/site") + "#main";
        String path = "git:" + bare + "#main";
        ResetPlan plan = ResetPlan.builder(
                        "test",
                        Environment.production("production").code(url).build(),
                        Environment.staging("staging").code(path).build())
                .add("move", Step.of("move", context -> {}).writing(Address.of(path)))
                .build();
        try (Restage restage = Restage.builder().variables(variables()).build()) {
            assertThatThrownBy(() -> restage.preview(plan))
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("looks like the same thing as " + url + " of production");
        }
    }

    private Path fork(Path to) throws GitAPIException {
        try (Git git = Git.cloneRepository()
                .setURI(bare.toUri().toString())
                .setDirectory(to.toFile())
                .setMirror(true)
                .setBare(true)
                .call()) {
            return git.getRepository().getDirectory().toPath();
        }
    }

    private GitHost host(String address) {
        return (GitHost)
                new GitModule().git(Variables.of(variables()), Set.of()).open(Address.of(address));
    }

    private Map<String, String> variables() {
        return Map.of("RESTAGE_HOME", folder.resolve("home").toString(), "GIT_PASSWORD", server.token());
    }
}
