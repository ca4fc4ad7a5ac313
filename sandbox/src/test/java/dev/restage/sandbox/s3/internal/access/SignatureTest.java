package dev.restage.sandbox.s3.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the S3 API reference, "Signature Calculations for the Authorization Header" and the pages beside it. */
class SignatureTest {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String TIME = "20130524T000000Z";
    private static final String EMPTY = Hashes.sha256(new byte[0]);
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Test
    void checksAnObjectReadInPart() {
        S3Request request = request("GET", "/test.txt", Map.of(), Map.of("range", "bytes=0-9"));

        signed(
                        "host;range;x-amz-content-sha256;x-amz-date",
                        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
                .check(request, SECRET, EMPTY);
    }

    @Test
    void checksAKeyThatIsEncodedInThePath() {
        String hash = Hashes.sha256("Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8));
        S3Request request = request(
                "PUT",
                "/test$file.text",
                Map.of(),
                Map.of(
                        "date", "Fri, 24 May 2013 00:00:00 GMT",
                        "x-amz-content-sha256", hash,
                        "x-amz-storage-class", "REDUCED_REDUNDANCY"));

        signed(
                        "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
                .check(request, SECRET, hash);
    }

    @ParameterizedTest
    @CsvSource({
        "lifecycle=, fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "prefix=J&max-keys=2, 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void checksParametersInWhateverOrder(String query, String signature) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }

        signed("host;x-amz-content-sha256;x-amz-date", signature)
                .check(request("GET", "/", parameters, Map.of()), SECRET, EMPTY);
    }

    @Test
    void checksASignedAddress() {
        Map<String, String> query = Map.of(
                "X-Amz-Algorithm", "AWS4-HMAC-SHA256",
                "X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request",
                "X-Amz-Date", TIME,
                "X-Amz-Expires", "86400",
                "X-Amz-SignedHeaders", "host",
                "X-Amz-Signature", "is no part of what is signed");

        signed("host", "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")
                .check(request("GET", "/test.txt", query, Map.of()), SECRET, "UNSIGNED-PAYLOAD");
    }

    @Test
    void refusesAnotherSecretAndShowsWhatItSigned() {
        S3Request request = request("GET", "/test.txt", Map.of(), Map.of("range", "bytes=0-9"));
        Signature signature = signed(
                "host;range;x-amz-content-sha256;x-amz-date",
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");

        assertThatThrownBy(() -> signature.check(request, SECRET + "x", EMPTY))
                .isInstanceOfSatisfying(S3Error.class, error -> {
                    assertThat(error.status()).isEqualTo(403);
                    assertThat(error.code()).isEqualTo("SignatureDoesNotMatch");
                    assertThat(new String(error.response("/", "1").body(), StandardCharsets.UTF_8))
                            .contains("<AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId>")
                            .contains(
                                    "<CanonicalRequest>GET&#xa;/test.txt&#xa;&#xa;host:examplebucket.s3.amazonaws.com&#xa;");
                });
    }

    @Test
    void spacesInHeadersCountAsOne() {
        S3Request plain = request("GET", "/test.txt", Map.of(), Map.of("range", "a b"));
        S3Request spaced = request("GET", "/test.txt", Map.of(), Map.of("range", "  a   b "));
        Signature unsigned = signed("host;range", "");

        assertThat(refusal(unsigned, spaced))
                .isEqualTo(refusal(unsigned, plain))
                .contains("range:a b&#xa;");
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "14, ''", "-14, ''", "16, RequestTimeTooSkewed", "-16, RequestTimeTooSkewed"})
    void aHeaderIsGoodForAQuarterOfAnHour(long minutes, String code) {
        String time = FORMAT.format(Instant.now().plus(Duration.ofMinutes(minutes)));
        S3Request request = request(
                "GET",
                "/",
                Map.of(),
                Map.of(
                        "x-amz-date",
                        time,
                        "authorization",
                        authorization(time.substring(0, 8) + "/us-east-1/s3/aws4_request")));

        assertRefused(request, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20130524/us-east-1/s3",
                "20130524/us-east-1/s3/aws4_request/more",
                "20130523/us-east-1/s3/aws4_request",
                "20130524/us-east-1/s3/aws3_request"
            })
    void aScopeHasFiveParts(String scope) {
        Map<String, String> query = Map.of(
                "X-Amz-Algorithm",
                "AWS4-HMAC-SHA256",
                "X-Amz-Credential",
                "AKIAIOSFODNN7EXAMPLE/" + scope,
                "X-Amz-Date",
                TIME,
                "X-Amz-Expires",
                "999999999");

        assertRefused(request("GET", "/", query, Map.of()), "AuthorizationHeaderMalformed");
    }

    @ParameterizedTest
    @CsvSource({
        "60, AccessDenied, Request has expired",
        "never, AuthorizationQueryParametersError, X-Amz-Expires should be a number"
    })
    void anAddressIsGoodForAsLongAsItSays(String expires, String code, String message) {
        Map<String, String> query = Map.of(
                "X-Amz-Algorithm",
                "AWS4-HMAC-SHA256",
                "X-Amz-Credential",
                "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request",
                "X-Amz-Date",
                TIME,
                "X-Amz-Expires",
                expires);

        assertThatThrownBy(() -> Signature.of(request("GET", "/", query, Map.of())))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo(code))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"'', AccessDenied", "AWS key:signature, InvalidRequest", "Basic eDp5, InvalidRequest"})
    void refusesWhoSignsInAnotherWayOrNotAtAll(String authorization, String code) {
        Map<String, String> headers = authorization.isEmpty() ? Map.of() : Map.of("authorization", authorization);

        assertRefused(request("GET", "/", Map.of(), headers), code);
    }

    private static Signature signed(String headers, String value) {
        return new Signature("AKIAIOSFODNN7EXAMPLE", "20130524", "us-east-1", "s3", TIME, headers, value);
    }

    private static String authorization(String scope) {
        return "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/%s, SignedHeaders=host, Signature=00".formatted(scope);
    }

    private static String refusal(Signature signature, S3Request request) {
        try {
            signature.check(request, SECRET, EMPTY);
            return "";
        } catch (S3Error error) {
            return new String(error.response("/", "1").body(), StandardCharsets.UTF_8);
        }
    }

    private static void assertRefused(S3Request request, String code) {
        if (code.isEmpty()) {
            assertThat(Signature.of(request).keyId()).isEqualTo("AKIAIOSFODNN7EXAMPLE");
            return;
        }
        assertThatThrownBy(() -> Signature.of(request))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private static S3Request request(
            String method, String path, Map<String, String> query, Map<String, String> headers) {
        Map<String, String> all = new TreeMap<>(
                Map.of("host", "examplebucket.s3.amazonaws.com", "x-amz-date", TIME, "x-amz-content-sha256", EMPTY));
        all.putAll(headers);
        return new S3Request(method, path, "examplebucket", "", query, all, new Content(new byte[0]));
    }
}
