package dev.restage.sandbox.s3;

import static dev.restage.sandbox.s3.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.s3.internal.http.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

class ObjectsTest {

    private static final String BUCKET = "acme-media";

    private final S3Server server = S3Server.start();
    private final S3Client client = Clients.of(server);

    @BeforeEach
    void makeBucket() {
        server.createBucket(BUCKET);
        server.createBucket("staging");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void keepsEveryKeyAsItIs() {
        List<String> keys = new ArrayList<>(Keys.AWKWARD);
        keys.add(Keys.longest());
        for (String key : keys) {
            client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString("content of " + key));
        }

        assertThat(list()).containsExactlyElementsOf(sorted(keys));
        for (String key : keys) {
            client.copyObject(copy -> copy.sourceBucket(BUCKET)
                    .sourceKey(key)
                    .destinationBucket("staging")
                    .destinationKey(key));
            assertThat(client.getObjectAsBytes(get -> get.bucket("staging").key(key))
                            .asUtf8String())
                    .isEqualTo("content of " + key);
            client.deleteObject(delete -> delete.bucket(BUCKET).key(key));
        }
        assertThat(list()).isEmpty();
    }

    @Test
    void refusesAKeyOfMoreThan1024Bytes() {
        assertFails(
                400,
                "KeyTooLongError",
                () -> client.putObject(
                        put -> put.bucket(BUCKET).key(Keys.longest() + "x"), RequestBody.fromString("x")));
    }

    @Test
    void tellsWhatBelongsToAnObject() {
        client.putObject(
                put -> put.bucket(BUCKET)
                        .key("a.jpg")
                        .contentType("image/jpeg")
                        .cacheControl("max-age=60")
                        .contentDisposition("inline")
                        .contentLanguage("pl")
                        .contentEncoding("gzip")
                        .metadata(Map.of("owner", "ann  lee"))
                        .tagging("team=web&x=a%20b"),
                RequestBody.fromString("content"));

        HeadObjectResponse head =
                client.headObject(request -> request.bucket(BUCKET).key("a.jpg").checksumMode(ChecksumMode.ENABLED));

        assertThat(head.contentLength()).isEqualTo(7);
        assertThat(head.contentType()).isEqualTo("image/jpeg");
        assertThat(head.cacheControl()).isEqualTo("max-age=60");
        assertThat(head.contentDisposition()).isEqualTo("inline");
        assertThat(head.contentLanguage()).isEqualTo("pl");
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.metadata()).isEqualTo(Map.of("owner", "ann  lee"));
        assertThat(head.tagCount()).isEqualTo(1 + 1);
        assertThat(head.eTag()).isEqualTo('"' + Hashes.md5("content".getBytes(StandardCharsets.UTF_8)) + '"');
        assertThat(head.checksumCRC32()).isNotEmpty();
        assertThat(head.serverSideEncryptionAsString()).isEqualTo("AES256");
    }

    @Test
    void givesPartsOfAnObject() {
        server.put(BUCKET, "a", "text/plain", "0123456789".getBytes(StandardCharsets.UTF_8));

        assertThat(range("bytes=2-4")).isEqualTo("234");
        assertThat(range("bytes=7-")).isEqualTo("789");
        assertThat(range("bytes=-2")).isEqualTo("89");
        assertThat(range("bytes=8-100")).isEqualTo("89");
        assertFails(416, "InvalidRange", () -> range("bytes=10-"));
    }

    @Test
    void readsOnlyUnderTheConditionsThatHold() {
        server.put(BUCKET, "a", "text/plain", new byte[] {'x'});
        String etag = client.headObject(head -> head.bucket(BUCKET).key("a")).eTag();

        assertThat(client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a").ifMatch(etag))
                        .asUtf8String())
                .isEqualTo("x");
        assertFails(
                412,
                "PreconditionFailed",
                () -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a").ifMatch("other")));
        assertFails(
                304,
                null,
                () -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a").ifNoneMatch(etag)));
        assertFails(
                412,
                "PreconditionFailed",
                () -> client.copyObject(copy -> copy.sourceBucket(BUCKET)
                        .sourceKey("a")
                        .copySourceIfMatch("other")
                        .destinationBucket("staging")
                        .destinationKey("a")));
    }

    @Test
    void namesWhatIsMissing() {
        assertFails(
                404,
                "NoSuchKey",
                () -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("none")));
        assertFails(404, "NoSuchBucket", () -> client.listObjectsV2(list -> list.bucket("missing")));
        assertFails(
                404,
                "NoSuchKey",
                () -> client.copyObject(copy -> copy.sourceBucket(BUCKET)
                        .sourceKey("none")
                        .destinationBucket("staging")
                        .destinationKey("none")));
    }

    private String range(String range) {
        return client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a").range(range))
                .asUtf8String();
    }

    private List<String> list() {
        return client
                .listObjectsV2Paginator(list -> list.bucket(BUCKET).maxKeys(7).encodingType(EncodingType.URL))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private static List<String> sorted(List<String> keys) {
        return keys.stream()
                .sorted(Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .toList();
    }
}
