package dev.restage.sandbox.s3;

import static dev.restage.sandbox.s3.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.model.SimulatedObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Object;

class ListingsTest {

    private static final String BUCKET = "acme-media";

    private final S3Server server = S3Server.start();
    private final S3Client client = Clients.of(server);

    @BeforeEach
    void makeBucket() {
        server.createBucket(BUCKET);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void sortsBytesAndNotStrings() {
        fill("\uFF5E", "\uD83D\uDE00", "\uE000", "z");

        ListObjectsV2Response page = client.listObjectsV2(list -> list.bucket(BUCKET));

        assertThat(keys(page)).containsExactly("z", "\uE000", "\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void givesPagesOfWhatIsBehindAKey() {
        fill("a", "b/1", "b/2", "b/3", "c");

        ListObjectsV2Response first =
                client.listObjectsV2(list -> list.bucket(BUCKET).startAfter("a").maxKeys(2));
        ListObjectsV2Response second = client.listObjectsV2(list -> list.bucket(BUCKET)
                .continuationToken(first.nextContinuationToken())
                .maxKeys(2));

        assertThat(keys(first)).containsExactly("b/1", "b/2");
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.keyCount()).isEqualTo(2);
        assertThat(keys(second)).containsExactly("b/3", "c");
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.nextContinuationToken()).isNull();
        assertThat(keys(client.listObjectsV2(
                        list -> list.bucket(BUCKET).prefix("b/").startAfter("b/1"))))
                .containsExactly("b/2", "b/3");
        assertThat(client.listObjectsV2(list -> list.bucket(BUCKET).maxKeys(0)).isTruncated())
                .isFalse();
        assertFails(
                400,
                "InvalidArgument",
                () -> client.listObjectsV2(list -> list.bucket(BUCKET).continuationToken("%%%")));
    }

    @Test
    void rollsUpCommonPrefixesOverPages() {
        fill("a", "b/1", "b/2", "c/", "c/1", "c!", "d");

        List<String> found = new ArrayList<>();
        client.listObjectsV2Paginator(list -> list.bucket(BUCKET).delimiter("/").maxKeys(1))
                .forEach(page -> {
                    found.addAll(keys(page));
                    page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(found::add);
                });

        assertThat(found).containsExactly("a", "b/", "c!", "c/", "d");
    }

    @Test
    void listsAsBefore2016Too() {
        fill("a", "b/1", "b/2", "c");

        ListObjectsResponse first =
                client.listObjects(list -> list.bucket(BUCKET).delimiter("/").maxKeys(2));
        ListObjectsResponse second = client.listObjects(list ->
                list.bucket(BUCKET).delimiter("/").marker(first.nextMarker()).maxKeys(2));

        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/");
        assertThat(first.nextMarker()).isEqualTo("b/");
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("c");
        assertThat(second.commonPrefixes()).isEmpty();
        assertThat(second.contents().get(0).owner().id()).isNotEmpty();
    }

    @Test
    void encodesKeysOnlyWhenAsked() {
        fill("a b+c%\u0001.jpg");

        ListObjectsV2Response encoded =
                client.listObjectsV2(list -> list.bucket(BUCKET).encodingType(EncodingType.URL));

        assertThat(keys(encoded)).containsExactly("a b+c%\u0001.jpg");
        assertThatThrownBy(() -> client.listObjectsV2(list -> list.bucket(BUCKET)))
                .hasMessageContaining("Could not parse XML");
    }

    @Test
    void tellsWhatWasRestored() {
        server.put(BUCKET, "archived", new byte[] {1}, Map.of("x-amz-storage-class", "GLACIER"));
        server.put(BUCKET, "restored", new byte[] {1}, Map.of("x-amz-storage-class", "DEEP_ARCHIVE"));
        client.restoreObject(
                restore -> restore.bucket(BUCKET).key("restored").restoreRequest(request -> request.days(2)));

        List<S3Object> objects = client.listObjectsV2(
                        list -> list.bucket(BUCKET).optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS))
                .contents();

        assertThat(objects.get(0).storageClassAsString()).isEqualTo("GLACIER");
        assertThat(objects.get(0).restoreStatus()).isNull();
        assertThat(objects.get(1).restoreStatus().isRestoreInProgress()).isFalse();
        assertThat(objects.get(1).restoreStatus().restoreExpiryDate()).isAfter(Instant.now());
    }

    @Test
    void simulatesAHugeBucketUnderWhatIsWritten() {
        server.simulate(
                BUCKET, new SimulatedObjects(10_000_000, "images/%08d.jpg"::formatted, "image/jpeg", "content"));
        server.put(BUCKET, "images/04999999.jpg", "image/jpeg", new byte[] {1});
        server.put(BUCKET, "images/05000000a.jpg", "image/jpeg", new byte[] {1});
        server.delete(BUCKET, "images/05000001.jpg");
        Instant start = Instant.now();

        ListObjectsV2Response page = client.listObjectsV2(
                list -> list.bucket(BUCKET).startAfter("images/04999998.jpg").maxKeys(4));

        assertThat(keys(page))
                .containsExactly(
                        "images/04999999.jpg", "images/05000000.jpg", "images/05000000a.jpg", "images/05000002.jpg");
        assertThat(page.contents()).extracting(S3Object::size).containsExactly(1L, 7L, 1L, 7L);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(client.getObjectAsBytes(get -> get.bucket(BUCKET).key("images/09999999.jpg"))
                        .asUtf8String())
                .isEqualTo("content");
        assertFails(
                404,
                "NoSuchKey",
                () -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("images/10000000.jpg")));
    }

    private void fill(String... keys) {
        for (String key : keys) {
            server.put(BUCKET, key, "text/plain", new byte[0]);
        }
    }

    private static List<String> keys(ListObjectsV2Response page) {
        return page.contents().stream().map(S3Object::key).toList();
    }
}
