package dev.restage.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

class ServeS3Test {

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;

    ServeS3Test() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServeS3.class.getName(),
                        "fill=production,20,10",
                        "fill=staging,20,10",
                        "change=staging,2",
                        "extra=staging,3,5")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void servesFilledBucketsUntilItsInputEnds() throws Exception {
        List<String> start = until("ready");
        String secret = value(start, "secretKey=");
        try (S3Client client = Clients.of(URI.create(value(start, "endpoint=")), value(start, "accessKey="), secret)) {
            Map<String, String> production = etags(client, "production");
            Map<String, String> staging = etags(client, "staging");

            assertThat(production).hasSize(20);
            assertThat(staging).hasSize(23).containsKeys(production.keySet().toArray(String[]::new));
            assertThat(production.entrySet().stream()
                            .filter(object -> !object.getValue().equals(staging.get(object.getKey()))))
                    .hasSize(2);
        }
        commands.println("requests");
        assertThat(until("ok")).contains("LIST_OBJECTS_V2=2");
        commands.println("nonsense");
        assertThat(answers.readLine()).isEqualTo("error there is no command nonsense");
        commands.close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private List<String> until(String last) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = answers.readLine(); line != null && !line.equals(last); line = answers.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow()
                .substring(name.length());
    }

    private static Map<String, String> etags(S3Client client, String bucket) {
        Map<String, String> etags = new TreeMap<>();
        for (S3Object object : client.listObjectsV2(list -> list.bucket(bucket)).contents()) {
            etags.put(object.key(), object.eTag());
        }
        return etags;
    }
}
