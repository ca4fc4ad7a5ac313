package dev.restage.sandbox.s3.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class S3ErrorTest {

    @ParameterizedTest
    @MethodSource
    void hasTheStatusTheCodeAndTheDetailsOfS3(S3Error error, int status, String code, String detail) {
        S3Response response = error.response("/acme/a", "42");

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers()).containsEntry("Content-Type", "application/xml");
        assertThat(document(response))
                .contains("<Error><Code>" + code + "</Code><Message>")
                .contains(detail)
                .endsWith("<Resource>/acme/a</Resource><RequestId>42</RequestId></Error>");
    }

    static Stream<Arguments> hasTheStatusTheCodeAndTheDetailsOfS3() {
        return Stream.of(
                Arguments.of(S3Error.noSuchBucket("acme"), 404, "NoSuchBucket", "<BucketName>acme</BucketName>"),
                Arguments.of(S3Error.noSuchKey("a<b"), 404, "NoSuchKey", "<Key>a&lt;b</Key>"),
                Arguments.of(S3Error.noSuchUpload("u1"), 404, "NoSuchUpload", "<UploadId>u1</UploadId>"),
                Arguments.of(S3Error.denied("Access Denied"), 403, "AccessDenied", "<Message>Access Denied</Message>"),
                Arguments.of(S3Error.malformed(), 400, "MalformedXML", "did not validate"),
                Arguments.of(
                        S3Error.argument("no", "max-keys", "x"),
                        400,
                        "InvalidArgument",
                        "<ArgumentName>max-keys</ArgumentName><ArgumentValue>x</ArgumentValue>"),
                Arguments.of(S3Error.invalid("no"), 400, "InvalidRequest", "<Message>no</Message>"),
                Arguments.of(
                        S3Error.precondition("If-Match"), 412, "PreconditionFailed", "<Condition>If-Match</Condition>"),
                Arguments.of(S3Error.notImplemented("x"), 501, "NotImplemented", "not implemented: x"));
    }

    @Test
    void mayCarryHeaders() {
        S3Response response = new S3Error(400, "X", "y")
                .header("x-amz-bucket-region", "eu-west-1")
                .response("/", "1");

        assertThat(response.headers()).containsEntry("x-amz-bucket-region", "eu-west-1");
    }

    @Test
    void aResponseCanEndTooEarlyButNotTooLate() {
        S3Response response = S3Response.bytes(200, "abcdef".getBytes(StandardCharsets.UTF_8), 1, 4);

        assertThat(response.sent()).isEqualTo(4);
        assertThat(response.cutAfter(2).sent()).isEqualTo(2);
        assertThat(response.cutAfter(9).sent()).isEqualTo(4);
        assertThat(response.header("absent", null).headers()).isEmpty();
    }

    private static String document(S3Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
