package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.MediaJournal;
import dev.restage.media.MediaSync;
import dev.restage.provider.Progress;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.model.BucketSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that syncs is killed at random moments. A second run always ends in the same state, and an undo in the first
 * one. More moments with {@code -Drestage.kills=N}, others with {@code -Drestage.seed=N}.
 */
class KilledSyncTest {

    private static final int MOMENTS = Integer.getInteger("restage.kills", 4);
    private static final long SEED = Long.getLong("restage.seed", 4711);
    private static final int LARGE = (int) AwsConfig.FIVE_MIB + 3_500_000;

    private final S3Buckets buckets =
            new S3Buckets(BucketSettings.standard(), BucketSettings.standard().kms("staging-key"));
    private final Random random = new Random(SEED);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void goesOnFromBucketToBucket() throws IOException, InterruptedException {
        goesOn("s3://" + S3Buckets.STAGING);
    }

    @Test
    void goesOnFromBucketToFolder() throws IOException, InterruptedException {
        goesOn("file:" + Files.createDirectory(folder.resolve("files")));
    }

    private void goesOn(String target) throws IOException, InterruptedException {
        Map<String, Integer> production = fillProduction();
        // A file is the same as an object of its size and of the same second.
        Thread.sleep(Duration.ofMillis(1100).toMillis());
        String[] arguments = {
            buckets.server.endpoint().toString(),
            buckets.server.accessKey(),
            buckets.server.secretKey(),
            folder.resolve("journal").toString(),
            "s3://" + S3Buckets.PRODUCTION,
            target
        };
        try (MediaStore from = KilledSync.open(arguments, arguments[4]);
                MediaStore to = KilledSync.open(arguments, target)) {
            long duration = 0;
            for (int i = 0; i <= MOMENTS; i++) {
                fillTarget(to);
                Map<String, Integer> before = contents(to);
                buckets.server.latency(Duration.ofMillis(5));
                if (i > 0) {
                    kill(arguments, random.nextLong(duration));
                    assertThat(contents(to).keySet())
                            .as("all that the source has too, or that is out of scope, is still there")
                            .containsAll(before.keySet().stream()
                                    .filter(key -> production.containsKey(key) || key.startsWith("kept/"))
                                    .toList());
                }
                long begun = System.nanoTime();
                try (MediaJournal journal =
                        MediaJournal.open(folder.resolve("journal"), from.identity(), to.identity())) {
                    KilledSync.sync(from, to, journal).run("r1", KilledSync.STARTED_AT, Progress.NONE);
                    duration = Math.max(duration, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
                    buckets.server.latency(Duration.ZERO);
                    Map<String, Integer> expected = new TreeMap<>(production);
                    before.forEach((key, content) -> {
                        if (key.startsWith("kept/")) {
                            expected.put(key, content);
                        }
                    });
                    Map<String, Integer> after = contents(to);
                    after.keySet().removeIf(key -> key.startsWith("restage-trash/"));
                    assertThat(after).isEqualTo(expected);

                    MediaSync.undo(to, KilledSync.OPTIONS, journal, "r1", KilledSync.STARTED_AT);
                    assertThat(contents(to)).isEqualTo(before);
                }
            }
        }
        assertThat(strayFiles()).isEmpty();
    }

    private Map<String, Integer> fillProduction() {
        for (int i = 0; i < 80; i++) {
            buckets.put(S3Buckets.PRODUCTION, "images/%03d.jpg".formatted(i), "content " + i);
        }
        for (int i = 0; i < 3; i++) {
            byte[] content = new byte[LARGE];
            Arrays.fill(content, (byte) i);
            buckets.server.put(S3Buckets.PRODUCTION, "large/" + i, "video/mp4", content);
        }
        return contents(buckets.production());
    }

    /** Something of everything: same, changed, surplus, and out of scope. */
    private void fillTarget(MediaStore target) {
        List<String> keys = new ArrayList<>();
        target.list("").forEachRemaining(object -> keys.add(object.key()));
        target.delete(keys);
        try (S3Buckets seed = new S3Buckets()) {
            for (int i = 0; i < 60; i++) {
                seed.put(S3Buckets.STAGING, "images/%03d.jpg".formatted(i), (i % 2 == 0 ? "content " : "edited! ") + i);
            }
            for (int i = 0; i < 15; i++) {
                seed.put(S3Buckets.STAGING, "surplus/" + i, "surplus " + i);
                seed.put(S3Buckets.STAGING, "kept/" + i, "kept " + i);
            }
            MediaStore all = seed.staging();
            all.list("").forEachRemaining(object -> target.copy(all, object));
        }
    }

    private void kill(String[] arguments, long afterMillis) throws IOException, InterruptedException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledSync.class.getName());
        Process process = new ProcessBuilder(
                        Stream.concat(command, Stream.of(arguments)).toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo(KilledSync.BEGINS);
            process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Map<String, Integer> contents(MediaStore store) {
        Map<String, Integer> all = new TreeMap<>();
        store.list("").forEachRemaining(object -> all.put(object.key(), hash(store, object)));
        return all;
    }

    private static int hash(MediaStore store, MediaObject object) {
        try (MediaContent content = store.open(object)) {
            return Arrays.hashCode(content.stream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a folder must not keep of runs that were killed. */
    private Stream<Path> strayFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith(".restage-"))
                    .filter(file -> !file.endsWith(".restage-lock"))
                    .toList()
                    .stream();
        }
    }
}
