package dev.restage.aws;

import static dev.restage.aws.S3Buckets.MIRROR;
import static dev.restage.aws.S3Buckets.PRODUCTION;
import static dev.restage.aws.S3Buckets.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaJournal;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncResult;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Operation;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.Grant;
import dev.restage.sandbox.s3.model.S3Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a copy keeps of an object, in each kind of bucket and by each way. */
class S3AttributesTest {

    /** How an object comes from one bucket to the other. */
    private enum Way {
        AT_ONCE,
        IN_PARTS,
        STREAMED,
        STREAMED_IN_PARTS
    }

    private static final Map<String, String> HEADERS = Map.of(
            "content-type", "image/jpeg",
            "cache-control", "max-age=60",
            "content-disposition", "inline",
            "x-amz-meta-owner", "bakery",
            "x-amz-tagging", "kind=photo&note=a%20b",
            "x-amz-storage-class", "STANDARD_IA",
            "x-amz-acl", "public-read");

    private static final int LARGE = (int) AwsConfig.FIVE_MIB + 1000;

    private S3Buckets buckets = new S3Buckets();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        buckets.close();
    }

    @ParameterizedTest
    @EnumSource
    void keepsMetadataAndTagsUnlessTold(Way way) {
        copy(way, Map.of(), MIRROR);

        assertThat(headers())
                .containsEntry("content-type", "image/jpeg")
                .containsEntry("cache-control", "max-age=60")
                .containsEntry("content-disposition", "inline")
                .containsEntry("x-amz-meta-owner", "bakery")
                .containsEntry("x-amz-tagging-count", "2")
                .doesNotContainKey("x-amz-storage-class");
        assertThat(buckets.staging().tags(buckets.staging().list("").next()))
                .isEqualTo(Map.of("kind", "photo", "note", "a b"));
    }

    @ParameterizedTest
    @EnumSource
    void leavesBehindWhatIsNotKept(Way way) {
        copy(way, Map.of(), MIRROR.toBuilder().keep().build());

        assertThat(headers()).doesNotContainKeys("cache-control", "x-amz-meta-owner", "x-amz-tagging-count");
    }

    @ParameterizedTest
    @EnumSource
    void keepsStorageClassAndKeyIfTold(Way way) {
        copy(
                way,
                Map.of(
                        "x-amz-server-side-encryption",
                        "aws:kms",
                        "x-amz-server-side-encryption-aws-kms-key-id",
                        "the-key"),
                MIRROR.toBuilder()
                        .keep(MediaAttribute.STORAGE_CLASS, MediaAttribute.ENCRYPTION)
                        .build());

        assertThat(headers()).containsEntry("x-amz-storage-class", "STANDARD_IA");
        assertThat(headers().get("x-amz-server-side-encryption-aws-kms-key-id")).contains("the-key");
    }

    @Test
    void keepsAccessListsOnlyWhereOneKeySeesBoth() {
        MediaSyncOptions keepAcl = MIRROR.toBuilder().keep(MediaAttribute.ACL).build();
        for (Way way : new Way[] {Way.AT_ONCE, Way.IN_PARTS}) {
            copy(way, Map.of(), keepAcl);
            assertThat(grants(STAGING)).isEqualTo(grants(PRODUCTION)).anyMatch(grant -> grant.contains("AllUsers"));
            buckets.server.delete(STAGING, "a");
        }

        buckets.put(PRODUCTION, "b", "2");
        assertThatThrownBy(() -> MediaSync.between(new Foreign(buckets.production()), buckets.staging(), keepAcl)
                        .run(Progress.NONE))
                .hasMessageContaining("one key must read the source and write the target");
    }

    @Test
    void saysWhichRightIsMissing() {
        buckets.server.put(PRODUCTION, "a", new byte[1], HEADERS);
        S3Key noTags = buckets.server.newKey(
                "deploy",
                Grant.of(PRODUCTION, "s3:ListBucket", "s3:GetObject"),
                Grant.of(STAGING, "s3:ListBucket", "s3:PutObject", "s3:GetObject"));
        MediaStore source = buckets.open("s3://" + PRODUCTION, noTags);
        MediaStore target = buckets.open("s3://" + STAGING, noTags);

        fails(Kind.DENIED, "Tagging", () -> target.copy(source, source.list("").next()));
        fails(
                Kind.DENIED,
                "leave TAGS out of what is kept",
                () -> target.copy(source, source.list("").next()));
        assertThat(target.delete(List.of("a")).get("a")).contains("AccessDenied");
    }

    @Test
    void streamsFromAReadOnlyKeyToAWriteOnlyOne() {
        buckets.server.put(PRODUCTION, "images/a.jpg", new byte[LARGE * 15], HEADERS);
        buckets.server.put(PRODUCTION, "empty", new byte[0], HEADERS);
        MediaStore source = buckets.open("s3://" + PRODUCTION, buckets.server.newKey("reader", Grant.read(PRODUCTION)));
        MediaStore target = buckets.open(
                "s3://" + STAGING,
                buckets.server.newKey("writer", Grant.write(STAGING), Grant.of(STAGING, "s3:GetObject")));

        MediaSyncResult result = MediaSync.between(source, target, MIRROR).run(Progress.NONE);

        assertThat(result.copiedObjects()).isEqualTo(2);
        assertThat(buckets.server.get(STAGING, "images/a.jpg"))
                .hasValueSatisfying(content -> assertThat(content).hasSize(LARGE * 15));
        assertThat(buckets.server.requests().of(S3Operation.UPLOAD_PART, STAGING))
                .isEqualTo(5);
        assertThat(buckets.server.requests().of(S3Operation.COPY_OBJECT)).isZero();
        assertThat(headers()).containsEntry("x-amz-meta-owner", "bakery").containsEntry("x-amz-tagging-count", "2");
    }

    @Test
    void knowsObjectsUnderKmsAgainByTheJournal() {
        reopen(BucketSettings.standard(), BucketSettings.standard().kms("staging-key"));
        for (int i = 0; i < 20; i++) {
            buckets.put(PRODUCTION, "k" + i, "content " + i);
        }
        MediaStore source = buckets.production();
        MediaStore target = buckets.staging();
        try (MediaJournal journal = MediaJournal.open(folder, source.identity(), target.identity())) {
            MediaSync sync = MediaSync.between(source, target, MIRROR).journal(journal);
            assertThat(sync.run(Progress.NONE).copiedObjects()).isEqualTo(20);

            assertThat(buckets.requests(() -> sync.run(Progress.NONE)).keySet())
                    .containsExactly(S3Operation.LIST_OBJECTS_V2);
            buckets.put(STAGING, "k3", "edited !!");
            assertThat(sync.run(Progress.NONE).copiedObjects()).isEqualTo(1);
        }
        assertThat(buckets.get(STAGING, "k3")).isEqualTo("content 3");
    }

    @Test
    void knowsObjectsInPartsByTheirChecksums() {
        byte[] content = new byte[LARGE];
        buckets.server.put(PRODUCTION, "a", "image/jpeg", content);
        MediaStore limited = buckets.open("s3://" + STAGING, AwsConfig.FIVE_MIB, null);
        MediaStore source = buckets.open("s3://" + PRODUCTION, AwsConfig.FIVE_MIB, null);
        MediaSync sync = MediaSync.between(source, limited, MIRROR);
        sync.run(Progress.NONE);
        assertThat(limited.list("").next().etag()).endsWith("-2");

        Map<S3Operation, Long> again = buckets.requests(() -> sync.run(Progress.NONE));

        assertThat(again).isEqualTo(Map.of(S3Operation.LIST_OBJECTS_V2, 2L, S3Operation.HEAD_OBJECT, 2L));
    }

    @Test
    void namesTheMissingRightOnAKmsKey() {
        reopen(BucketSettings.standard().kms("production-key"), BucketSettings.standard());
        buckets.put(PRODUCTION, "a", "1");
        S3Key key = buckets.server.newKey("deploy", Grant.read(PRODUCTION), Grant.write(STAGING));
        MediaStore source = buckets.open("s3://" + PRODUCTION, key);
        MediaStore target = buckets.open("s3://" + STAGING, key);

        fails(
                Kind.DENIED,
                "grant it on the KMS key",
                () -> target.copy(source, source.list("").next()));
    }

    @Test
    void refusesByNameWhatOnlyItsOwnerCanRead() {
        Map<String, String> own = new HashMap<>(HEADERS);
        own.put("x-amz-server-side-encryption-customer-algorithm", "AES256");
        own.put("x-amz-server-side-encryption-customer-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        own.put("x-amz-server-side-encryption-customer-key-md5", "KYvwGXoFFJ42a2u2GDWhwQ==");
        buckets.server.put(PRODUCTION, "secret.bin", "1".getBytes(StandardCharsets.UTF_8), own);

        assertThatThrownBy(() -> buckets.sync(MIRROR))
                .hasMessageContaining("secret.bin")
                .hasMessageContaining("only its owner has (SSE-C); exclude it");
        assertThatThrownBy(() -> MediaSync.between(new Foreign(buckets.production()), buckets.staging(), MIRROR)
                        .run(Progress.NONE))
                .hasMessageContaining("secret.bin")
                .hasMessageContaining("SSE-C");
    }

    @Test
    void leavesArchivedObjectsOutUntilTheyAreRestored() {
        Map<String, String> archived = new HashMap<>(HEADERS);
        archived.put("x-amz-storage-class", "GLACIER");
        buckets.server.put(PRODUCTION, "old.jpg", new byte[3], archived);
        buckets.put(PRODUCTION, "new.jpg", "1");
        archived.put("x-amz-storage-class", "GLACIER_IR");
        buckets.server.put(PRODUCTION, "instant.jpg", new byte[3], archived);

        MediaSyncResult first = buckets.sync(MIRROR);

        assertThat(first.difference().archived().samples()).containsExactly("old.jpg");
        assertThat(buckets.server.keys(STAGING)).containsExactly("instant.jpg", "new.jpg");
        assertThat(buckets.server.requests().of(S3Operation.COPY_OBJECT)).isEqualTo(2);

        restore("old.jpg");
        assertThat(buckets.sync(MIRROR).copiedObjects()).isEqualTo(1);
        assertThat(buckets.server.keys(STAGING)).contains("old.jpg");
    }

    @Test
    void paysForTheBucketThatLetsItsReadersPay() {
        reopen(BucketSettings.standard().paidByRequester(), BucketSettings.standard());
        buckets.put(PRODUCTION, "a", "1");
        fails(Kind.DENIED, "may not", () -> buckets.production().list("").next());

        for (MediaStore source : Stream.of(buckets.open("s3://" + PRODUCTION + "?requestPayer=requester"))
                .flatMap(store -> Stream.of(store, new Foreign(store)))
                .toList()) {
            MediaStore target = buckets.staging();
            MediaSync.between(source, target, MIRROR).run(Progress.NONE);
            assertThat(buckets.get(STAGING, "a")).isEqualTo("1");
            buckets.server.delete(STAGING, "a");
        }
    }

    @Test
    void mirrorsIntoVersionedAndLockedBuckets() {
        for (BucketSettings settings : new BucketSettings[] {
            BucketSettings.standard().versioned(),
            BucketSettings.standard().locked(Duration.ofDays(1)),
            BucketSettings.standard().enforcingOwner()
        }) {
            reopen(BucketSettings.standard().versioned(), settings);
            buckets.put(PRODUCTION, "a", "new");
            buckets.put(STAGING, "a", "old");
            buckets.put(STAGING, "surplus", "old");

            buckets.sync(MIRROR);

            assertThat(buckets.server.keys(STAGING)).containsExactly("a");
            assertThat(buckets.get(STAGING, "a")).isEqualTo("new");
            assertThat(MediaSync.between(buckets.production(), buckets.staging(), MIRROR)
                            .compare()
                            .isEmpty())
                    .isTrue();
        }
    }

    @Test
    void keepsAndPutsBackByOneCopyEachAlsoWhereAccessListsAreRefused() {
        reopen(BucketSettings.standard(), BucketSettings.standard().enforcingOwner());
        buckets.put(PRODUCTION, "a", "new");
        buckets.put(STAGING, "a", "old");
        buckets.put(STAGING, "b", "surplus");
        MediaSyncOptions options = MIRROR.toBuilder().trashDays(1).build();
        MediaSync sync = MediaSync.between(buckets.production(), buckets.staging(), options);

        Map<S3Operation, Long> requests =
                buckets.requests(() -> sync.run("r1", Instant.parse("2026-03-01T10:00:00Z"), Progress.NONE));

        assertThat(requests.keySet())
                .containsOnly(S3Operation.LIST_OBJECTS_V2, S3Operation.COPY_OBJECT, S3Operation.DELETE_OBJECTS);
        assertThat(requests).containsEntry(S3Operation.COPY_OBJECT, 3L);
        MediaSync.undo(buckets.staging(), options, MediaJournal.NONE, "r1", Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(buckets.get(STAGING, "a")).isEqualTo("old");
        assertThat(buckets.server.keys(STAGING)).containsExactly("a", "b");
    }

    @Test
    void refusesAnotherOwnersBucket() {
        buckets.put(PRODUCTION, "a", "1");

        fails(
                Kind.DENIED,
                "may not",
                () -> buckets.open("s3://" + PRODUCTION + "?owner=999988887777")
                        .list("")
                        .next());
    }

    private void copy(Way way, Map<String, String> more, MediaSyncOptions options) {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.putAll(more);
        boolean parts = way == Way.IN_PARTS || way == Way.STREAMED_IN_PARTS;
        buckets.server.put(PRODUCTION, "a", new byte[parts ? LARGE : 10], headers);
        MediaStore source = buckets.open("s3://" + PRODUCTION, AwsConfig.FIVE_MIB, null);
        boolean streamed = way == Way.STREAMED || way == Way.STREAMED_IN_PARTS;
        MediaSync.between(
                        streamed ? new Foreign(source) : source,
                        buckets.open("s3://" + STAGING, AwsConfig.FIVE_MIB, null),
                        options)
                .run(Progress.NONE);
        assertThat(buckets.server
                        .requests()
                        .of(
                                switch (way) {
                                    case AT_ONCE -> S3Operation.COPY_OBJECT;
                                    case IN_PARTS -> S3Operation.UPLOAD_PART_COPY;
                                    case STREAMED -> S3Operation.PUT_OBJECT;
                                    case STREAMED_IN_PARTS -> S3Operation.UPLOAD_PART;
                                }))
                .isPositive();
    }

    private Map<String, String> headers() {
        return buckets.server.headers(STAGING, buckets.server.keys(STAGING).last());
    }

    private void reopen(BucketSettings production, BucketSettings staging) {
        buckets.close();
        buckets = new S3Buckets(production, staging);
    }

    private List<String> grants(String bucket) {
        try (S3Access access = access()) {
            return access
                    .client()
                    .getObjectAcl(request -> request.bucket(bucket).key("a"))
                    .grants()
                    .stream()
                    .map(String::valueOf)
                    .toList();
        }
    }

    private S3Access access() {
        return new S3Access(new AwsConfig(
                buckets.server.endpoint(),
                AwsConfig.Style.PATH,
                null,
                null,
                new AwsConfig.Key(buckets.server.accessKey(), Secret.of(buckets.server.secretKey()), null),
                AwsConfig.FIVE_GIB,
                false,
                null));
    }

    private void restore(String key) {
        try (S3Access access = access()) {
            access.client()
                    .restoreObject(
                            request -> request.bucket(PRODUCTION).key(key).restoreRequest(restore -> restore.days(3)));
        }
    }

    private static void fails(Kind kind, String part, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(part);
    }
}
