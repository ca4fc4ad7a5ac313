package dev.restage.sandbox.s3.internal.operation;

import static dev.restage.sandbox.s3.internal.http.Refusing.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.access.Callers;
import dev.restage.sandbox.s3.internal.access.Principal;
import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.object.Attributes;
import dev.restage.sandbox.s3.internal.object.Body;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.Upload;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.Grant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

    private final Buckets buckets = new Buckets();
    private final Limits limits = new Limits();
    private final Multipart multipart = new Multipart(buckets, limits);
    private final ObjectReads reads = new ObjectReads();
    private final Bucket bucket = buckets.create("acme", BucketSettings.standard());

    @BeforeEach
    void allowSmallParts() {
        limits.partBytes(3);
    }

    @Test
    void anUploadBecomesAnObjectOfItsPartsWithWhatItWasBegunWith() {
        String id = begun("a", "content-type", "image/png", "x-amz-tagging", "t=1");
        String one = part(id, 1, "aaa");
        String three = part(id, 3, "c");

        S3Response done = complete(id, "1", one, "3", three);

        assertThat(Store.texts(done, "ETag", "").get(0)).endsWith("-2\"");
        S3Response read = reads.get(Callers.asking("a"), bucket);
        assertThat(Store.document(read)).isEqualTo("aaac");
        assertThat(read.headers()).containsEntry("content-type", "image/png").containsEntry("x-amz-tagging-count", "1");
        assertThat(Store.document(reads.get(Callers.asking("a", "partNumber", "2"), bucket)))
                .isEqualTo("c");
        assertThat(bucket.uploads()).isEmpty();
    }

    @Test
    void aPartThatIsSentAgainReplacesTheFirst() {
        String id = begun("a");
        String old = part(id, 1, "old");
        String again = part(id, 1, "new");

        assertRefused(400, "InvalidPart", () -> complete(id, "1", old));
        complete(id, "1", again);

        assertThat(Store.document(reads.get(Callers.asking("a"), bucket))).isEqualTo("new");
    }

    @Test
    void refusesPartsOutOfOrderTooSmallOrNone() {
        String id = begun("a");
        String one = part(id, 1, "aa");
        String two = part(id, 2, "bbb");

        assertRefused(400, "InvalidPartOrder", () -> complete(id, "2", two, "1", one));
        assertRefused(400, "EntityTooSmall", () -> complete(id, "1", one, "2", two));
        assertRefused(400, "MalformedXML", () -> complete(id));
        assertRefused(400, "MalformedXML", () -> complete(id, "one", one));
        assertThat(bucket.uploads()).containsOnlyKeys(id);
        assertThat(bucket.current("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "-1", "one", ""})
    void aPartHasANumberFrom1To10000(String number) {
        String id = begun("a");

        assertRefused(400, "InvalidArgument", () -> multipart.uploadPart(uploading(id, number, "x"), bucket));
    }

    @Test
    void anUploadIsKnownByItsIdAndItsKey() {
        String id = begun("a");

        assertRefused(404, "NoSuchUpload", () -> multipart.listParts(asking("b", "uploadId", id), bucket));
        assertRefused(404, "NoSuchUpload", () -> multipart.listParts(asking("a", "uploadId", "x"), bucket));

        assertThat(multipart.abort(asking("a", "uploadId", id), bucket).status())
                .isEqualTo(204);

        assertRefused(404, "NoSuchUpload", () -> multipart.abort(asking("a", "uploadId", id), bucket));
        assertRefused(404, "NoSuchUpload", () -> part(id, 1, "x"));
    }

    @Test
    void partsAreListedPageByPage() {
        String id = begun("a");
        List.of(5, 1, 3).forEach(number -> part(id, number, "xxx"));

        S3Response first = multipart.listParts(asking("a", "uploadId", id, "max-parts", "2"), bucket);
        S3Response second =
                multipart.listParts(asking("a", "uploadId", id, "max-parts", "2", "part-number-marker", "3"), bucket);

        assertThat(Store.texts(first, "Part", "PartNumber")).containsExactly("1", "3");
        assertThat(Store.texts(first, "NextPartNumberMarker", "")).containsExactly("3");
        assertThat(Store.texts(second, "Part", "PartNumber")).containsExactly("5");
        assertThat(Store.texts(second, "IsTruncated", "")).containsExactly("false");
    }

    @ParameterizedTest
    @CsvSource({"max-parts, -1", "max-parts, many", "part-number-marker, -1", "part-number-marker, 99999999999"})
    void refusesAPageThatIsNone(String parameter, String value) {
        String id = begun("a");

        assertRefused(
                400,
                "InvalidArgument",
                () -> multipart.listParts(asking("a", "uploadId", id, parameter, value), bucket));
        assertRefused(400, "InvalidArgument", () -> multipart.listUploads(asking("", "max-uploads", "-1"), bucket));
    }

    /** By key, then by when they were begun; the S3 API reference, ListMultipartUploads. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9})
    void uploadsAreListedInOrderWhateverTheSizeOfAPage(int size) {
        upload("f", "a", 1);
        upload("0", "a", 2);
        upload("9", "a", 2);
        upload("5", "b", 0);
        upload("7", "\uD83D\uDE00", 0);

        List<String> seen = new ArrayList<>();
        String keyMarker = "";
        String idMarker = "";
        boolean more = true;
        while (more) {
            S3Response page = multipart.listUploads(
                    asking(
                            "",
                            "max-uploads",
                            String.valueOf(size),
                            "key-marker",
                            keyMarker,
                            "upload-id-marker",
                            idMarker),
                    bucket);
            seen.addAll(Store.texts(page, "Upload", "UploadId"));
            more = Store.texts(page, "IsTruncated", "").get(0).equals("true");
            if (more) {
                keyMarker = Store.texts(page, "NextKeyMarker", "").get(0);
                idMarker = Store.texts(page, "NextUploadIdMarker", "").get(0);
            }
        }

        assertThat(seen).containsExactly("f", "0", "9", "5", "7");
    }

    @Test
    void aMarkerWithoutAnUploadIsBehindAllOfItsKey() {
        upload("1", "a", 1);
        upload("2", "b", 1);

        S3Response page = multipart.listUploads(asking("", "key-marker", "a", "encoding-type", "url"), bucket);

        assertThat(Store.texts(page, "Upload", "Key")).containsExactly("b");
        assertThat(Store.texts(multipart.listUploads(asking("", "prefix", "a"), bucket), "Upload", "Key"))
                .containsExactly("a");
    }

    @Test
    void aPartIsCopiedFromARangeOfAnObject() {
        Store.put(bucket, "source", "0123456789");
        String id = begun("a");

        S3Response copied =
                multipart.copyPart(copying(id, "1", "acme/source", "x-amz-copy-source-range", "bytes=2-5"), bucket);
        complete(id, "1", Store.texts(copied, "ETag", "").get(0).replace("\"", ""));

        assertThat(Store.document(reads.get(Callers.asking("a"), bucket))).isEqualTo("2345");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=8-20, InvalidArgument",
        "bytes=2-, InvalidArgument",
        "bytes=-2, InvalidArgument",
        "bytes=20-30, InvalidRange"
    })
    void refusesARangeThatTheSourceHasNot(String range, String code) {
        Store.put(bucket, "source", "0123456789");
        String id = begun("a");

        assertThatThrownBy(() ->
                        multipart.copyPart(copying(id, "1", "acme/source", "x-amz-copy-source-range", range), bucket))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "acme, 400, InvalidArgument",
        "acme/, 400, InvalidArgument",
        "'', 400, InvalidArgument",
        "nowhere/a, 404, NoSuchBucket",
        "acme/nothing, 404, NoSuchKey",
        "/acme/%zz, 400, InvalidURI",
        "acme/source?versionId=x, 404, NoSuchVersion"
    })
    void aSourceIsABucketAndAKey(String source, int status, String code) {
        Store.put(bucket, "source", "0123456789");
        ObjectWrites writes = new ObjectWrites(buckets, limits);

        assertRefused(status, code, () -> writes.copy(Callers.sending("x-amz-copy-source", source), bucket));
    }

    @Test
    void whatIsTooLargeForACopyIsCopiedInParts() {
        limits.copyBytes(9);
        Store.put(bucket, "source", "0123456789");
        ObjectWrites writes = new ObjectWrites(buckets, limits);
        String id = begun("a");

        assertRefused(
                400, "InvalidRequest", () -> writes.copy(Callers.sending("x-amz-copy-source", "acme/source"), bucket));
        assertRefused(400, "InvalidRequest", () -> multipart.copyPart(copying(id, "1", "acme/source"), bucket));
        assertThat(multipart
                        .copyPart(copying(id, "1", "acme/source", "x-amz-copy-source-range", "bytes=0-8"), bucket)
                        .status())
                .isEqualTo(200);
    }

    private String begun(String key, String... headers) {
        Caller caller = caller(key, Map.of(), headers, "");
        return Store.texts(multipart.create(caller, bucket), "UploadId", "").get(0);
    }

    private String part(String id, int number, String text) {
        S3Response response = multipart.uploadPart(uploading(id, String.valueOf(number), text), bucket);
        return response.headers().getOrDefault("ETag", "").replace("\"", "");
    }

    private static Caller uploading(String id, String number, String text) {
        return caller(
                "a",
                Map.of("uploadId", id, "partNumber", number),
                new String[] {"content-length", String.valueOf(text.length())},
                text);
    }

    private S3Response complete(String id, String... numbersAndEtags) {
        StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < numbersAndEtags.length; i += 2) {
            document.append("<Part><PartNumber>%s</PartNumber><ETag>\"%s\"</ETag></Part>"
                    .formatted(numbersAndEtags[i], numbersAndEtags[i + 1]));
        }
        document.append("</CompleteMultipartUpload>");
        return multipart.complete(caller("a", Map.of("uploadId", id), new String[0], document.toString()), bucket);
    }

    private static Caller copying(String id, String number, String source, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "x-amz-copy-source";
        all[1] = source;
        return caller("a", Map.of("uploadId", id, "partNumber", number), all, "");
    }

    private static Caller asking(String key, String... parameters) {
        return Callers.asking(key, parameters);
    }

    private static Caller caller(String key, Map<String, String> query, String[] headers, String body) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            named.put(headers[i], headers[i + 1]);
        }
        S3Request request = new S3Request(
                "PUT", "/acme/" + key, "acme", key, query, named, new Content(body.getBytes(StandardCharsets.UTF_8)));
        return new Caller(new Principal("root", List.of(Grant.of("*", "*"))), "us-east-1", request, Map.of());
    }

    private void upload(String id, String key, long startedAt) {
        Attributes attributes = Attributes.asked(Callers.sending(), bucket);
        Body.UploadedChecksum checksum = new Body.UploadedChecksum(ChecksumAlgorithm.CRC64NVME, true);
        bucket.uploads().put(id, new Upload(id, key, attributes, checksum, Instant.ofEpochSecond(startedAt)));
    }
}
