package dev.restage.sandbox.s3;

import static dev.restage.sandbox.s3.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.Grant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.Tag;

class WritesTest {

    private static final String BUCKET = "acme-media";

    private final S3Server server = S3Server.start();
    private final S3Client client = Clients.of(server);

    @BeforeEach
    void makeBuckets() {
        server.createBucket(BUCKET);
        server.createBucket("staging");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aCopyCarriesMetadataAndTagsAndNothingElse() {
        server.put(
                BUCKET,
                "a.jpg",
                bytes("content"),
                Map.of(
                        "content-type", "image/jpeg",
                        "cache-control", "max-age=60",
                        "x-amz-meta-owner", "ann",
                        "x-amz-tagging", "team=web",
                        "x-amz-acl", "public-read",
                        "x-amz-storage-class", "STANDARD_IA"));

        copy("a.jpg", copy -> {});

        HeadObjectResponse head =
                client.headObject(request -> request.bucket("staging").key("a.jpg"));
        assertThat(head.contentType()).isEqualTo("image/jpeg");
        assertThat(head.cacheControl()).isEqualTo("max-age=60");
        assertThat(head.metadata()).isEqualTo(Map.of("owner", "ann"));
        assertThat(head.storageClass()).isNull();
        assertThat(client.getObjectTagging(tags -> tags.bucket("staging").key("a.jpg"))
                        .tagSet())
                .extracting(Tag::key, Tag::value)
                .containsExactly(tuple("team", "web"));
        assertThat(client.getObjectAcl(acl -> acl.bucket(BUCKET).key("a.jpg")).grants())
                .hasSize(2);
        assertThat(client.getObjectAcl(acl -> acl.bucket("staging").key("a.jpg"))
                        .grants())
                .extracting(grant -> grant.permissionAsString())
                .containsExactly("FULL_CONTROL");
    }

    @Test
    void aCopyReplacesWhatItIsToldTo() {
        server.put(
                BUCKET,
                "a.jpg",
                bytes("content"),
                Map.of("content-type", "image/jpeg", "cache-control", "max-age=60", "x-amz-tagging", "team=web"));

        copy(
                "a.jpg",
                copy -> copy.metadataDirective("REPLACE")
                        .contentType("image/png")
                        .taggingDirective("REPLACE")
                        .storageClass("STANDARD_IA")
                        .acl("public-read"));

        HeadObjectResponse head =
                client.headObject(request -> request.bucket("staging").key("a.jpg"));
        assertThat(head.contentType()).isEqualTo("image/png");
        assertThat(head.cacheControl()).isNull();
        assertThat(head.tagCount()).isNull();
        assertThat(head.storageClassAsString()).isEqualTo("STANDARD_IA");
        assertThat(client.getObjectAcl(acl -> acl.bucket("staging").key("a.jpg"))
                        .grants())
                .hasSize(2);
    }

    @Test
    void refusesToCopyOntoItselfWithoutAChange() {
        server.put(BUCKET, "a", "text/plain", bytes("content"));

        assertFails(400, "InvalidRequest", () -> copy("a", copy -> copy.destinationBucket(BUCKET)));
    }

    @Test
    void refusesToCopyWhatIsTooLargeOrArchived() {
        server.copyLimit(6);
        server.put(BUCKET, "large", "text/plain", bytes("content"));
        server.put(BUCKET, "archived", bytes("x"), Map.of("x-amz-storage-class", "DEEP_ARCHIVE"));

        assertFails(400, "InvalidRequest", () -> copy("large", copy -> {}));
        assertFails(403, "InvalidObjectState", () -> copy("archived", copy -> {}));
        assertFails(
                403,
                "InvalidObjectState",
                () -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("archived")));
        client.restoreObject(
                restore -> restore.bucket(BUCKET).key("archived").restoreRequest(request -> request.days(1)));
        copy("archived", copy -> {});
        assertThat(server.headers("staging", "archived")).doesNotContainKey("x-amz-storage-class");
    }

    @Test
    void uploadsInParts() {
        server.partMinimum(4);
        String id = client.createMultipartUpload(
                        create -> create.bucket(BUCKET).key("p").contentType("image/jpeg"))
                .uploadId();
        server.put("staging", "source", "text/plain", bytes("0123456789"));

        String one = client.uploadPart(
                        part -> part.bucket(BUCKET).key("p").uploadId(id).partNumber(1), RequestBody.fromString("part"))
                .eTag();
        String two = client.uploadPartCopy(part -> part.sourceBucket("staging")
                        .sourceKey("source")
                        .copySourceRange("bytes=2-4")
                        .destinationBucket(BUCKET)
                        .destinationKey("p")
                        .uploadId(id)
                        .partNumber(2))
                .copyPartResult()
                .eTag();
        assertThat(client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads())
                .extracting(MultipartUpload::uploadId)
                .containsExactly(id);
        assertThat(client.listParts(list -> list.bucket(BUCKET).key("p").uploadId(id))
                        .parts())
                .extracting(Part::size)
                .containsExactly(4L, 3L);
        String etag = client.completeMultipartUpload(complete -> complete.bucket(BUCKET)
                        .key("p")
                        .uploadId(id)
                        .multipartUpload(parts -> parts.parts(part(1, one), part(2, two))))
                .eTag();

        assertThat(server.get(BUCKET, "p")).hasValue(bytes("part234"));
        assertThat(server.headers(BUCKET, "p")).containsEntry("content-type", "image/jpeg");
        byte[] digests = new byte[32];
        System.arraycopy(Hashes.digest("MD5", bytes("part")), 0, digests, 0, 16);
        System.arraycopy(Hashes.digest("MD5", bytes("234")), 0, digests, 16, 16);
        assertThat(etag).isEqualTo("\"%s-2\"".formatted(Hashes.md5(digests)));
        assertFails(
                404,
                "NoSuchUpload",
                () -> client.abortMultipartUpload(
                        abort -> abort.bucket(BUCKET).key("p").uploadId(id)));
    }

