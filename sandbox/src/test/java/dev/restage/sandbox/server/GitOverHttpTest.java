package dev.restage.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Git's protocol at the level of requests. */
class GitOverHttpTest {

    private static final String REFS = "/acme/site.git/info/refs?service=";

    @TempDir
    private Path temporary;

    private GitServer server;

    @BeforeEach
    void start() {
        server = GitServer.start(temporary.resolve("git"));
        server.createRepository("acme/site");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/acme/site.git/info/refs?service=git-upload-pack, 200",
        "/acme/site/info/refs?service=git-receive-pack, 200",
        "/acme/site.git/info/refs?service=git-other, 403",
        "/acme/site.git/info/refs, 403",
        "/acme/nope.git/info/refs?service=git-upload-pack, 404",
        "/acme/site.git/HEAD, 404",
        "/acme/site.git, 404",
        "/site.git/info/refs?service=git-upload-pack, 404",
        "/, 404"
    })
    void servesRepositoriesByTheirNamesAndNothingElse(String path, int status) throws Exception {
        assertThat(get(path, server.token()).statusCode()).isEqualTo(status);
    }

    @Test
    void namesItsServiceAndTheRefsOfARepository() throws Exception {
        HttpResponse<String> refs = get(REFS + "git-upload-pack", server.token());

        assertThat(refs.headers().firstValue("Content-Type")).contains("application/x-git-upload-pack-advertisement");
        assertThat(refs.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(refs.body()).startsWith("001e# service=git-upload-pack\n0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer t", "Basic !", "Basic eDp5", "Basic eDo="})
    void whoHasNotTheTokenIsAskedForAPassword(String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + REFS + "git-upload-pack"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }

        HttpResponse<String> refused = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"sandbox git\"");
    }

    @Test
    void nothingBesideItsFolderIsServed() throws Exception {
        Git.init()
                .setBare(true)
                .setDirectory(temporary.resolve("other.git").toFile())
                .call()
                .close();

        assertThat(get("/../other.git/info/refs?service=git-upload-pack", server.token())
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "a/b/c", "../other", "acme/..", "./site", "acme/a b", ""})
    void aRepositoryIsAnOwnerAndAName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.createRepository(name))
                .withMessage("not owner/name: " + name);
        assertThat(Files.exists(temporary.resolve("other.git"))).isFalse();
    }

    @Test
    void saysWhichRepositoriesThereAre() {
        assertThat(server.hasRepository("acme/site")).isTrue();
        assertThat(server.hasRepository("acme/.github")).isFalse();
        assertThat(server.createRepository("acme/.github")).isEqualTo(server.repositoryDirectory("acme/.github"));
        assertThat(server.hasRepository("acme/.github")).isTrue();
        assertThat(server.url("acme/site"))
                .isEqualTo(server.url() + "/acme/site.git")
                .doesNotContain(server.token());
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        String login = Base64.getEncoder().encodeToString(("x:" + token).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Basic " + login)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
