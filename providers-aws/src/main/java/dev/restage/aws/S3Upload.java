package dev.restage.aws;

import dev.restage.aws.internal.wire.Retold;
import dev.restage.aws.internal.wire.S3Headers;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Streams an object of any store into a bucket, without touching the disk. */
record S3Upload(MediaStore source, S3MediaStore target, Set<MediaAttribute> keep) {

    /** Beyond this size parts are sent side by side. */
    private static final long IN_PARTS = 4 * S3Multipart.UPLOADED_PART;

    MediaObject copy(MediaObject object, String key) {
        if (keep.contains(MediaAttribute.ACL)) {
            throw S3Acl.unseen(target.location());
        }
        boolean whole = object.sizeBytes()
                <= Math.min(IN_PARTS, target.access().config().maxCopyBytes());
        try (MediaContent content = whole ? source.open(object) : source.open(object, 0, 1)) {
            if (whole && content.sizeBytes() != object.sizeBytes()) {
                throw new ProviderException(
                        Kind.CONFLICT,
                        MediaObject.shown(object.key()) + " has changed since it was listed; list it again",
                        null);
            }
            Map<String, String> tags = keep.contains(MediaAttribute.TAGS) && S3Attributes.hasTags(content)
                    ? source.tags(object)
                    : Map.of();
            S3Attributes attributes = S3Attributes.of(content, tags);
            return whole ? put(object, content, attributes, key) : putInParts(object, attributes, key);
        } catch (IOException | IllegalStateException e) {
            throw broken(object, e);
        }
    }

    private MediaObject put(MediaObject object, MediaContent first, S3Attributes attributes, String key)
            throws IOException {
        PutObjectRequest request = attributes
                .apply(keep, PutObjectRequest.builder())
                .bucket(target.location().bucket())
                .key(target.location().full(key))
                .build();
        try (Retold content = new Retold(() -> source.open(object), first)) {
            PutObjectResponse answer = target.access()
                    .client()
                    .putObject(
                            request,
                            object.sizeBytes() == 0
                                    ? RequestBody.empty()
                                    : RequestBody.fromContentProvider(
                                            content::again, object.sizeBytes(), "application/octet-stream"));
            String etag = S3Headers.unquoted(answer.eTag());
            // An ETag is the MD5 of the content unless the bucket encrypts with a key of its own.
            boolean plain = answer.sseCustomerAlgorithm() == null && answer.ssekmsKeyId() == null;
            if (plain && !etag.equals(content.md5())) {
                throw new S3Check(target).differs(key);
            }
            return new S3Check(target).written(key, object.sizeBytes(), etag, kept(attributes));
        }
    }

    private Map<String, String> kept(S3Attributes attributes) {
        return keep.contains(MediaAttribute.TAGS) ? attributes.tags() : Map.of();
    }

    private MediaObject putInParts(MediaObject object, S3Attributes attributes, String key) {
        String etag = new S3Multipart(target, key, object.sizeBytes(), S3Multipart.UPLOADED_PART)
                .write(
                        attributes.apply(keep, CreateMultipartUploadRequest.builder()),
                        (id, number, from, length) -> putPart(object, key, id, number, from, length),
                        // Each part was opened as it was listed.
                        () -> {});
        return new S3Check(target).written(key, object.sizeBytes(), etag, kept(attributes));
    }

    private String putPart(MediaObject object, String key, String id, int number, long from, long length) {
        try (Retold content = new Retold(() -> source.open(object, from, length), source.open(object, from, length))) {
            UploadPartResponse answer = target.access()
                    .client()
                    .uploadPart(
                            request -> request.bucket(target.location().bucket())
                                    .key(target.location().full(key))
                                    .uploadId(id)
                                    .partNumber(number),
                            RequestBody.fromContentProvider(content::again, length, "application/octet-stream"));
            boolean plain = answer.sseCustomerAlgorithm() == null && answer.ssekmsKeyId() == null;
            if (plain && !S3Headers.unquoted(answer.eTag()).equals(content.md5())) {
                throw new S3Check(target).differs(key);
            }
            return answer.eTag();
        } catch (IOException | IllegalStateException e) {
            throw broken(object, e);
        }
    }

    /** The SDK throws an IllegalStateException where the content ends before its length. */
    private static ProviderException broken(MediaObject object, Exception cause) {
        return new ProviderException(
                Kind.UNAVAILABLE,
                "reading %s from its source broke off; run again".formatted(MediaObject.shown(object.key())),
                cause);
    }
}
