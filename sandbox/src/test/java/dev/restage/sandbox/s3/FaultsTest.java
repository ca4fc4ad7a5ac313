package dev.restage.sandbox.s3;

import static dev.restage.sandbox.s3.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

class FaultsTest {

    private final S3Server server = S3Server.start();
    private final S3Client client = Clients.of(server);
    private final S3Faults faults = server.faults();

    @BeforeEach
    void fill() {
        server.createBucket("source");
        server.createBucket("target");
        for (String key : List.of("a", "b", "c")) {
            server.put("source", key, "text/plain", ("content of " + key).getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void failsTheNextRequestsOfAKindAndNoOther() {
        faults.slowDown(Strike.next(2, S3Operation.COPY_OBJECT).in("target").key(key -> !key.equals("b")));

        copy("b");
        assertFails(503, "SlowDown", () -> copy("a"));
        assertFails(503, "SlowDown", () -> copy("c"));
        copy("a");

        assertThat(server.keys("target")).containsExactly("a", "b");
    }

    @Test
    void failsEachSoManyth() {
        faults.internalError(Strike.every(3, S3Operation.COPY_OBJECT));

        copy("a");
        copy("b");
        assertFails(500, "InternalError", () -> copy("c"));
        copy("a");
        copy("b");
        assertFails(500, "InternalError", () -> copy("c"));
        faults.clear();
        copy("c");
    }

    @Test
    void saysThatTheSourceChangedOrIsGone() {
        faults.preconditionFailed(Strike.next(1, S3Operation.COPY_OBJECT));
        faults.notFound(Strike.next(1, S3Operation.COPY_OBJECT));

        assertFails(412, "PreconditionFailed", () -> copy("a"));
        assertFails(404, "NoSuchKey", () -> copy("a"));
    }

    @Test
    void hidesAnErrorInSuccess() {
        faults.errorInside(Strike.next(1, S3Operation.COPY_OBJECT));

        assertFails(200, "InternalError", () -> copy("a"));

        assertThat(server.keys("target")).isEmpty();
    }

    @Test
    void doesTheWorkButNeverAnswers() {
        faults.dropAfterSuccess(Strike.next(1, S3Operation.COPY_OBJECT));

        assertThatThrownBy(() -> copy("a")).isInstanceOf(SdkClientException.class);

        assertThat(server.keys("target")).containsExactly("a");
    }

    @Test
    void breaksOffInTheMiddle() {
        faults.cut(Strike.next(1, S3Operation.GET_OBJECT), 5);
        faults.cut(Strike.next(1, S3Operation.LIST_OBJECTS_V2), 300);

        assertThatThrownBy(() ->
                        client.getObjectAsBytes(get -> get.bucket("source").key("a")))
                .isInstanceOf(SdkClientException.class);
        assertThatThrownBy(this::list).isInstanceOf(SdkClientException.class);
        assertThat(keys(list())).containsExactly("a", "b", "c");
    }

    @Test
    void listsNothingOrInTheWrongOrder() {
        faults.emptyListing(Strike.next(1, S3Operation.LIST_OBJECTS_V2));
        faults.unsortedListing(Strike.next(1, S3Operation.LIST_OBJECTS_V2));

        ListObjectsV2Response empty =
                client.listObjectsV2(list -> list.bucket("source").maxKeys(2));
        assertThat(empty.contents()).isEmpty();
        assertThat(empty.keyCount()).isZero();
        assertThat(empty.isTruncated()).isFalse();
        assertThat(empty.nextContinuationToken()).isNull();
        assertThat(keys(list())).containsExactly("c", "b", "a");
        assertThat(keys(list())).containsExactly("a", "b", "c");
    }

    @Test
    void refusesToDeleteSingleKeys() {
        faults.refuseDeletion(Strike.always(S3Operation.DELETE_OBJECTS).key("b"::equals), "AccessDenied");

        DeleteObjectsResponse answer = client.deleteObjects(delete -> delete.bucket("source")
                .delete(Delete.builder()
                        .quiet(true)
                        .objects(List.of(identifier("a"), identifier("b"), identifier("c")))
                        .build()));

        assertThat(answer.deleted()).isEmpty();
        assertThat(answer.errors()).extracting(S3Error::key, S3Error::code).containsExactly(tuple("b", "AccessDenied"));
        assertThat(server.keys("source")).containsExactly("b");
    }

    @Test
    void changesTheSourceMeanwhile() {
        String etag = client.headObject(head -> head.bucket("source").key("a")).eTag();
        List<String> hooked = new ArrayList<>();
        faults.before(Strike.next(1, S3Operation.COPY_OBJECT), call -> {
            hooked.add(call.bucket() + "/" + call.key());
            server.put("source", "a", "text/plain", new byte[] {'x'});
        });

        assertFails(
                412,
                "PreconditionFailed",
                () -> client.copyObject(copy -> copy.sourceBucket("source")
                        .sourceKey("a")
                        .copySourceIfMatch(etag)
                        .destinationBucket("target")
                        .destinationKey("a")));

        assertThat(hooked).containsExactly("target/a");
    }

    @Test
    void countsRequestsByOperationAndBucket() {
        copy("a");
        copy("b");
        list();
        assertFails(
                404, null, () -> client.headObject(head -> head.bucket("target").key("none")));

        S3Requests requests = server.requests();
        assertThat(requests.of(S3Operation.COPY_OBJECT)).isEqualTo(2);
        assertThat(requests.of(S3Operation.COPY_OBJECT, "target")).isEqualTo(2);
        assertThat(requests.of(S3Operation.COPY_OBJECT, "source")).isZero();
        assertThat(requests.byOperation())
                .containsOnlyKeys(S3Operation.COPY_OBJECT, S3Operation.LIST_OBJECTS_V2, S3Operation.HEAD_OBJECT);
        assertThat(requests.total()).isEqualTo(4);
        requests.reset();
        assertThat(requests.total()).isZero();
    }

    @Test
    void isAsSlowAsTold() {
        list();
        server.latency(Duration.ofMillis(150));
        Instant start = Instant.now();

        list();

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    private CopyObjectResponse copy(String key) {
        return client.copyObject(copy -> copy.sourceBucket("source")
                .sourceKey(key)
                .destinationBucket("target")
                .destinationKey(key));
    }

    private ListObjectsV2Response list() {
        return client.listObjectsV2(list -> list.bucket("source"));
    }

    private static List<String> keys(ListObjectsV2Response page) {
        return page.contents().stream().map(S3Object::key).toList();
    }

    private static ObjectIdentifier identifier(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }
}
