package dev.restage.sandbox.s3.internal.operation;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.access.SentChecksum;
import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.object.Attributes;
import dev.restage.sandbox.s3.internal.object.Body;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.internal.object.Tags;
import dev.restage.sandbox.s3.internal.object.Version;
import dev.restage.sandbox.s3.internal.object.WriteCondition;
import dev.restage.sandbox.s3.model.BucketSettings.Versioning;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PutObject and CopyObject. */
public final class ObjectWrites {

    private static final int LONGEST_KEY = 1024;

    private final Buckets buckets;
    private final Limits limits;

    public ObjectWrites(Buckets buckets, Limits limits) {
        this.buckets = buckets;
        this.limits = limits;
    }

    public S3Response put(Caller caller, Bucket bucket) {
        mayPut(caller, bucket);
        if (caller.request().header("content-length").isEmpty()
                && caller.request().header("transfer-encoding").isEmpty()) {
            throw new S3Error(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        }
        Attributes attributes = Attributes.asked(caller, bucket);
        Content content = caller.request().body();
        ChecksumAlgorithm checksum = SentChecksum.check(caller, content.bytes()).orElse(ChecksumAlgorithm.CRC64NVME);
        Body body = Body.whole(content, attributes.encryption(), checksum);
        StoredObject written = bucket.put(caller.key(), body, attributes, WriteCondition.asked(caller));
        S3Response response = S3Response.empty(200).header("ETag", '"' + written.etag() + '"');
        if (caller.header("x-amz-sdk-checksum-algorithm").isPresent()
                || caller.header(checksum.header()).isPresent()) {
            response.header(checksum.header(), body.checksumValue()).header("x-amz-checksum-type", body.checksumType());
        }
        return described(response, bucket, written);
    }

    public S3Response copy(Caller caller, Bucket bucket) {
        mayPut(caller, bucket);
        CopySource from = CopySource.asked(caller, buckets, limits.copyBytes());
        StoredObject source = from.object();
        Attributes asked = Attributes.asked(caller, bucket);
        boolean replacesMetadata = replaces(caller, "x-amz-metadata-directive");
        Attributes attributes = replacesMetadata
                ? asked
                : asked.withMetadata(source.attributes().metadata().copied(asked.metadata()));
        if (!replaces(caller, "x-amz-tagging-directive")) {
            attributes = attributes.withTags(copiedTags(caller, from, bucket));
        }
        if (!replacesMetadata && from.bucket() == bucket && source.key().equals(caller.key())) {
            changesSomething(caller, source, asked);
        }
        ChecksumAlgorithm checksum = SentChecksum.asked(caller, source.body().algorithm());
        Body body = source.body().copied(attributes.encryption(), checksum);
        StoredObject written = bucket.put(caller.key(), body, attributes, WriteCondition.asked(caller));
        Xml xml = Xml.document("CopyObjectResult")
                .text("LastModified", Listings.time(written.modifiedAt()))
                .text("ETag", '"' + written.etag() + '"')
                .text("ChecksumType", body.checksumType())
                .text(checksum.element(), body.checksumValue());
        S3Response response = S3Response.xml(200, xml.close("CopyObjectResult"));
        if (from.bucket().settings().versioning() != Versioning.OFF) {
            response.header("x-amz-copy-source-version-id", source.id());
        }
        return described(response, bucket, written);
    }

    /** Who may not read the tags of a source, or write them here, cannot copy an object that has some. */
    private static Tags copiedTags(Caller caller, CopySource from, Bucket bucket) {
        Tags tags = from.object().attributes().tags();
        if (!tags.isEmpty()) {
            caller.principal()
                    .check(
                            "s3:GetObjectTagging",
                            from.bucket().name(),
                            from.object().key());
            caller.principal().check("s3:PutObjectTagging", bucket.name(), caller.key());
        }
        return tags;
    }

    private static void changesSomething(Caller caller, StoredObject source, Attributes asked) {
        boolean changes = caller.header("x-amz-copy-source").orElse("").contains("?versionId=")
                || !asked.storageClass().equals(source.attributes().storageClass())
                || !asked.encryption().equals(source.attributes().encryption())
                || caller.header("x-amz-server-side-encryption").isPresent();
        if (!changes) {
            throw S3Error.invalid(
                    "This copy request is illegal because it is trying to copy an object to itself without changing the"
                            + " object's metadata, storage class, website redirect location or encryption attributes.");
        }
    }

    private static boolean replaces(Caller caller, String header) {
        String directive = caller.header(header).orElse("COPY");
        if (!directive.equals("COPY") && !directive.equals("REPLACE")) {
            throw S3Error.argument("Unknown directive", header, directive);
        }
        return directive.equals("REPLACE");
    }

    static void mayPut(Caller caller, Bucket bucket) {
        caller.principal().check("s3:PutObject", bucket.name(), caller.key());
        checkKey(caller.key());
    }

    public static void checkKey(String key) {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_KEY) {
            throw new S3Error(400, "KeyTooLongError", "Your key is too long")
                    .detail("Size", String.valueOf(length))
                    .detail("MaxSizeAllowed", String.valueOf(LONGEST_KEY));
        }
    }

    static S3Response described(S3Response response, Bucket bucket, StoredObject written) {
        written.attributes().encryption().describe(response);
        return response.header("x-amz-version-id", shownId(bucket, Optional.of(written)));
    }

    static @Nullable String shownId(Bucket bucket, Optional<? extends Version> version) {
        return bucket.settings().versioning() == Versioning.OFF
                ? null
                : version.map(Version::id).orElse(null);
    }
}
