package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Variables;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.Rebuild;
import dev.restage.testkit.BareRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRepositoryTest {

    @TempDir
    Path folder;

    private BareRepository server;
    private CommitId main;

    @BeforeEach
    void create() {
        server = BareRepository.create(folder.resolve("server.git"));
        main = server.commit("main", "a.txt", "1\n");
    }

    private GitHost host(String rest) {
        Variables variables =
                Variables.of(Map.of("RESTAGE_HOME", folder.resolve("home").toString()));
        return (GitHost) new GitModule().git(variables, Set.of()).open(Address.of("git:" + rest));
    }

    private GitHost staging() {
        return host(server.directory() + "#staging");
    }

    @Test
    void saysInTheServersWordsWhyAProtectedBranchDoesNotMove() throws IOException {
        Path hook = server.directory().resolve("hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho 'error: GH006: Protected branch update failed' >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> staging().reset(main, null))
                .hasMessageContainingAll("'staging'", "GH006", "pre-receive hook declined", "allow force pushes")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.CONFLICT, ProviderException::kind);
        assertThat(server.head("staging")).isEmpty();
    }

    @Test
    void makesADamagedCloneAgain() throws IOException {
        staging().report("main");
        Path clone;
        try (Stream<Path> entries = Files.list(folder.resolve("home/git"))) {
            clone = entries.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        try (Stream<Path> files = Files.walk(clone.resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        server.branch("open", main);

        assertThat(staging().report("main")).hasSize(1);

        Files.writeString(clone.resolve("config"), "[broken");
        assertThat(staging().report("main")).hasSize(1);
    }

    @Test
    void aReplacedCommitCanBePushedBackAfterTheServerForgotIt() throws IOException {
        CommitId before = server.commit("staging", "b.txt", "1\n");
        staging().reset(main, before);
        String name = before.value();
        Files.delete(server.directory()
                .resolve("objects")
                .resolve(name.substring(0, 2))
                .resolve(name.substring(2)));

        staging().reset(before, main);

        assertThat(server.head("staging")).contains(before);
        assertThat(server.file(before, "b.txt")).contains("1\n");
    }

    @Test
    void severalThreadsMayUseOneRepository() throws Exception {
        CommitId feature = server.commit("feature", "f.txt", "1\n");
        Rebuild rebuild = new Rebuild(
                main, Map.of("feature", feature), "Restage <r@example.org>", Instant.parse("2026-11-01T00:00:00Z"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<CommitId>> made = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> staging().rehearse(rebuild)))
                    .toList();
            for (Future<CommitId> each : made) {
                assertThat(each.get()).isEqualTo(made.get(0).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aBranchMayTakeTheNameOfAFolderOfBranches() {
        server.branch("feature", main);
        staging().report("main");
        server.delete("feature");
        server.branch("feature/x", main);

        assertThat(staging().report("main")).extracting("name").containsExactly("feature/x");
    }

    @Test
    void spellingsOfOnePathAreOneRepository() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.git"), server.directory());

        assertThat(host(link + "#main").identity())
                .isEqualTo(host("file://" + server.directory() + "#main").identity())
                .isNotEqualTo(staging().identity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"git@example.org:o/r.git#main", "ssh://example.org/o/r#main", "https://u:p4ss@example.org/r#main"
            })
    void refusesWhatItCannotReach(String rest) {
        assertThatThrownBy(() -> host(rest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("p4ss");
    }

    @Test
    void anAddressWithoutBranchSaysHowToWriteIt() {
        assertThatThrownBy(() -> host("/srv/repo.git")).hasMessageContaining("git:/srv/repo.git#staging");
    }

    @Test
    void aMissingDirectoryIsNotFound() {
        assertThatThrownBy(() -> host(folder + "/none.git#main").identity())
                .hasMessageContaining("none.git")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }
}
