package dev.restage.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools that people sync with today, where they are installed: they know S3 by other code than ours and Amazon's SDK. */
class OtherToolsTest {

    /** What a folder can hold too. */
    private static final List<String> KEYS = List.of(
            "a", "a b+c%20#;&=.jpg", "a!x", "b/c.jpg", "emoji \uD83D\uDE00.jpg", "quote'<&>.jpg", "\u00e9/\uFF5E.jpg");

    private static final byte[] LARGE = new byte[9 << 20];

    private final S3Server server = S3Server.start();

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() {
        server.createBucket("production");
        server.createBucket("staging");
        for (String key : KEYS) {
            server.put("production", key, "image/jpeg", ("content of " + key).getBytes(StandardCharsets.UTF_8));
        }
        server.put("production", "large.bin", "image/jpeg", LARGE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesTheCommandLineOfAmazon() throws Exception {
        needs("aws");
        String endpoint = server.endpoint().toString();

        run("aws", "--endpoint-url", endpoint, "s3", "sync", "s3://production", "s3://staging");
        assertSame();
        run("aws", "--endpoint-url", endpoint, "s3", "rm", "--recursive", "s3://staging");
        assertThat(server.keys("staging")).isEmpty();
        run(
                "aws",
                "--endpoint-url",
                endpoint,
                "s3",
                "sync",
                "s3://production",
                folder.resolve("down").toString());
        run(
                "aws",
                "--endpoint-url",
                endpoint,
                "s3",
                "sync",
                folder.resolve("down").toString(),
                "s3://staging");
        assertThat(server.keys("staging")).isEqualTo(server.keys("production"));
        assertThat(server.get("staging", "large.bin"))
                .hasValueSatisfying(found -> assertThat(found).isEqualTo(LARGE));
    }

    @Test
    void takesAnAwkwardKeyFromTheCommandLineOfAmazon() throws Exception {
        needs("aws");
        String key = "//lead/../a//b c+d%20#\u007f\u00e9\uD83D\uDE00";
        String copy = "/copy of " + key;
        String source = "staging/" + key;
        Path sent = Files.writeString(folder.resolve("sent"), "content");
        Path received = folder.resolve("received");

        api(
                "put-object",
                "--bucket",
                "staging",
                "--key",
                key,
                "--body",
                sent.toString(),
                "--content-type",
                "image/png");
        api("copy-object", "--copy-source", source, "--bucket", "staging", "--key", copy);
        api("get-object", "--bucket", "staging", "--key", copy, received.toString());
        assertThat(received).hasContent("content");
        assertThat(server.headers("staging", copy)).containsEntry("content-type", "image/png");
        String listing = api("list-objects-v2", "--bucket", "staging", "--query", "Contents[].Key", "--output", "text");
        assertThat(listing.strip()).isEqualTo(key + "\t" + copy);
        api("delete-object", "--bucket", "staging", "--key", key);
        assertThat(server.keys("staging")).containsExactly(copy);
    }

    @Test
    void servesRclone() throws Exception {
        needs("rclone");
        Path config = Files.writeString(folder.resolve("rclone.conf"), """
                [s]
                type = s3
                provider = Other
                access_key_id = %s
                secret_access_key = %s
                endpoint = %s
                region = us-east-1
                """.formatted(
                        server.accessKey(), server.secretKey(), server.endpoint()));
        List<String> rclone = List.of("rclone", "--config", config.toString(), "--retries", "1", "--checksum");

        run(with(rclone, "sync", "s:production", "s:staging"));
        assertSame();
        run(with(rclone, "check", "s:production", "s:staging"));
        run(with(rclone, "sync", "s:production", folder.resolve("down").toString()));
        run(with(rclone, "delete", "s:staging"));
        assertThat(server.keys("staging")).isEmpty();
        run(with(rclone, "sync", folder.resolve("down").toString(), "s:staging"));
        assertThat(server.keys("staging")).isEqualTo(server.keys("production"));
    }

    private void assertSame() {
        assertThat(server.keys("staging")).isEqualTo(server.keys("production"));
        for (String key : server.keys("production")) {
            assertThat(server.get("staging", key).orElseThrow())
                    .as(key)
                    .isEqualTo(server.get("production", key).orElseThrow());
        }
        // Not the large one's: the command line of Amazon copies it in parts, and its version 1 loses the type then.
        for (String key : KEYS) {
            assertThat(server.headers("staging", key)).containsEntry("content-type", "image/jpeg");
        }
    }

    private String api(String... arguments) throws IOException, InterruptedException {
        List<String> aws = List.of("aws", "--endpoint-url", server.endpoint().toString(), "s3api");
        run(with(aws, arguments));
        return Files.readString(folder.resolve("output"));
    }

    private void run(String... command) throws IOException, InterruptedException {
        run(List.of(command));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.put("AWS_ACCESS_KEY_ID", server.accessKey());
        environment.put("AWS_SECRET_ACCESS_KEY", server.secretKey());
        environment.put("AWS_DEFAULT_REGION", "us-east-1");
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("NO_PROXY", "127.0.0.1");
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(ended).as("%s ended: %s", command, text).isTrue();
        assertThat(process.exitValue()).as("%s said %s", command, text).isZero();
    }

    private static void needs(String program) {
        StringTokenizer directories = new StringTokenizer(System.getenv().getOrDefault("PATH", ""), ":");
        boolean found = false;
        while (directories.hasMoreTokens() && !found) {
            found = Files.isExecutable(Path.of(directories.nextToken(), program));
        }
        if (!found) {
            System.out.println("skipped: " + program + " is not on the path");
        }
        Assumptions.assumeTrue(found, program + " is not on the path");
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }
}
