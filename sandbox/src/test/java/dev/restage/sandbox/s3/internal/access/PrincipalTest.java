package dev.restage.sandbox.s3.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.model.Grant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "s3:GetObject, acme, true",
        "s3:GetObjectTagging, acme, true",
        "s3:GetBucketAcl, acme, true",
        "s3:PutObject, acme, false",
        "s3:DeleteObject, acme, false",
        "s3:GetObject, other, false",
        "S3:GetObject, acme, false"
    })
    void mayReadWhatIsGrantedToRead(String action, String bucket, boolean allowed) {
        assertThat(new Principal("reader", List.of(Grant.read("acme"))).may(action, bucket))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "s3:PutObject, true",
        "s3:PutObjectAcl, true",
        "s3:DeleteObject, true",
        "s3:ListBucket, true",
        "s3:ListMultipartUploadParts, true",
        "s3:GetObject, false",
        "s3:GetObjectTagging, false",
        "s3:DeleteBucket, false",
        "s3:PutBucketVersioning, false"
    })
    void mayWriteWithoutReading(String action, boolean allowed) {
        assertThat(new Principal("writer", List.of(Grant.write("acme"))).may(action, "acme"))
                .isEqualTo(allowed);
    }

    @Test
    void aRightCanBeTakenAwayFromAGrant() {
        Grant grant = Grant.of("acme", "s3:GetObject", "s3:ListBucket").without("s3:ListBucket", "s3:Unknown");

        assertThat(grant.allows("s3:GetObject", "acme")).isTrue();
        assertThat(grant.allows("s3:ListBucket", "acme")).isFalse();
    }

    @Test
    void aStarIsEveryResource() {
        assertThat(Grant.of("*", "s3:*").allows("s3:GetObject", "whatever")).isTrue();
        assertThat(Grant.of("*", "s3:*").allows("kms:Decrypt", "whatever")).isFalse();
    }

    @Test
    void isRefusedInTheWordsOfAmazon() {
        Principal nobody = new Principal("nobody", List.of());

        assertThatThrownBy(() -> nobody.check("s3:GetObject", "acme", "a/b"))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo("AccessDenied"))
                .hasMessage("User: arn:aws:iam::111122223333:user/nobody is not authorized to perform: s3:GetObject on"
                        + " resource: \"arn:aws:s3:::acme/a/b\" because no identity-based policy allows the s3:GetObject"
                        + " action");
        assertThatThrownBy(() -> nobody.check("s3:ListBucket", "acme", ""))
                .hasMessageContaining("\"arn:aws:s3:::acme\"");
        assertThatThrownBy(() -> nobody.checkKms("kms:Decrypt", "k1"))
                .hasMessageContaining("\"arn:aws:kms:us-east-1:111122223333:key/k1\"");
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-checksum-crc32, NhCmhg==, CRC32",
        "x-amz-checksum-crc32c, mnG7TA==, CRC32C",
        "x-amz-checksum-sha1, qvTGHdzF6KLavt4PO0gs2a6pQ00=, SHA1"
    })
    void aBodyIsComparedWithTheChecksumThatCame(String header, String value, ChecksumAlgorithm algorithm) {
        assertThat(SentChecksum.check(Callers.sending(header, value), HELLO)).contains(algorithm);
        assertThatThrownBy(() -> SentChecksum.check(Callers.sending(header, value), new byte[0]))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo("BadDigest"))
                .hasMessageContaining(algorithm.name());
    }

    @Test
    void anMd5IsCheckedTooAndIsNoChecksumThatIsKept() {
        String md5 = "XUFAKrxLKna5cZ2REBfFkg==";

        assertThat(SentChecksum.check(Callers.sending("content-md5", md5), HELLO))
                .isEmpty();
        assertThatThrownBy(() -> SentChecksum.check(Callers.sending("content-md5", md5), new byte[0]))
                .hasMessageContaining("Content-MD5");
    }

    @Test
    void someOperationsMustComeWithADigest() {
        assertThatThrownBy(() -> SentChecksum.require(Callers.posting("hello")))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo("InvalidRequest"));
        assertThatCode(() -> SentChecksum.require(Callers.posting("hello", "content-md5", "XUFAKrxLKna5cZ2REBfFkg==")))
                .doesNotThrowAnyException();
        assertThatCode(() -> SentChecksum.require(Callers.posting("hello", "x-amz-checksum-crc32", "NhCmhg==")))
                .doesNotThrowAnyException();
    }

    @Test
    void anAlgorithmIsAskedForByEitherHeader() {
        ChecksumAlgorithm otherwise = ChecksumAlgorithm.CRC64NVME;

        assertThat(SentChecksum.asked(Callers.sending("x-amz-checksum-algorithm", "SHA256"), otherwise))
                .isEqualTo(ChecksumAlgorithm.SHA256);
        assertThat(SentChecksum.asked(Callers.sending("x-amz-sdk-checksum-algorithm", "CRC32"), otherwise))
                .isEqualTo(ChecksumAlgorithm.CRC32);
        assertThat(SentChecksum.asked(Callers.sending("x-amz-checksum-algorithm", "MD5"), otherwise))
                .isEqualTo(otherwise);
        assertThat(SentChecksum.asked(Callers.sending(), otherwise)).isEqualTo(otherwise);
    }
}
