package dev.restage.aws;

import dev.restage.aws.internal.wire.S3Headers;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Copies inside S3, without the bytes passing through here. */
record S3Copy(S3MediaStore source, S3MediaStore target, Set<MediaAttribute> keep) {

    MediaObject copy(MediaObject object, String key) {
        return object.sizeBytes() > target.access().config().maxCopyBytes()
                ? copyInParts(object, key)
                : copyAtOnce(object, key);
    }

    private MediaObject copyAtOnce(MediaObject object, String key) {
        if (keep.equals(MediaAttribute.USUAL) && !mayRedirect(object)) {
            Optional<MediaObject> copied = target.direct().copy(source, object, target.location(), key);
            if (copied.isPresent()) {
                return checked(object, copied.get());
            }
        }
        return copyBySdk(object, key);
    }

    /** What only redirects has no content, so that no other object needs the look that tells. */
    private boolean mayRedirect(MediaObject object) {
        return object.sizeBytes() == 0 && keep.contains(MediaAttribute.METADATA);
    }

    /**
     * An equal ETag proves the copy; another one, of a copy from parts or under KMS, needs a look. Some servers copy what is
     * there, whatever the ETag is that was asked for (Ceph 16), so the source is looked at as well.
     */
    private MediaObject checked(MediaObject object, MediaObject copied) {
        if (copied.etag().equals(object.etag())) {
            return copied;
        }
        if (!target.access().config().isAmazon()) {
            source.head(object);
        }
        return new S3Check(target).written(copied.key(), object.sizeBytes(), copied.etag());
    }

    private MediaObject copyBySdk(MediaObject object, String key) {
        CopyObjectRequest.Builder request = attributes(object)
                .apply(keep, CopyObjectRequest.builder())
                .sourceBucket(source.location().bucket())
                .sourceKey(source.location().full(object.key()))
                .copySourceIfMatch(S3Headers.quoted(object.etag()))
                .destinationBucket(target.location().bucket())
                .destinationKey(target.location().full(key))
                .requestPayer(source.access().config().requestPayer());
        CopyObjectResult result =
                target.access().client().copyObject(request.build()).copyObjectResult();
        return checked(
                object,
                new MediaObject(key, object.sizeBytes(), S3Headers.unquoted(result.eTag()), result.lastModified()));
    }

    /** A copy in one call only asks for what it does not carry by itself. */
    private S3Attributes attributes(MediaObject object) {
        boolean look = keep.contains(MediaAttribute.STORAGE_CLASS)
                || keep.contains(MediaAttribute.ENCRYPTION)
                || mayRedirect(object);
        S3Attributes attributes =
                look ? S3Attributes.of(source.head(object), Map.of()) : new S3Attributes("", Map.of(), Map.of());
        return withAcl(object, attributes);
    }

    private S3Attributes withAcl(MediaObject object, S3Attributes attributes) {
        return keep.contains(MediaAttribute.ACL)
                ? attributes.withHeaders(new S3Acl(source, target).headers(object.key()))
                : attributes;
    }

    /** A copy in parts carries nothing by itself. */
    private MediaObject copyInParts(MediaObject object, String key) {
        HeadObjectResponse head = source.head(object);
        Map<String, String> tags = keep.contains(MediaAttribute.TAGS) ? source.tags(object) : Map.of();
        S3Client client = target.access().client();
        String etag = new S3Multipart(target, key, object.sizeBytes(), S3Multipart.COPIED_PART)
                .write(
                        withAcl(object, S3Attributes.of(head, tags))
                                .apply(keep, CreateMultipartUploadRequest.builder()),
                        (id, number, start, length) -> client.uploadPartCopy(request -> request.sourceBucket(
                                                source.location().bucket())
                                        .sourceKey(source.location().full(object.key()))
                                        .copySourceIfMatch(S3Headers.quoted(object.etag()))
                                        .copySourceRange("bytes=%d-%d".formatted(start, start + length - 1))
                                        .destinationBucket(target.location().bucket())
                                        .destinationKey(target.location().full(key))
                                        .requestPayer(source.access().config().requestPayer())
                                        .uploadId(id)
                                        .partNumber(number))
                                .copyPartResult()
                                .eTag(),
                        () -> source.head(object));
        return new S3Check(target).written(key, object.sizeBytes(), etag, tags);
    }
}
