package dev.restage.sandbox.s3.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentPayloadTest {

    private static final String SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private static final String TRAILING = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /** "Example: PUT object" of the S3 API reference, "Transferring Payload in Multiple Chunks". */
    private static final Signature SEED = new Signature(
            "AKIAIOSFODNN7EXAMPLE",
            "20130524",
            "us-east-1",
            "s3",
            "20130524T000000Z",
            "",
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");

    private static final String CHUNKS =
            "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"
                    + "a".repeat(65536)
                    + "\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n"
                    + "a".repeat(1024)
                    + "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";

    @Test
    void checksTheSignatureOfEachChunk() {
        SentPayload payload = payload(SIGNED, CHUNKS, 66560);

        assertThat(payload.content().size()).isEqualTo(66560);
        assertThat(payload.trailers()).isEmpty();
    }

    @Test
    void refusesAChunkThatWasChanged() {
        assertRefused(SIGNED, CHUNKS.replaceFirst("aaa", "aab"), 66560, "SignatureDoesNotMatch");
        assertRefused(SIGNED, CHUNKS.replace("b6c6ea8a", "b6c6ea8b"), 66560, "SignatureDoesNotMatch");
    }

    @Test
    void readsTheHeadersBehindAnUnsignedBody() {
        SentPayload payload =
                payload(TRAILING, "5\r\nhello\r\n6\r\n world\r\n0\r\nX-Amz-Checksum-CRC32: DUoRhQ==\r\n\r\n", 11);

        assertThat(new String(payload.content().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("hello world");
        assertThat(payload.trailers()).containsExactly(Map.entry("x-amz-checksum-crc32", "DUoRhQ=="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5\r\nhel",
                "5\r\nhello",
                "z\r\nhello\r\n0\r\n\r\n",
                "-1\r\nhello\r\n0\r\n\r\n",
                "6\r\nhello\r\n0\r\n\r\n",
                "4\r\nhello\r\n0\r\n\r\n"
            })
    void refusesABodyThatEndsOrIsCutInTheWrongPlace(String body) {
        assertRefused(TRAILING, body, 5, "IncompleteBody");
    }

    @Test
    void refusesAnotherLengthThanWasTold() {
        assertRefused(TRAILING, "5\r\nhello\r\n0\r\n\r\n", 6, "IncompleteBody");
    }

    @ParameterizedTest
    @CsvSource({"STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, InvalidArgument", "STREAMING-X, InvalidArgument"})
    void refusesAFramingThatItDoesNotKnow(String kind, String code) {
        assertRefused(kind, "0\r\n\r\n", 0, code);
    }

    @Test
    void takesAPlainBodyWithItsHashOrWithoutOne() {
        String hash = Hashes.sha256("hello".getBytes(StandardCharsets.UTF_8));

        assertThat(payload(hash, "hello", 5).content().size()).isEqualTo(5);
        assertThat(payload("UNSIGNED-PAYLOAD", "hello", 5).content().size()).isEqualTo(5);
        assertRefused(hash, "hellO", 5, "XAmzContentSHA256Mismatch");
    }

    private static void assertRefused(String kind, String body, int length, String code) {
        assertThatThrownBy(() -> payload(kind, body, length))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private static SentPayload payload(String kind, String body, int length) {
        S3Request request = new S3Request(
                "PUT",
                "/acme/a",
                "acme",
                "a",
                Map.of(),
                Map.of("x-amz-decoded-content-length", String.valueOf(length)),
                new Content(body.getBytes(StandardCharsets.ISO_8859_1)));
        return SentPayload.of(request, SEED, SECRET, kind);
    }
}
