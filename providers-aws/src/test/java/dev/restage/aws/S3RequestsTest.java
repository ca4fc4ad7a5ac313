package dev.restage.aws;

import static dev.restage.aws.S3Buckets.MIRROR;
import static dev.restage.aws.S3Buckets.PRODUCTION;
import static dev.restage.aws.S3Buckets.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.MediaJournal;
import dev.restage.media.MediaSync;
import dev.restage.media.folder.FolderModule;
import dev.restage.provider.Progress;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Operation;
import dev.restage.sandbox.s3.model.SimulatedObjects;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sync asks S3 for, which is what it costs. */
class S3RequestsTest {

    private final S3Buckets buckets = new S3Buckets();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void findsNothingToDoByListingAlone() {
        SimulatedObjects objects = new SimulatedObjects(100_000, "images/%07d.jpg"::formatted, "image/jpeg", "pixels");
        buckets.server.simulate(PRODUCTION, objects);
        buckets.server.simulate(STAGING, objects);
        MediaStore source = buckets.production();
        MediaStore target = buckets.staging();
        try (MediaJournal journal = MediaJournal.open(folder, source.identity(), target.identity())) {
            MediaSync sync = MediaSync.between(source, target, MIRROR).journal(journal);

            assertThat(buckets.requests(() -> sync.run(Progress.NONE)))
                    .isEqualTo(Map.of(S3Operation.LIST_OBJECTS_V2, 200L));
            // Divided into twenty ranges, each of which ends where a page ends.
            assertThat(buckets.requests(() -> sync.run(Progress.NONE)))
                    .isEqualTo(Map.of(S3Operation.LIST_OBJECTS_V2, 200L));
        }
    }

    @Test
    void asksOnceForEachChangeAndOnceForAThousandDeletions() {
        fill(3000);
        for (int i = 0; i < 100; i++) {
            buckets.put(PRODUCTION, "images/%05d.jpg".formatted(i * 7), "changed " + i);
        }
        for (int i = 0; i < 1500; i++) {
            buckets.put(STAGING, "images/%05d-staging.jpg".formatted(i), "surplus");
        }

        assertThat(buckets.requests(() -> buckets.sync(MIRROR)))
                .isEqualTo(Map.of(
                        S3Operation.LIST_OBJECTS_V2, 3L + 5L,
                        S3Operation.COPY_OBJECT, 100L,
                        S3Operation.DELETE_OBJECTS, 2L));
        assertThat(buckets.server.keys(STAGING)).isEqualTo(buckets.server.keys(PRODUCTION));
    }

    @Test
    void doesNotListWhatIsExcluded() {
        for (String bucket : new String[] {PRODUCTION, STAGING}) {
            fill(bucket, "documents/", 200);
            fill(bucket, "images/", 4000);
            fill(bucket, "original_images/", 2000);
        }

        assertThat(buckets.requests(
                        () -> buckets.sync(MIRROR.toBuilder().exclude("images/").build())))
                .isEqualTo(Map.of(S3Operation.LIST_OBJECTS_V2, 2L * (1 + 2)));
        assertThat(buckets.requests(() -> buckets.sync(
                        MIRROR.toBuilder().include("original_images/").build())))
                .isEqualTo(Map.of(S3Operation.LIST_OBJECTS_V2, 2L * 2));
    }

    @Test
    void downloadsWithOneRequestForEachFile() {
        fill(PRODUCTION, "images/", 50);
        MediaStore source = buckets.production();
        MediaStore target = Stores.open(new FolderModule(), Map.of(), "file:" + folder);

        MediaSync sync = MediaSync.between(source, target, MIRROR);
        assertThat(buckets.requests(() -> sync.run(Progress.NONE)).get(S3Operation.GET_OBJECT))
                .isEqualTo(50);
        assertThat(buckets.requests(() -> sync.run(Progress.NONE)).keySet())
                .containsExactly(S3Operation.LIST_OBJECTS_V2);
    }

    private void fill(int objects) {
        fill(PRODUCTION, "images/", objects);
        fill(STAGING, "images/", objects);
    }

    private void fill(String bucket, String prefix, int objects) {
        for (int i = 0; i < objects; i++) {
            buckets.put(bucket, prefix + "%05d.jpg".formatted(i), "content " + i);
        }
    }
}
