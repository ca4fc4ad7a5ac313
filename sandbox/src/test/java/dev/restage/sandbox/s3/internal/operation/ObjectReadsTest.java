package dev.restage.sandbox.s3.internal.operation;

import static dev.restage.sandbox.s3.internal.http.Refusing.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.access.Callers;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectReadsTest {

    private final ObjectReads reads = new ObjectReads();
    private final ObjectSettings settings = new ObjectSettings();
    private final Bucket bucket = new Bucket("acme", BucketSettings.standard());

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 206, 0",
        "bytes=2-4, 206, 234",
        "bytes=7-, 206, 789",
        "bytes=-3, 206, 789",
        "bytes=-99, 206, 0123456789",
        "bytes=8-99, 206, 89",
        "bytes=5-2, 200, 0123456789",
        "bytes=-, 200, 0123456789",
        "bytes=a-b, 200, 0123456789",
        "'bytes=0-1,3-4', 200, 0123456789",
        "lines=0-1, 200, 0123456789",
        "bytes=0-99999999999999999999, 200, 0123456789"
    })
    void givesARangeAndIgnoresWhatIsNone(String range, int status, String content) {
        Store.put(bucket, "a", "0123456789");

        S3Response response = reads.get(Callers.sending("range", range), bucket);

        assertThat(response.status()).isEqualTo(status);
        assertThat(Store.document(response)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
    void refusesARangeThatIsNotThere(String range) {
        Store.put(bucket, "a", "0123456789");

        assertRefused(416, "InvalidRange", () -> reads.get(Callers.sending("range", range), bucket));
    }

    @Test
    void anEmptyObjectHasNoRange() {
        Store.put(bucket, "a", "");

        assertThat(reads.get(Callers.asking("a"), bucket).length()).isZero();
        assertRefused(416, "InvalidRange", () -> reads.get(Callers.sending("range", "bytes=0-"), bucket));
    }

    @ParameterizedTest
    @CsvSource({"1, 206, ''", "2, 416, InvalidPartNumber", "0, 416, InvalidPartNumber", "two, 400, InvalidArgument"})
    void anObjectInOnePieceHasOnePart(String number, int status, String code) {
        Store.put(bucket, "a", "0123456789");
        Caller caller = Callers.asking("a", "partNumber", number);

        if (code.isEmpty()) {
            assertThat(reads.head(caller, bucket).status()).isEqualTo(status);
        } else {
            assertRefused(status, code, () -> reads.head(caller, bucket));
        }
    }

    @Test
    void aHeadHasTheLengthButNotTheContent() {
        Store.put(bucket, "a", "0123456789");

        S3Response head = reads.head(Callers.asking("a"), bucket);

        assertThat(head.headers()).containsEntry("Content-Length", "10").containsEntry("Accept-Ranges", "bytes");
        assertThat(head.length()).isZero();
    }

    @Test
    void aReaderMayAskForOtherHeaders() {
        Store.put(bucket, "a", "x", "content-type", "text/plain");

        S3Response response = reads.get(
                Callers.asking(
                        "a",
                        "response-content-type",
                        "application/x-other",
                        "response-content-disposition",
                        "attachment"),
                bucket);

        assertThat(response.headers())
                .containsEntry("content-type", "application/x-other")
                .containsEntry("content-disposition", "attachment");
    }

    @Test
    void answers304WithoutContentWhereNothingChanged() {
        StoredObject object = Store.put(bucket, "a", "x");

        S3Response response = reads.get(Callers.sending("if-none-match", object.etag()), bucket);

        assertThat(response.status()).isEqualTo(304);
        assertThat(response.headers()).containsOnlyKeys("ETag");
        assertRefused(412, "PreconditionFailed", () -> reads.get(Callers.sending("if-match", "other"), bucket));
    }

    @Test
    void whatIsArchivedCanBeSeenAndIsReadAfterItWasRestored() {
        Store.put(bucket, "a", "x", "x-amz-storage-class", "GLACIER");
        Caller restore = Callers.posting("<RestoreRequest><Days>2</Days></RestoreRequest>");

        assertThat(reads.head(Callers.asking("a"), bucket).headers()).containsEntry("x-amz-storage-class", "GLACIER");
        assertRefused(403, "InvalidObjectState", () -> reads.get(Callers.asking("a"), bucket));
        assertThat(settings.restore(restore, bucket).status()).isEqualTo(202);
        assertThat(settings.restore(restore, bucket).status()).isEqualTo(200);
        assertThat(Store.document(reads.get(Callers.asking("a"), bucket))).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<R/>", "<R><Days>two</Days></R>", "no document"})
    void refusesToRestoreForANumberOfDaysThatIsNone(String document) {
        Store.put(bucket, "a", "x", "x-amz-storage-class", "GLACIER");

        assertRefused(400, "MalformedXML", () -> settings.restore(Callers.posting(document), bucket));
    }

    @Test
    void refusesToRestoreWhatIsNoArchive() {
        Store.put(bucket, "a", "x");

        assertRefused(
                403, "InvalidObjectState", () -> settings.restore(Callers.posting("<R><Days>1</Days></R>"), bucket));
    }

    @Test
    void tagsAreReplacedAsAWholeAndRemoved() {
        Store.put(bucket, "a", "x", "x-amz-tagging", "old=1");

        settings.putTags(Callers.posting(tagging("new", "2")), bucket);

        assertThat(Store.document(settings.getTags(Callers.asking("a"), bucket)))
                .contains("<Key>new</Key><Value>2</Value>")
                .doesNotContain("old");
        assertThat(reads.head(Callers.asking("a"), bucket).headers()).containsEntry("x-amz-tagging-count", "1");
        assertThat(settings.deleteTags(Callers.asking("a"), bucket).status()).isEqualTo(204);
        assertThat(reads.head(Callers.asking("a"), bucket).headers()).doesNotContainKey("x-amz-tagging-count");
    }

    @Test
    void refusesATagTwiceAndADocumentWithoutASet() {
        Store.put(bucket, "a", "x");
        String tag = "<Tag><Key>a</Key><Value>1</Value></Tag>";

        assertRefused(
                400,
                "InvalidTag",
                () -> settings.putTags(Callers.posting("<T><TagSet>" + tag + tag + "</TagSet></T>"), bucket));
        assertRefused(400, "MalformedXML", () -> settings.putTags(Callers.posting("<T/>"), bucket));
        assertRefused(
                400,
                "MalformedXML",
                () -> settings.putTags(Callers.posting("<T><TagSet><Tag><Key>a</Key></Tag></TagSet></T>"), bucket));
    }

    @Test
    void aDeletedObjectSaysThatItWasDeleted() {
        Bucket versioned = new Bucket("acme", BucketSettings.standard().versioned());
        StoredObject object = Store.put(versioned, "a", "x");
        String marker = versioned.delete("a").orElseThrow().id();

        assertThatThrownBy(() -> reads.get(Callers.asking("a"), versioned))
                .isInstanceOfSatisfying(S3Error.class, error -> {
                    assertThat(error.code()).isEqualTo("NoSuchKey");
                    assertThat(error.response("/", "1").headers())
                            .containsEntry("x-amz-delete-marker", "true")
                            .containsEntry("x-amz-version-id", marker);
                });
        assertThat(Store.document(reads.get(Callers.asking("a", "versionId", object.id()), versioned)))
                .isEqualTo("x");
        assertRefused(404, "NoSuchVersion", () -> reads.get(Callers.asking("a", "versionId", "0123"), versioned));
    }

    @Test
    void aLockOnAVersionIsMadeLongerByAnybodyAndShorterByFew() {
        Bucket locked = new Bucket("acme", BucketSettings.standard().locked(Duration.ZERO));
        Store.put(locked, "a", "x");
        Instant far = Instant.parse("2100-01-01T00:00:00Z");
        Instant further = Instant.parse("2100-01-02T00:00:00Z");

        settings.putRetention(Callers.posting(retention("GOVERNANCE", far)), locked);
        settings.putRetention(Callers.posting(retention("GOVERNANCE", further)), locked);

        assertThat(Store.document(settings.getRetention(Callers.asking("a"), locked)))
                .contains(further.toString());
        assertRefused(
                403,
                "AccessDenied",
                () -> settings.putRetention(Callers.posting(retention("GOVERNANCE", far)), locked));
        settings.putRetention(
                Callers.posting(retention("GOVERNANCE", far), "x-amz-bypass-governance-retention", "true"), locked);
        assertThat(Store.document(settings.getRetention(Callers.asking("a"), locked)))
                .contains(far.toString());
    }

    @Test
    void aReaderNeedsTheRightOfEachThingThatHeReads() {
        Store.put(bucket, "a", "x");
        Caller reader = Callers.allowed(List.of(Grant.of("acme", "s3:GetObject", "s3:ListBucket")));

        assertThat(reads.get(reader, bucket).status()).isEqualTo(200);
        assertThatThrownBy(() -> settings.getTags(reader, bucket)).hasMessageContaining("s3:GetObjectTagging");
        assertThatThrownBy(() -> settings.getAcl(reader, bucket)).hasMessageContaining("s3:GetObjectAcl");
        assertThatThrownBy(() -> settings.putTags(reader, bucket)).hasMessageContaining("s3:PutObjectTagging");
    }

    private static String tagging(String key, String value) {
        return "<Tagging><TagSet><Tag><Key>%s</Key><Value>%s</Value></Tag></TagSet></Tagging>".formatted(key, value);
    }

    private static String retention(String mode, Instant until) {
        return "<Retention><Mode>%s</Mode><RetainUntilDate>%s</RetainUntilDate></Retention>".formatted(mode, until);
    }
}
