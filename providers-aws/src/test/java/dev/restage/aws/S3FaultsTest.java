package dev.restage.aws;

import static dev.restage.aws.S3Buckets.MIRROR;
import static dev.restage.aws.S3Buckets.PRODUCTION;
import static dev.restage.aws.S3Buckets.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncResult;
import dev.restage.media.folder.FolderModule;
import dev.restage.provider.Progress;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Operation;
import dev.restage.sandbox.s3.Strike;
import dev.restage.sandbox.s3.model.BucketSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync while S3 misbehaves: it ends as if nothing had been, or says what happened and deletes nothing. */
class S3FaultsTest {

    private final S3Buckets buckets = new S3Buckets();

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void takesAPageThatWasCutForNoPage() {
        fill(3500);
        buckets.put(STAGING, "z", "surplus");
        buckets.server.faults().cut(Strike.next(2, S3Operation.LIST_OBJECTS_V2).in(PRODUCTION), 5000);

        sync();

        assertEqual();
    }

    @Test
    void deletesNothingWhenAPageStaysCut() {
        fill(1500);
        MediaSync.between(buckets.production(), buckets.staging(), MIRROR).run(Progress.NONE);
        buckets.put(STAGING, "z", "surplus");
        buckets.server
                .faults()
                .rewrite(
                        Strike.always(S3Operation.LIST_OBJECTS_V2).in(PRODUCTION),
                        // Well-formed, but with half of its keys missing.
                        page -> page.replaceFirst("(?s)(<Contents>.*?</Contents>){300}", ""));

        assertThatThrownBy(this::sync).hasMessageContaining("it was cut short on the way");
        assertThat(buckets.server.keys(STAGING)).hasSize(1501).contains("z");
    }

    @Test
    void deletesNothingWhenAListingIsOutOfOrder() {
        fill(1500);
        buckets.put(STAGING, "z", "surplus");
        for (String bucket : new String[] {PRODUCTION, STAGING}) {
            buckets.server.faults().clear();
            buckets.server
                    .faults()
                    .unsortedListing(Strike.always(S3Operation.LIST_OBJECTS_V2).in(bucket));

            assertThatThrownBy(this::sync).hasMessageContaining("does not list its keys in the order");
            assertThat(buckets.server.keys(STAGING)).contains("z");
        }
    }

    @Test
    void deletesNothingWhenTheSourceLooksEmpty() {
        fill(10);
        buckets.put(STAGING, "z", "surplus");
        buckets.server
                .faults()
                .emptyListing(Strike.always(S3Operation.LIST_OBJECTS_V2).in(PRODUCTION));

        assertThatThrownBy(this::sync).hasMessageContaining("the source has no objects in scope");
        assertThat(buckets.server.keys(STAGING)).containsExactly("z");
    }

    @Test
    void goesOnSlowlyWhenAskedTo() {
        fill(300);
        buckets.server.faults().slowDown(Strike.every(4));

        sync();

        assertEqual();
    }

    @Test
    void copiesAgainWhatFailedInsideAGoodAnswer() {
        fill(40);
        buckets.server.faults().errorInside(Strike.every(5, S3Operation.COPY_OBJECT));

        sync();

        assertEqual();
    }

    @Test
    void copiesAgainWhatSucceededWithoutAnAnswer() {
        fill(40);
        buckets.server.faults().dropAfterSuccess(Strike.every(7, S3Operation.COPY_OBJECT, S3Operation.DELETE_OBJECTS));
        buckets.put(STAGING, "z", "surplus");

        sync();

        assertEqual();
    }

    @Test
    void readsOnWhereAStreamBroke() {
        buckets.server.put(PRODUCTION, "large", "image/jpeg", new byte[9 << 20]);
        fill(20);
        buckets.server.faults().cut(Strike.every(3, S3Operation.GET_OBJECT), 4);

        MediaSync.between(new Foreign(buckets.production()), buckets.staging(), MIRROR)
                .run(Progress.NONE);

        assertEqual();
    }

    @Test
    void readsAgainWhatDidNotArriveAsItIsStored(@TempDir Path folder) {
        fill(20);
        MediaStore files = Stores.open(new FolderModule(), Map.of(), "file:" + folder);
        for (MediaStore target : new MediaStore[] {buckets.staging(), files}) {
            buckets.server.faults().clear();
            buckets.server.faults().rewrite(Strike.every(3, S3Operation.GET_OBJECT), body -> body.replace('c', 'k'));

            MediaSync.between(new Foreign(buckets.production()), target, MIRROR).run(Progress.NONE);
        }
        buckets.server.faults().clear();
        assertEqual();
        MediaSync.between(files, buckets.open("s3://" + STAGING + "/back"), MIRROR)
                .run(Progress.NONE);
        assertThat(buckets.get(STAGING, "back/" + key(7))).isEqualTo("content 7");
    }

