package dev.restage.sandbox.s3.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.access.Callers;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {

    private static final Bucket PLAIN = new Bucket("acme", BucketSettings.standard());
    private static final Bucket LOCKED =
            new Bucket("acme", BucketSettings.standard().locked(Duration.ZERO));

    /** 32 bytes of zeros, and their MD5. */
    private static final String[] CUSTOMER_KEY = {
        "x-amz-server-side-encryption-customer-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "x-amz-server-side-encryption-customer-key-md5", "cLyPS3KoaSFGi/joRB3OUQ=="
    };

    @Test
    void keepsTheHeadersThatBelongToAnObjectAndNoOthers() {
        Metadata metadata = asked(
                        PLAIN,
                        "content-type",
                        "image/png",
                        "cache-control",
                        "max-age=60",
                        "content-encoding",
                        "gzip,aws-chunked",
                        "x-amz-meta-owner",
                        "Zoë",
                        "x-amz-date",
                        "today",
                        "authorization",
                        "secret")
                .metadata();

        assertThat(metadata.headers())
                .containsOnly(
                        Map.entry("content-type", "image/png"),
                        Map.entry("cache-control", "max-age=60"),
                        Map.entry("content-encoding", "gzip"),
                        Map.entry("x-amz-meta-owner", "Zoë"));
    }

    @ParameterizedTest
    @CsvSource({
        "aws-chunked, ''",
        "'aws-chunked,gzip', gzip",
        "'aws-chunked, br', br",
        "'gzip, aws-chunked', gzip",
        "gzip, gzip"
    })
    void forgetsTheFramingThatTheSdksNameAsAnEncoding(String sent, String kept) {
        assertThat(asked(PLAIN, "content-encoding", sent).metadata().headers().getOrDefault("content-encoding", ""))
                .isEqualTo(kept);
    }

    @Test
    void anObjectWithoutATypeIsAStreamOfBytes() {
        assertThat(asked(PLAIN).metadata().headers()).containsExactly(Map.entry("content-type", "binary/octet-stream"));
    }

    @Test
    void metadataOfTheUserHas2KilobytesWithItsNames() {
        assertThat(asked(PLAIN, "x-amz-meta-a", "x".repeat(2047)).metadata().headers())
                .hasSize(2);
        assertRefused("MetadataTooLarge", PLAIN, "x-amz-meta-a", "x".repeat(2048));
        assertRefused("MetadataTooLarge", PLAIN, "x-amz-meta-a", "x".repeat(1024), "x-amz-meta-b", "x".repeat(1024));
    }

    @Test
    void aCopyKeepsAllButARedirect() {
        Metadata source = asked(PLAIN, "content-type", "text/html", "x-amz-website-redirect-location", "/old")
                .metadata();
        Metadata asked = asked(PLAIN, "x-amz-website-redirect-location", "/new").metadata();

        assertThat(source.copied(Metadata.ofType("x")).headers())
                .containsExactly(Map.entry("content-type", "text/html"));
        assertThat(source.copied(asked).headers()).containsEntry("x-amz-website-redirect-location", "/new");
    }

    @Test
    void readsTagsAsAQuery() {
        assertThat(asked(PLAIN, "x-amz-tagging", "a=1&b+c=%C3%A4&d&e=x=y")
                        .tags()
                        .values())
                .containsOnly(Map.entry("a", "1"), Map.entry("b c", "ä"), Map.entry("d", ""), Map.entry("e", "x=y"));
        assertThat(asked(PLAIN, "x-amz-tagging", "").tags()).isEqualTo(Tags.NONE);
    }

    @Test
    void anObjectHasAtMostTenTags() {
        assertThat(asked(PLAIN, "x-amz-tagging", tags(10)).tags().values()).hasSize(10);
        assertRefused("BadRequest", PLAIN, "x-amz-tagging", tags(11));
    }

    @Test
    void writingTagsAndAclsTakesRightsOfTheirOwn() {
        List<Grant> put = List.of(Grant.of("acme", "s3:PutObject"));

        assertThat(Attributes.asked(Callers.allowed(put), PLAIN).tags().isEmpty())
                .isTrue();
        assertThatThrownBy(() -> Attributes.asked(Callers.allowed(put, "x-amz-tagging", "a=1"), PLAIN))
                .hasMessageContaining("s3:PutObjectTagging");
        assertThatThrownBy(() -> Attributes.asked(Callers.allowed(put, "x-amz-acl", "public-read"), PLAIN))
                .hasMessageContaining("s3:PutObjectAcl");
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, false", "STANDARD_IA, false", "GLACIER_IR, false", "GLACIER, true", "DEEP_ARCHIVE, true"})
    void someClassesAreArchives(String storageClass, boolean archived) {
        assertThat(asked(PLAIN, "x-amz-storage-class", storageClass).archived()).isEqualTo(archived);
    }

    @Test
    void refusesAClassThatItDoesNotKnow() {
        assertRefused("InvalidStorageClass", PLAIN, "x-amz-storage-class", "COLD");
    }

    @Test
    void aBucketThatEnforcesItsOwnerTakesOneAclOnly() {
        Bucket enforced = new Bucket("acme", BucketSettings.standard().enforcingOwner());

        assertThat(asked(enforced, "x-amz-acl", "bucket-owner-full-control").acl())
                .isEqualTo(Acl.PRIVATE);
        assertRefused("AccessControlListNotSupported", enforced, "x-amz-acl", "public-read");
        assertRefused("AccessControlListNotSupported", enforced, "x-amz-grant-read", "id=x");
    }

    @Test
    void encryptsAsTheRequestSaysElseAsTheBucketDoes() {
        Bucket kms = new Bucket("acme", BucketSettings.standard().kms("k1"));

        assertThat(asked(PLAIN).encryption()).isEqualTo(Encryption.STANDARD);
        assertThat(asked(kms).encryption().kmsKey()).isEqualTo("k1");
        assertThat(asked(kms, "x-amz-server-side-encryption", "AES256").encryption())
                .isEqualTo(Encryption.STANDARD);
        assertThat(asked(
                                PLAIN,
                                "x-amz-server-side-encryption",
                                "aws:kms",
                                "x-amz-server-side-encryption-aws-kms-key-id",
                                "arn:aws:kms:us-east-1:1:key/k2")
                        .encryption()
                        .kmsKey())
                .isEqualTo("k2");
        assertRefused("InvalidArgument", PLAIN, "x-amz-server-side-encryption", "ROT13");
    }

    @Test
    void onlyWhoMayUseAKmsKeyWritesWithItAndReadsWithIt() {
        Bucket kms = new Bucket("acme", BucketSettings.standard().kms("k1"));
        List<Grant> writer = List.of(Grant.write("acme"), Grant.of("k1", "kms:GenerateDataKey"));

        Encryption encryption = Attributes.asked(Callers.allowed(writer), kms).encryption();

        assertThatThrownBy(() -> Attributes.asked(Callers.allowed(List.of(Grant.write("acme"))), kms))
                .hasMessageContaining("kms:GenerateDataKey");
        assertThatThrownBy(() -> encryption.checkRead(Callers.allowed(writer), "x-amz"))
                .hasMessageContaining("kms:Decrypt");
    }

    @Test
    void aCustomersKeyIsComparedWithItsDigestAndAskedForAgain() {
        Caller owner = Callers.sending(CUSTOMER_KEY);
        Encryption encryption = Attributes.asked(owner, PLAIN).encryption();

        encryption.checkRead(owner, "x-amz");
        assertThat(encryption.showsMd5()).isFalse();
        assertThatThrownBy(() -> encryption.checkRead(Callers.sending(), "x-amz"))
                .hasMessageContaining("The correct parameters must be provided");
        assertThatThrownBy(() -> Encryption.STANDARD.checkRead(owner, "x-amz")).hasMessageContaining("not applicable");
        assertRefused("InvalidArgument", PLAIN, CUSTOMER_KEY[0], CUSTOMER_KEY[1], CUSTOMER_KEY[2], "wrong");
        assertRefused("InvalidArgument", PLAIN, CUSTOMER_KEY[0], "AAAA", CUSTOMER_KEY[2], "aT6a+E09/MceZA4AW9xeLg==");
        assertRefused("InvalidArgument", PLAIN, CUSTOMER_KEY[0], "no base64!", CUSTOMER_KEY[2], "x");
    }

    @Test
    void tellsHowAnObjectIsEncrypted() {
        S3Response kms = S3Response.empty(200);
        Encryption.kms("k1").describe(kms);
        S3Response customer = S3Response.empty(200);
        Attributes.asked(Callers.sending(CUSTOMER_KEY), PLAIN).encryption().describe(customer);

        assertThat(kms.headers())
                .containsEntry("x-amz-server-side-encryption", "aws:kms")
                .containsEntry(
                        "x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-east-1:111122223333:key/k1");
        assertThat(customer.headers())
                .containsEntry("x-amz-server-side-encryption-customer-algorithm", "AES256")
                .containsEntry("x-amz-server-side-encryption-customer-key-MD5", CUSTOMER_KEY[3]);
    }

    @Test
    void aLockHasADateAndAMode() {
        String until = "2030-01-02T03:04:05Z";

        assertThat(asked(LOCKED, "x-amz-object-lock-mode", "COMPLIANCE", "x-amz-object-lock-retain-until-date", until)
                        .lock())
                .isEqualTo(new ObjectLock("COMPLIANCE", Instant.parse(until), false));
        assertThat(asked(LOCKED, "x-amz-object-lock-legal-hold", "ON").lock().legalHold())
                .isTrue();
        assertThat(asked(LOCKED).lock()).isEqualTo(ObjectLock.NONE);
        assertRefused("InvalidArgument", LOCKED, "x-amz-object-lock-mode", "COMPLIANCE");
        assertRefused("InvalidArgument", LOCKED, "x-amz-object-lock-retain-until-date", until);
        assertRefused(
                "InvalidArgument",
                LOCKED,
                "x-amz-object-lock-mode",
                "COMPLIANCE",
                "x-amz-object-lock-retain-until-date",
                "tomorrow");
        assertRefused(
                "InvalidRequest",
                PLAIN,
                "x-amz-object-lock-mode",
                "COMPLIANCE",
                "x-amz-object-lock-retain-until-date",
                until);
    }

    @ParameterizedTest
    @CsvSource({
        "GOVERNANCE, false, false, false",
        "GOVERNANCE, false, true, true",
        "COMPLIANCE, false, true, false",
        "GOVERNANCE, true, true, false"
    })
    void whatIsLockedIsDeletedOnlyByWhoPassesOverAGovernance(
            String mode, boolean hold, boolean bypass, boolean deleted) {
        ObjectLock lock = new ObjectLock(mode, Instant.now().plusSeconds(60), hold);
        Caller caller = Callers.sending("x-amz-bypass-governance-retention", String.valueOf(bypass));

        assertThat(refusal(() -> lock.check(caller)).isEmpty()).isEqualTo(deleted);
    }

    @Test
    void aLockThatIsOverLocksNothing() {
        ObjectLock lock = new ObjectLock("COMPLIANCE", Instant.now().minusSeconds(1), false);

        assertThat(refusal(() -> lock.check(Callers.sending()))).isEmpty();
    }

    private static Optional<String> refusal(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (S3Error refused) {
            return Optional.of(refused.code());
        }
    }

    private static Attributes asked(Bucket bucket, String... headers) {
        return Attributes.asked(Callers.sending(headers), bucket);
    }

    private static void assertRefused(String code, Bucket bucket, String... headers) {
        assertThat(refusal(() -> asked(bucket, headers))).contains(code);
    }

    private static String tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> "t" + i + "=1").collect(Collectors.joining("&"));
    }
}
