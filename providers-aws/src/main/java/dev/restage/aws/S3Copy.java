package dev.restage.aws;

import dev.restage.provider.MediaObject;
import java.time.Instant;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Copies inside S3, without the bytes passing through here. */
record S3Copy(S3MediaStore source, S3MediaStore target) {

    MediaObject copy(MediaObject object, String key) {
        if (object.sizeBytes() > target.access().config().maxCopyBytes()) {
            String etag = copyInParts(object, key);
            return new S3Check(target).written(key, object.sizeBytes(), etag);
        }
        CopyObjectResult result = target.access()
                .client()
                .copyObject(request -> request.sourceBucket(source.location().bucket())
                        .sourceKey(source.location().full(object.key()))
                        .copySourceIfMatch(S3MediaStore.quoted(object.etag()))
                        .destinationBucket(target.location().bucket())
                        .destinationKey(target.location().full(key)))
                .copyObjectResult();
        String etag = S3MediaStore.unquoted(result.eTag());
        Instant time = result.lastModified();
        return etag.equals(object.etag()) && time != null
                ? new MediaObject(key, object.sizeBytes(), etag, time)
                : new S3Check(target).written(key, object.sizeBytes(), etag);
    }

    /** A multipart copy carries nothing over by itself. */
    private String copyInParts(MediaObject object, String key) {
        String from = source.location().full(object.key());
        HeadObjectResponse head = source.access()
                .client()
                .headObject(request -> request.bucket(source.location().bucket())
                        .key(from)
                        .ifMatch(S3MediaStore.quoted(object.etag())));
        S3Client client = target.access().client();
        return new S3Multipart(target, key, object.sizeBytes())
                .write(
                        S3Headers.apply(head, CreateMultipartUploadRequest.builder()),
                        (id, number, start, length) -> client.uploadPartCopy(request -> request.sourceBucket(
                                                source.location().bucket())
                                        .sourceKey(from)
                                        .copySourceIfMatch(S3MediaStore.quoted(object.etag()))
                                        .copySourceRange("bytes=%d-%d".formatted(start, start + length - 1))
                                        .destinationBucket(target.location().bucket())
                                        .destinationKey(target.location().full(key))
                                        .uploadId(id)
                                        .partNumber(number))
                                .copyPartResult()
                                .eTag());
    }
}
