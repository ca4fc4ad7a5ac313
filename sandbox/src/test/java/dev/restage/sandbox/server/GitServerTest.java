package dev.restage.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class GitServerTest {

    @AutoClose
    private final GitServer server = GitServer.start();

    @TempDir
    private Path temporary;

    @Test
    void aPushArrivesAndIsTold() throws Exception {
        server.createRepository("acme/site");
        List<String> told = new ArrayList<>();
        server.addPushListener((repository, ref, id) -> told.add(repository + " " + ref + " " + id));

        try (Git git = clone(server.token())) {
            RevCommit commit = commit(git);
            git.push()
                    .add("HEAD:refs/heads/main")
                    .setCredentialsProvider(credentials(server.token()))
                    .call();

            assertThat(told).containsExactly("acme/site refs/heads/main " + commit.name());
        }
    }

    @Test
    void withoutTheTokenNothingIsServed() {
        server.createRepository("acme/site");

        assertThatThrownBy(() -> clone("wrong").close()).hasMessageContaining("not authorized");
    }

    @Test
    @EnabledIf("gitIsInstalled")
    void theGitProgramClonesAndPushes() throws Exception {
        server.createRepository("acme/site");
        Path work = temporary.resolve("work");
        String url = server.url("acme/site").replace("http://", "http://me:" + server.token() + "@");

        run(temporary, "git", "clone", "-q", url, work.toString());
        // Large enough that git sends it in chunks.
        byte[] noise = new byte[3_000_000];
        new Random(1).nextBytes(noise);
        Files.write(work.resolve("noise"), noise);
        run(work, "git", "add", ".");
        run(work, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Noise");
        run(work, "git", "push", "-q", "origin", "HEAD:main");
        run(temporary, "git", "clone", "-q", url, "again");

        assertThat(temporary.resolve("again/noise")).hasBinaryContent(noise);
    }

    static boolean gitIsInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/git"));
    }

    private Git clone(String token) throws Exception {
        return Git.cloneRepository()
                .setURI(server.url("acme/site"))
                .setDirectory(temporary.resolve("clone").toFile())
                .setCredentialsProvider(credentials(token))
                .call();
    }

    private static RevCommit commit(Git git) throws Exception {
        return git.commit()
                .setAllowEmpty(true)
                .setSign(false)
                .setAuthor("a", "a@example.org")
                .setCommitter("a", "a@example.org")
                .setMessage("First")
                .call();
    }

    private static UsernamePasswordCredentialsProvider credentials(String token) {
        return new UsernamePasswordCredentialsProvider("x-access-token", token);
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