    @Test
    void takesTheSourceAsItIsWhenAnObjectIsCopied() {
        fill(60);
        for (int i = 0; i < 10; i++) {
            buckets.put(STAGING, key(i), "old");
        }
        AtomicInteger copies = new AtomicInteger();
        buckets.server.faults().before(Strike.always(S3Operation.COPY_OBJECT), call -> {
            int number = copies.getAndIncrement();
            if (number % 6 == 0) {
                buckets.put(PRODUCTION, call.key(), "changed " + number);
            } else if (number % 6 == 3) {
                buckets.server.delete(PRODUCTION, call.key());
            }
        });

        MediaSyncResult result = sync();

        assertThat(result.goneObjects()).isPositive();
        assertEqual();
    }

    @Test
    void saysWhatCouldNotBeDeleted() {
        fill(10);
        buckets.put(STAGING, "y", "surplus");
        buckets.put(STAGING, "z", "surplus");
        buckets.server
                .faults()
                .refuseDeletion(Strike.always(S3Operation.DELETE_OBJECTS).key("y"::equals), "AccessDenied");

        assertThatThrownBy(this::sync)
                .hasMessageContaining("1 of 2 surplus objects")
                .hasMessageContaining("y: AccessDenied");
        assertThat(buckets.server.keys(STAGING)).contains("y").doesNotContain("z");
    }

    @Test
    void leavesNoPartsBehindWhenOneFails() {
        buckets.server.put(PRODUCTION, "a", "image/jpeg", new byte[3 * (int) AwsConfig.FIVE_MIB]);
        MediaStore source = buckets.open("s3://" + PRODUCTION, AwsConfig.FIVE_MIB, null);
        MediaStore target = buckets.open("s3://" + STAGING, AwsConfig.FIVE_MIB, null);
        buckets.server
                .faults()
                .answer(
                        Strike.always(S3Operation.UPLOAD_PART_COPY, S3Operation.UPLOAD_PART)
                                .where(call -> "2".equals(call.query().get("partNumber"))),
                        403,
                        "AccessDenied",
                        "no");

        for (MediaStore from : new MediaStore[] {source, new Foreign(source)}) {
            assertThatThrownBy(() -> MediaSync.between(from, target, MIRROR).run(Progress.NONE))
                    .hasMessageContaining("could not be copied");
            assertThat(uploads()).isZero();
        }
        assertThat(buckets.server.keys(STAGING)).isEmpty();
    }

    @Test
    void removesThePartsThatAKilledRunHasLeft() {
        buckets.server.put(PRODUCTION, "a", "image/jpeg", new byte[2 * (int) AwsConfig.FIVE_MIB]);
        try (S3Access access = access()) {
            access.client()
                    .createMultipartUpload(request -> request.bucket(STAGING).key("a"));
            access.client()
                    .createMultipartUpload(request -> request.bucket(STAGING).key("ab"));
        }

        MediaSync.between(
                        buckets.open("s3://" + PRODUCTION, AwsConfig.FIVE_MIB, null),
                        buckets.open("s3://" + STAGING, AwsConfig.FIVE_MIB, null),
                        MIRROR)
                .run(Progress.NONE);

        assertThat(uploads()).isEqualTo(1);
    }

    @Test
    void givesUpWhenTheServerIsGone() {
        fill(10);
        MediaStore source = buckets.production();
        MediaStore target = buckets.staging();
        buckets.server.close();

        assertThatThrownBy(() -> MediaSync.between(source, target, MIRROR).compare())
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void namesTheRegionOfABucketElsewhere() {
        buckets.server.createBucket("elsewhere", BucketSettings.standard().inRegion("eu-west-1"));

        assertThatThrownBy(() -> buckets.open("s3://elsewhere").list("").hasNext())
                .hasMessageContaining("region=eu-west-1");
    }

    private MediaSyncResult sync() {
        return MediaSync.between(buckets.production(), buckets.staging(), MIRROR)
                .run(Progress.NONE);
    }

    private int uploads() {
        try (S3Access access = access()) {
            return access.client()
                    .listMultipartUploads(request -> request.bucket(STAGING))
                    .uploads()
                    .size();
        }
    }

    private S3Access access() {
        return new S3Access(((S3MediaStore) buckets.production()).access().config());
    }

    private void fill(int objects) {
        for (int i = 0; i < objects; i++) {
            buckets.put(PRODUCTION, key(i), "content " + i);
        }
    }

    private static String key(int i) {
        return "images/%05d.jpg".formatted(i);
    }

    private void assertEqual() {
        assertThat(contents(STAGING)).isEqualTo(contents(PRODUCTION));
    }

    private Map<String, String> contents(String bucket) {
        Map<String, String> all = new TreeMap<>();
        buckets.server.keys(bucket).forEach(key -> all.put(key, buckets.get(bucket, key)));
        return all;
    }
}
