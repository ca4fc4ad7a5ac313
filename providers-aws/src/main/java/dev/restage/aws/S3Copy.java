package dev.restage.aws;

import dev.restage.provider.MediaAttribute;
import dev.restage.provider.MediaObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Copies inside S3, without the bytes passing through here. */
record S3Copy(S3MediaStore source, S3MediaStore target, Set<MediaAttribute> keep) {

    MediaObject copy(MediaObject object, String key) {
        MediaObject copied = object.sizeBytes() > target.access().config().maxCopyBytes()
                ? copyInParts(object, key)
                : copyAtOnce(object, key);
        if (keep.contains(MediaAttribute.ACL)) {
            copyAcl(object, key);
        }
        return copied;
    }

    private MediaObject copyAtOnce(MediaObject object, String key) {
        if (keep.containsAll(MediaAttribute.USUAL)
                && !keep.contains(MediaAttribute.STORAGE_CLASS)
                && !keep.contains(MediaAttribute.ENCRYPTION)) {
            Optional<MediaObject> copied = target.direct().copy(source, object, target.location(), key);
            if (copied.isPresent()) {
                return checked(object, copied.get());
            }
        }
        return copyBySdk(object, key);
    }

    /** An equal ETag proves the copy; another one, of a copy from parts or under KMS, needs a look. */
    private MediaObject checked(MediaObject object, MediaObject copied) {
        return copied.etag().equals(object.etag())
                ? copied
                : new S3Check(target).written(copied.key(), object.sizeBytes(), copied.etag());
    }

    private MediaObject copyBySdk(MediaObject object, String key) {
        CopyObjectRequest.Builder request = attributes(object)
                .apply(keep, CopyObjectRequest.builder())
                .sourceBucket(source.location().bucket())
                .sourceKey(source.location().full(object.key()))
                .copySourceIfMatch(S3MediaStore.quoted(object.etag()))
                .destinationBucket(target.location().bucket())
                .destinationKey(target.location().full(key))
                .requestPayer(source.access().config().requestPayer());
        CopyObjectResult result =
                target.access().client().copyObject(request.build()).copyObjectResult();
        return checked(
                object,
                new MediaObject(key, object.sizeBytes(), S3MediaStore.unquoted(result.eTag()), result.lastModified()));
    }

    /** A copy in one call only asks for what it does not carry by itself. */
    private S3Attributes attributes(MediaObject object) {
        return keep.contains(MediaAttribute.STORAGE_CLASS) || keep.contains(MediaAttribute.ENCRYPTION)
                ? S3Attributes.of(source.head(object), Map.of())
                : new S3Attributes("", Map.of(), Map.of());
    }

    /** A copy in parts carries nothing by itself. */
    private MediaObject copyInParts(MediaObject object, String key) {
        HeadObjectResponse head = source.head(object);
        Map<String, String> tags = keep.contains(MediaAttribute.TAGS) ? source.tags(object) : Map.of();
        S3Client client = target.access().client();
        String etag = new S3Multipart(target, key, object.sizeBytes(), S3Multipart.COPIED_PART)
                .write(
                        S3Attributes.of(head, tags).apply(keep, CreateMultipartUploadRequest.builder()),
                        (id, number, start, length) -> client.uploadPartCopy(request -> request.sourceBucket(
                                                source.location().bucket())
                                        .sourceKey(source.location().full(object.key()))
                                        .copySourceIfMatch(S3MediaStore.quoted(object.etag()))
                                        .copySourceRange("bytes=%d-%d".formatted(start, start + length - 1))
                                        .destinationBucket(target.location().bucket())
                                        .destinationKey(target.location().full(key))
                                        .requestPayer(source.access().config().requestPayer())
                                        .uploadId(id)
                                        .partNumber(number))
                                .copyPartResult()
                                .eTag());
        return new S3Check(target).written(key, object.sizeBytes(), etag);
    }

    private void copyAcl(MediaObject object, String key) {
        GetObjectAclResponse acl = source.access()
                .client()
                .getObjectAcl(request -> request.bucket(source.location().bucket())
                        .key(source.location().full(object.key())));
        target.access()
                .client()
                .putObjectAcl(request -> request.bucket(target.location().bucket())
                        .key(target.location().full(key))
                        .accessControlPolicy(policy -> policy.owner(acl.owner()).grants(acl.grants())));
    }
}
