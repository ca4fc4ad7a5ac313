package dev.restage.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.S3Request;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests are meant, and what they ask. */
class StrikeTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /, '', LIST_BUCKETS",
        "HEAD, /acme, '', HEAD_BUCKET",
        "PUT, /acme, '', CREATE_BUCKET",
        "PUT, /acme, versioning, PUT_BUCKET_VERSIONING",
        "GET, /acme, '', LIST_OBJECTS",
        "GET, /acme, prefix=a&list-type=2, LIST_OBJECTS_V2",
        "GET, /acme, versions, LIST_OBJECT_VERSIONS",
        "GET, /acme, uploads&max-uploads=1, LIST_MULTIPART_UPLOADS",
        "GET, /acme, object-lock, GET_OBJECT_LOCK_CONFIGURATION",
        "POST, /acme, delete, DELETE_OBJECTS",
        "DELETE, /acme, '', DELETE_BUCKET",
        "GET, /acme, policy, UNKNOWN",
        "PUT, /acme, lifecycle, UNKNOWN",
        "GET, /acme/a, '', GET_OBJECT",
        "GET, /acme/a, versionId=1&partNumber=1, GET_OBJECT",
        "GET, /acme/a, tagging, GET_OBJECT_TAGGING",
        "GET, /acme/a, uploadId=1, LIST_PARTS",
        "GET, /acme/a, attributes, UNKNOWN",
        "HEAD, /acme/a, '', HEAD_OBJECT",
        "PUT, /acme/a, '', PUT_OBJECT",
        "PUT, /acme/a, partNumber=1&uploadId=1, UPLOAD_PART",
        "PUT, /acme/a, legal-hold, PUT_OBJECT_LEGAL_HOLD",
        "POST, /acme/a, uploads, CREATE_MULTIPART_UPLOAD",
        "POST, /acme/a, uploadId=1, COMPLETE_MULTIPART_UPLOAD",
        "POST, /acme/a, restore, RESTORE_OBJECT",
        "POST, /acme/a, select, UNKNOWN",
        "DELETE, /acme/a, '', DELETE_OBJECT",
        "DELETE, /acme/a, uploadId=1, ABORT_MULTIPART_UPLOAD",
        "PATCH, /acme/a, '', UNKNOWN"
    })
    void knowsAnOperationByMethodPathAndParameters(String method, String path, String query, S3Operation operation) {
        assertThat(call(method, path, query, Map.of()).operation()).isEqualTo(operation);
    }

    @Test
    void aCopyIsAWriteThatNamesASource() {
        Map<String, String> source = Map.of("x-amz-copy-source", "acme/b");

        assertThat(call("PUT", "/acme/a", "", source).operation()).isEqualTo(S3Operation.COPY_OBJECT);
        assertThat(call("PUT", "/acme/a", "uploadId=1&partNumber=1", source).operation())
                .isEqualTo(S3Operation.UPLOAD_PART_COPY);
    }

    @Test
    void hitsTheNextFewAndThenNoMore() {
        Strike.Counter counter = Strike.next(2, S3Operation.GET_OBJECT).counter();

        assertThat(counter.hits(get("a"))).isTrue();
        assertThat(counter.hits(call("PUT", "/acme/a", "", Map.of()))).isFalse();
        assertThat(counter.hits(get("b"))).isTrue();
        assertThat(counter.hits(get("c"))).isFalse();
    }

    @Test
    void hitsEachSoManyth() {
        Strike.Counter counter = Strike.every(3).counter();

        assertThat(IntStream.range(0, 7).filter(i -> counter.hits(get("a")))).hasSize(2);
    }

    @Test
    void everyConditionMustHold() {
        Strike strike = Strike.always(S3Operation.GET_OBJECT, S3Operation.HEAD_OBJECT)
                .in("acme")
                .key(key -> key.startsWith("a"))
                .where(call -> call.headers().containsKey("range"));
        Map<String, String> range = Map.of("range", "bytes=0-1");

        assertThat(strike.counter().hits(call("GET", "/acme/ab", "", range))).isTrue();
        assertThat(strike.counter().hits(call("GET", "/acme/ab", "", Map.of()))).isFalse();
        assertThat(strike.counter().hits(call("GET", "/acme/b", "", range))).isFalse();
        assertThat(strike.counter().hits(call("GET", "/other/ab", "", range))).isFalse();
        assertThat(strike.counter().hits(call("PUT", "/acme/ab", "", range))).isFalse();
    }

    @Test
    void twoFaultsOfOneStrikeCountApart() {
        Strike once = Strike.next(1);
        Strike.Counter one = once.counter();
        Strike.Counter other = once.counter();

        assertThat(one.hits(get("a"))).isTrue();
        assertThat(one.hits(get("a"))).isFalse();
        assertThat(other.hits(get("a"))).isTrue();
    }

    @Test
    void requestsAreCountedByOperationAndBucketUntilToldToForget() {
        S3Requests requests = new S3Requests();
        requests.count(get("a"));
        requests.count(get("b"));
        requests.count(call("GET", "/other/a", "", Map.of()));
        requests.count(call("HEAD", "/acme", "", Map.of()));

        assertThat(requests.of(S3Operation.GET_OBJECT)).isEqualTo(3);
        assertThat(requests.of(S3Operation.GET_OBJECT, "acme")).isEqualTo(2);
        assertThat(requests.of(S3Operation.PUT_OBJECT, "acme")).isZero();
        assertThat(requests.byOperation())
                .containsOnly(Map.entry(S3Operation.GET_OBJECT, 3L), Map.entry(S3Operation.HEAD_BUCKET, 1L));
        assertThat(requests.total()).isEqualTo(4);

        requests.reset();

        assertThat(requests.total()).isZero();
    }

    private static S3Call get(String key) {
        return call("GET", "/acme/" + key, "", Map.of());
    }

    private static S3Call call(String method, String path, String query, Map<String, String> headers) {
        return S3Call.of(S3Request.of(method, path, query, headers, new Content(new byte[0])));
    }
}