    @Test
    void refusesPartsThatAreTooSmallMissingOrOutOfOrder() {
        String id = client.createMultipartUpload(create -> create.bucket(BUCKET).key("p"))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            int partNumber = number;
            String etag = client.uploadPart(
                            part -> part.bucket(BUCKET).key("p").uploadId(id).partNumber(partNumber),
                            RequestBody.fromString("small"))
                    .eTag();
            parts.add(part(number, etag));
        }

        assertFails(400, "EntityTooSmall", () -> complete(id, parts));
        assertFails(400, "InvalidPartOrder", () -> complete(id, List.of(parts.get(1), parts.get(0))));
        assertFails(400, "InvalidPart", () -> complete(id, List.of(part(3, "\"none\""))));
        client.abortMultipartUpload(abort -> abort.bucket(BUCKET).key("p").uploadId(id));
        assertThat(client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads())
                .isEmpty();
    }

    @Test
    void deletesAThousandAtATimeAndNotMore() {
        server.put(BUCKET, "a", "text/plain", bytes("x"));
        server.put(BUCKET, "b", "text/plain", bytes("x"));

        DeleteObjectsResponse answer = deleteObjects(List.of("a", "missing"));

        assertThat(answer.deleted()).hasSize(2);
        assertThat(answer.errors()).isEmpty();
        assertThat(server.keys(BUCKET)).containsExactly("b");
        assertFails(
                400,
                "MalformedXML",
                () -> deleteObjects(
                        IntStream.rangeClosed(0, 1000).mapToObj(String::valueOf).toList()));
        assertFails(400, "MalformedXML", () -> deleteObjects(List.of("\u0001")));
    }

    @Test
    void keepsVersions() {
        client.putBucketVersioning(versioning ->
                versioning.bucket(BUCKET).versioningConfiguration(to -> to.status(BucketVersioningStatus.ENABLED)));
        String first = put("a", "first");
        String second = put("a", "second");

        DeleteObjectResponse deleted =
                client.deleteObject(delete -> delete.bucket(BUCKET).key("a"));

        assertThat(deleted.deleteMarker()).isTrue();
        assertFails(
                404,
                "NoSuchKey",
                () -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a")));
        assertFails(
                405,
                "MethodNotAllowed",
                () -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a").versionId(deleted.versionId())));
        assertThat(client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a").versionId(first))
                        .asUtf8String())
                .isEqualTo("first");
        assertThat(client.listObjectsV2(list -> list.bucket(BUCKET)).contents()).isEmpty();
        ListObjectVersionsResponse page =
                client.listObjectVersions(list -> list.bucket(BUCKET).maxKeys(2));
        ListObjectVersionsResponse rest = client.listObjectVersions(list ->
                list.bucket(BUCKET).keyMarker(page.nextKeyMarker()).versionIdMarker(page.nextVersionIdMarker()));
        assertThat(page.deleteMarkers())
                .extracting(DeleteMarkerEntry::versionId)
                .containsExactly(deleted.versionId());
        assertThat(page.versions()).extracting(ObjectVersion::versionId).containsExactly(second);
        assertThat(rest.versions()).extracting(ObjectVersion::versionId).containsExactly(first);
        copy("a", copy -> copy.sourceVersionId(first));
        assertThat(server.get("staging", "a")).hasValue(bytes("first"));
        client.deleteObject(delete -> delete.bucket(BUCKET).key("a").versionId(deleted.versionId()));
        assertThat(server.get(BUCKET, "a")).hasValue(bytes("second"));
    }

    @Test
    void keepsWhatIsLocked() {
        server.createBucket("locked", BucketSettings.standard().locked(Duration.ofDays(1)));
        String version = client.putObject(put -> put.bucket("locked").key("a"), RequestBody.fromString("x"))
                .versionId();
        server.createBucket("held", BucketSettings.standard().locked(Duration.ZERO));
        server.put("held", "a", bytes("x"), Map.of("x-amz-object-lock-legal-hold", "ON"));
        String held = client.headObject(head -> head.bucket("held").key("a")).versionId();

        DeleteObjectsResponse answer = client.deleteObjects(delete -> delete.bucket("locked")
                .delete(Delete.builder()
                        .objects(ObjectIdentifier.builder()
                                .key("a")
                                .versionId(version)
                                .build())
                        .build()));

        assertThat(answer.errors()).extracting(S3Error::code).containsExactly("AccessDenied");
        assertThat(client.getObjectRetention(get -> get.bucket("locked").key("a"))
                        .retention()
                        .retainUntilDate())
                .isAfter(Instant.now());
        assertThat(client.deleteObject(delete -> delete.bucket("locked").key("a"))
                        .deleteMarker())
                .isTrue();
        assertFails(
                403,
                "AccessDenied",
                () -> client.deleteObject(
                        delete -> delete.bucket("held").key("a").versionId(held)));
        client.putObjectLegalHold(hold -> hold.bucket("held").key("a").legalHold(to -> to.status("OFF")));
        client.deleteObject(delete -> delete.bucket("held").key("a").versionId(held));
        assertThat(server.keys("held")).isEmpty();
    }

    @Test
    void hidesTheDigestOfWhatAKeyEncrypts() {
        server.createBucket("encrypted", BucketSettings.standard().kms("key-1"));
        server.put("encrypted", "a", "text/plain", bytes("content"));
        server.put("encrypted", "b", "text/plain", bytes("content"));
        S3Client reader = Clients.of(server, server.newKey("reader", Grant.read("encrypted"), Grant.write("staging")));

        HeadObjectResponse head =
                client.headObject(request -> request.bucket("encrypted").key("a"));
        assertThat(head.serverSideEncryptionAsString()).isEqualTo("aws:kms");
        assertThat(head.ssekmsKeyId()).endsWith("key/key-1");
        assertThat(head.eTag())
                .isNotEqualTo(
                        client.headObject(request -> request.bucket("encrypted").key("b"))
                                .eTag())
                .matches("\"[0-9a-f]{32}\"");
        assertThatThrownBy(() -> reader.copyObject(copy -> copy.sourceBucket("encrypted")
                        .sourceKey("a")
                        .destinationBucket("staging")
                        .destinationKey("a")))
                .hasMessageContaining("kms:Decrypt");
        reader.close();
        copy("a", copy -> copy.sourceBucket("encrypted"));
        assertThat(server.headers("staging", "a"))
                .containsEntry("ETag", '"' + Hashes.md5(bytes("content")) + '"')
                .containsEntry("x-amz-server-side-encryption", "AES256");
    }

    @Test
    void asksForTheCustomersKey() {
        byte[] key = new byte[32];
        String base64 = Base64.getEncoder().encodeToString(key);
        String md5 = Base64.getEncoder().encodeToString(Hashes.digest("MD5", key));
        client.putObject(
                put -> put.bucket(BUCKET)
                        .key("a")
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(base64)
                        .sseCustomerKeyMD5(md5),
                RequestBody.fromString("content"));

        assertFails(
                400,
                "InvalidRequest",
                () -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a")));
        assertFails(
                400, null, () -> client.headObject(head -> head.bucket(BUCKET).key("a")));
        assertFails(400, "InvalidRequest", () -> copy("a", copy -> {}));
        assertThat(client.getObjectAsBytes(get -> get.bucket(BUCKET)
                                .key("a")
                                .sseCustomerAlgorithm("AES256")
                                .sseCustomerKey(base64)
                                .sseCustomerKeyMD5(md5))
                        .asUtf8String())
                .isEqualTo("content");
    }

    @Test
    void writesOnlyWhatIsNotThereWhenTold() {
        put("a", "first");

        assertFails(
                412,
                "PreconditionFailed",
                () -> client.putObject(
                        put -> put.bucket(BUCKET).key("a").ifNoneMatch("*"), RequestBody.fromString("second")));

        assertThat(server.get(BUCKET, "a")).hasValue(bytes("first"));
    }

    private String put(String key, String content) {
        String version = client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString(content))
                .versionId();
        return version == null ? "" : version;
    }

    private void copy(String key, Consumer<CopyObjectRequest.Builder> change) {
        CopyObjectRequest.Builder copy = CopyObjectRequest.builder()
                .sourceBucket(BUCKET)
                .sourceKey(key)
                .destinationBucket("staging")
                .destinationKey(key);
        change.accept(copy);
        client.copyObject(copy.build());
    }

    private void complete(String id, List<CompletedPart> parts) {
        client.completeMultipartUpload(
                complete -> complete.bucket(BUCKET).key("p").uploadId(id).multipartUpload(of -> of.parts(parts)));
    }

    private DeleteObjectsResponse deleteObjects(List<String> keys) {
        return client.deleteObjects(delete -> delete.bucket(BUCKET)
                .delete(Delete.builder()
                        .objects(keys.stream()
                                .map(key -> ObjectIdentifier.builder().key(key).build())
                                .toList())
                        .build()));
    }

    private static CompletedPart part(int number, String etag) {
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
