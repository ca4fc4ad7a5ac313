package dev.restage.aws;

import static dev.restage.aws.S3Buckets.MIRROR;
import static dev.restage.aws.S3Buckets.PRODUCTION;
import static dev.restage.aws.S3Buckets.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Restage;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.run.Receipt;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.Grant;
import dev.restage.sandbox.s3.model.S3Key;
import dev.restage.step.media.SyncMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told before media are copied, and afterwards. */
class SyncPlanTest {

    private static final MediaSyncOptions WITH_ACL =
            MIRROR.toBuilder().keep(MediaAttribute.ACL).build();

    @TempDir
    private Path folder;

    private S3Buckets buckets = new S3Buckets();

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void copiesFoldersOfAConsoleFromBucketToBucket() {
        buckets.put(PRODUCTION, "images/", "");
        buckets.put(PRODUCTION, "images/empty/", "");
        buckets.put(PRODUCTION, "images/empty.jpg", "");
        buckets.put(STAGING, "old/", "");

        assertThat(buckets.sync(MIRROR).copiedObjects()).isEqualTo(3);

        assertThat(buckets.server.keys(STAGING)).containsExactly("images/", "images/empty.jpg", "images/empty/");
        assertThat(MediaSync.between(buckets.production(), buckets.staging(), MIRROR)
                        .compare()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void saysThatAFolderHoldsNoFoldersOfAConsole() {
        buckets.put(PRODUCTION, "images/", "");
        buckets.put(PRODUCTION, "images/empty/", "");
        buckets.put(PRODUCTION, "images/a.jpg", "1");

        try (Restage restage = restage()) {
            PlanPreview preview = restage.preview(toFolder("", MIRROR));
            Receipt receipt = restage.run(preview);

            assertThat(preview.toString()).contains("2 objects of s3://production only show a folder", "images/:");
            assertThat(receipt.toString()).contains("folders.left-out");
        }
        assertThat(folder.resolve("media/images/a.jpg")).hasContent("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?names=fail"})
    void saysHowManyKeysAreRefusedAndWhereAllOfThemAre(String names) throws IOException {
        for (int i = 0; i < 12; i++) {
            buckets.put(PRODUCTION, "n" + i, "file");
            buckets.put(PRODUCTION, "n" + i + "/below", "and directory");
        }

        try (Restage restage = restage()) {
            assertThatThrownBy(() -> restage.preview(toFolder(names, MIRROR)))
                    .hasMessageContaining("12 objects of")
                    .hasMessageContaining("with names=skip in the address of the target")
                    .hasMessageContaining("and 7 more, all in " + folder);
        }

        try (Stream<Path> files = Files.walk(folder)) {
            Path list = files.filter(file -> file.toString().endsWith(".refused.txt"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readAllLines(list)).hasSize(12).anyMatch(line -> line.startsWith("\"n11/below\": "));
        }
    }

    /** The one that is there was of a run before the keys were mended. */
    @Test
    void leavesNoListOfKeysThatAreRefusedNoMore() throws IOException {
        for (int i = 0; i < 7; i++) {
            buckets.put(PRODUCTION, "../" + i, "outside");
        }
        buckets.put(PRODUCTION, "a.jpg", "1");
        try (Restage restage = restage()) {
            assertThat(restage.preview(toFolder("?names=skip", MIRROR)).toString())
                    .contains("and 2 more, all in ");
            for (int i = 0; i < 7; i++) {
                buckets.server.delete(PRODUCTION, "../" + i);
            }

            assertThat(restage.preview(toFolder("?names=skip", MIRROR)).toString())
                    .doesNotContain("more, all in");
        }

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".refused.txt"));
        }
    }

    @Test
    void refusesInThePreviewToKeepListsWhereTheTargetTakesNone() {
        buckets.close();
        buckets = new S3Buckets(
                BucketSettings.standard(), BucketSettings.standard().enforcingOwner());
        buckets.put(PRODUCTION, "a", "1");

        try (Restage restage = restage()) {
            assertThatThrownBy(() -> restage.preview(toBucket("", WITH_ACL)))
                    .hasMessageContaining("takes no access lists")
                    .hasMessageContaining("leave ACL out of what is kept");
        }
    }

    @Test
    void refusesInThePreviewToKeepListsOfWhatPassesThrough() {
        buckets.put(PRODUCTION, "a", "1");
        String otherKey = "?keyVariable=OTHER&secretVariable=OTHER_SECRET";

        try (Restage restage = restage()) {
            assertThatThrownBy(() -> restage.preview(toBucket(otherKey, WITH_ACL)))
                    .hasMessageContaining("one key must read the source and write the target");
        }
    }

    @Test
    void keepsListsWithoutAWordBetweenBucketsOfOneOwner() {
        buckets.put(PRODUCTION, "a", "1");

        try (Restage restage = restage()) {
            assertThat(restage.preview(toBucket("", WITH_ACL)).toString()).doesNotContain("belong to");
        }
        assertThat(buckets.staging().terms(buckets.production(), MediaAttribute.USUAL))
                .isEmpty();
    }

    @Test
    void copiesNothingWithoutTheListThatItShouldHave() {
        buckets.close();
        buckets = new S3Buckets(
                BucketSettings.standard(), BucketSettings.standard().enforcingOwner());
        buckets.server.put(PRODUCTION, "a", new byte[1], Map.of("x-amz-acl", "public-read", "content-type", "x/y"));

        for (int run = 0; run < 2; run++) {
            assertThatThrownBy(() -> buckets.sync(WITH_ACL))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("leave ACL out of what is kept");
            assertThat(buckets.server.keys(STAGING)).isEmpty();
        }
    }

    private ResetPlan toFolder(String names, MediaSyncOptions options) {
        Path media = folder.resolve("media");
        try {
            Files.createDirectories(media);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return plan("file:" + media + names, options);
    }

    private static ResetPlan toBucket(String parameters, MediaSyncOptions options) {
        return plan("s3://" + STAGING + parameters, options);
    }

    private static ResetPlan plan(String target, MediaSyncOptions options) {
        String source = "s3://" + PRODUCTION;
        return ResetPlan.builder(
                        "media",
                        Environment.production("production").media(source).build(),
                        Environment.local("laptop").media(target).build())
                .add("step", new SyncMedia(Address.of(source), Address.of(target), options))
                .build();
    }

    private Restage restage() {
        Map<String, String> variables = new HashMap<>(Stores.variables(buckets.server));
        variables.put("RESTAGE_HOME", folder.resolve("home").toString());
        S3Key other = buckets.server.newKey("other", Grant.read(STAGING), Grant.write(STAGING));
        variables.put("OTHER", other.id());
        variables.put("OTHER_SECRET", other.secret().reveal());
        return Restage.builder().variables(variables).build();
    }
}
