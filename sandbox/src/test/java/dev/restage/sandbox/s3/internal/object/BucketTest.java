package dev.restage.sandbox.s3.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.internal.access.Callers;
import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.BucketSettings.Versioning;
import dev.restage.sandbox.s3.model.SimulatedObjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {

    private final Bucket plain = new Bucket("plain", BucketSettings.standard());
    private final Bucket versioned =
            new Bucket("versioned", BucketSettings.standard().versioned());

    @Test
    void withoutVersionsTheLastWriteIsAllThereIs() {
        put(plain, "a", "one");
        put(plain, "a", "two");

        assertThat(text(plain, "a")).contains("two");
        assertThat(plain.keys().get("a")).hasSize(1);
        assertThat(plain.delete("a")).isEmpty();
        assertThat(plain.isEmpty()).isTrue();
        assertThat(plain.delete("a")).isEmpty();
    }

    @Test
    void withVersionsADeletionIsAMarkerThatCanBeTakenAway() {
        StoredObject first = put(versioned, "a", "one");
        StoredObject second = put(versioned, "a", "two");
        DeleteMarker marker = versioned.delete("a").orElseThrow();

        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(text(versioned, "a")).isEmpty();
        assertThat(versioned.newest("a")).contains(marker);
        assertThat(versioned.version("a", first.id())).contains(first);

        versioned.delete(marker);
        versioned.delete(second);

        assertThat(text(versioned, "a")).contains("one");

        versioned.delete(first);
        versioned.delete(first);

        assertThat(versioned.isEmpty()).isTrue();
    }

    @Test
    void aSuspendedBucketWritesOverTheNullVersionAndKeepsTheOthers() {
        StoredObject old = put(versioned, "a", "one");
        versioned.settings(versioned.settings().with(Versioning.SUSPENDED));

        put(versioned, "a", "two");
        put(versioned, "a", "three");

        assertThat(versioned.keys().get("a")).extracting(Version::id).containsExactly(Version.NULL_ID, old.id());
        assertThat(text(versioned, "a")).contains("three");
        assertThat(versioned.delete("a")).get().extracting(DeleteMarker::id).isEqualTo(Version.NULL_ID);
    }

    @Test
    void keysAreInTheOrderOfTheirBytes() {
        List.of("\uFF5E", "\uD83D\uDE00", "b", "a/b", "a", "a!").forEach(key -> put(plain, key, ""));

        assertThat(keysFrom(plain, "")).containsExactly("a", "a!", "a/b", "b", "\uFF5E", "\uD83D\uDE00");
        assertThat(keysFrom(plain, "a!")).startsWith("a!", "a/b");
    }

    @Test
    void whatBelongsToAVersionIsChangedInPlace() {
        StoredObject first = put(versioned, "a", "one");
        put(versioned, "a", "two");
        Tags tags = Tags.header(Optional.of("x=1"));

        versioned.replace(first, first.with(first.attributes().withTags(tags)));

        assertThat(versioned.version("a", first.id()))
                .get()
                .isInstanceOfSatisfying(
                        StoredObject.class,
                        object -> assertThat(object.attributes().tags()).isEqualTo(tags));
        assertThat(versioned.current("a").orElseThrow().attributes().tags()).isEqualTo(Tags.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "if-none-match, *, false, ''",
        "if-none-match, *, true, PreconditionFailed",
        "if-none-match, abc, true, NotImplemented",
        "if-match, abc, true, PreconditionFailed",
        "if-match, abc, false, NoSuchKey",
        "if-match, 900150983cd24fb0d6963f7d28e17f72, true, ''",
        "if-match, \"900150983cd24fb0d6963f7d28e17f72\", true, ''"
    })
    void aWriteMayDependOnWhatIsThere(String header, String value, boolean there, String code) {
        if (there) {
            put(plain, "a", "abc");
        }
        WriteCondition condition = WriteCondition.asked(Callers.sending(header, value));

        if (code.isEmpty()) {
            plain.put("a", body("new"), attributes(), condition);
            assertThat(text(plain, "a")).contains("new");
        } else {
            assertThatThrownBy(() -> plain.put("a", body("new"), attributes(), condition))
                    .isInstanceOfSatisfying(
                            S3Error.class, error -> assertThat(error.code()).isEqualTo(code));
            assertThat(text(plain, "a")).isEqualTo(there ? Optional.of("abc") : Optional.empty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "if-match, other, If-Match",
        "if-match, *, ''",
        "if-match, 900150983cd24fb0d6963f7d28e17f72, ''",
        "if-none-match, other, ''",
        "if-none-match, *, If-None-Match",
        "if-modified-since, 'Fri, 01 Jan 2100 00:00:00 GMT', If-Modified-Since",
        "if-modified-since, 'Thu, 01 Jan 1970 00:00:00 GMT', ''",
        "if-unmodified-since, 'Thu, 01 Jan 1970 00:00:00 GMT', If-Unmodified-Since",
        "if-unmodified-since, 'Fri, 01 Jan 2100 00:00:00 GMT', ''",
        "if-unmodified-since, long ago, ''"
    })
    void aReadMayDependOnItToo(String header, String value, String broken) {
        StoredObject object = put(plain, "a", "abc");

        assertThat(Conditions.asked(Callers.sending(header, value), "")
                        .broken(object)
                        .orElse(""))
                .isEqualTo(broken);
        assertThat(Conditions.asked(Callers.sending("x-amz-copy-source-" + header, value), "x-amz-copy-source-")
                        .broken(object)
                        .orElse(""))
                .isEqualTo(broken);
    }

    /** RFC 9110, 13.2.2: an ETag is stronger than a time. */
    @Test
    void anEtagIsStrongerThanATime() {
        StoredObject object = put(plain, "a", "abc");
        String never = "Thu, 01 Jan 1970 00:00:00 GMT";
        String past = "Fri, 01 Jan 2100 00:00:00 GMT";

        assertThat(Conditions.asked(Callers.sending("if-match", object.etag(), "if-unmodified-since", never), "")
                        .broken(object))
                .isEmpty();
        assertThat(Conditions.asked(Callers.sending("if-none-match", "other", "if-modified-since", past), "")
                        .broken(object))
                .isEmpty();
    }

    @Test
    void simulatedObjectsLieUnderWhatIsWritten() {
        plain.simulate(new SimulatedObjects(5, "k%d"::formatted, "text/plain", "same"));
        put(plain, "k1", "real");
        put(plain, "k2x", "between");
        plain.delete("k3");

        assertThat(keysFrom(plain, "")).containsExactly("k0", "k1", "k2", "k2x", "k4");
        assertThat(keysFrom(plain, "k2")).containsExactly("k2", "k2x", "k4");
        assertThat(text(plain, "k1")).contains("real");
        assertThat(text(plain, "k4")).contains("same");
        assertThat(text(plain, "k3")).isEmpty();
        assertThat(text(plain, "k5")).isEmpty();
        assertThat(plain.version("k4", Version.NULL_ID)).isPresent();
        assertThat(plain.isEmpty()).isFalse();
    }

    @Test
    void theEtagOfAnUploadIsThatOfItsParts() {
        Body.Part one = new Body.Part(1, body("aaa"), plain.createdAt());
        Body.Part two = new Body.Part(2, body("b"), plain.createdAt());
        Content whole = content("aaab");

        Body composite =
                Body.parts(whole, List.of(one, two), new Body.UploadedChecksum(ChecksumAlgorithm.SHA256, false));
        Body full = Body.parts(whole, List.of(one, two), new Body.UploadedChecksum(ChecksumAlgorithm.CRC64NVME, true));

        assertThat(composite.etag()).isEqualTo(full.etag()).matches("[0-9a-f]{32}-2");
        assertThat(composite.partSizes()).containsExactly(3, 1);
        assertThat(composite.checksumType()).isEqualTo("COMPOSITE");
        assertThat(composite.checksumValue()).endsWith("-2");
        assertThat(full.checksumType()).isEqualTo("FULL_OBJECT");
        assertThat(full.checksumValue()).isEqualTo(whole.checksum(ChecksumAlgorithm.CRC64NVME));
        assertThat(full.copied(Encryption.STANDARD, ChecksumAlgorithm.CRC32).etag())
                .isEqualTo(whole.md5());
    }

    @Test
    void anObjectUnderAKeyOfItsOwnHidesItsDigest() {
        Content content = content("abc");

        Body one = Body.whole(content, Encryption.kms("k"), ChecksumAlgorithm.CRC32);
        Body other = Body.whole(content, Encryption.kms("k"), ChecksumAlgorithm.CRC32);

        assertThat(one.etag())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(content.md5())
                .isNotEqualTo(other.etag());
    }

    @Test
    void settingsNameEachThingThatABucketMayBe() {
        BucketSettings settings = BucketSettings.standard()
                .inRegion("eu-west-1")
                .locked(Duration.ofDays(3))
                .kms("k")
                .paidByRequester()
                .enforcingOwner();

        assertThat(settings.region()).isEqualTo("eu-west-1");
        assertThat(settings.versioning()).isEqualTo(Versioning.ENABLED);
        assertThat(settings.objectLock()).isTrue();
        assertThat(settings.retention()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.kmsKey()).isEqualTo("k");
        assertThat(settings.requesterPays()).isTrue();
        assertThat(settings.ownerEnforced()).isTrue();
        assertThat(BucketSettings.standard().region()).isNull();
    }

    private static StoredObject put(Bucket bucket, String key, String text) {
        return bucket.put(key, body(text), attributes());
    }

    private static Optional<String> text(Bucket bucket, String key) {
        return bucket.current(key)
                .map(object -> new String(object.body().content().bytes(), StandardCharsets.UTF_8));
    }

    private static List<String> keysFrom(Bucket bucket, String text) {
        List<String> keys = new ArrayList<>();
        bucket.from(text).forEachRemaining(object -> keys.add(object.key()));
        return keys;
    }

    private static Body body(String text) {
        return Body.whole(content(text), Encryption.STANDARD, ChecksumAlgorithm.CRC64NVME);
    }

    private static Content content(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Attributes attributes() {
        return Attributes.asked(Callers.sending(), new Bucket("any", BucketSettings.standard()));
    }
}
