package dev.restage.aws;

import dev.restage.aws.internal.wire.S3Headers;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.MediaObject;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Looks at what was written, where the answer to the write does not prove it. */
record S3Check(S3MediaStore target) {

    /**
     * An object that must be there now.
     *
     * @param etag that it must have; empty if that is not known, which is no proof
     */
    MediaObject written(String key, long sizeBytes, String etag) {
        return proved(head(key), key, sizeBytes, etag);
    }

    /** The same of one that must have tags: some servers keep none of those that come with an upload in parts. */
    MediaObject written(String key, long sizeBytes, String etag, Map<String, String> tags) {
        HeadObjectResponse head = head(key);
        MediaObject written = proved(head, key, sizeBytes, etag);
        // Who may not read tags is told of none; writing them again changes nothing.
        if (!tags.isEmpty() && Objects.requireNonNullElse(head.tagCount(), 0) != tags.size()) {
            tag(key, tags);
        }
        return written;
    }

    /** What cannot have its tags does not stay without them: the next run would take it for done. */
    private void tag(String key, Map<String, String> tags) {
        S3Client client = target.access().client();
        String bucket = target.location().bucket();
        try {
            client.putObjectTagging(request ->
                    request.bucket(bucket).key(target.location().full(key)).tagging(S3Attributes.tagging(tags)));
        } catch (S3Exception e) {
            client.deleteObject(
                    request -> request.bucket(bucket).key(target.location().full(key)));
            throw new ProviderException(
                    ProviderException.Kind.UNSUPPORTED,
                    "the tags of %s cannot be kept in %s (%d %s), so it was not left there; leave TAGS out of what is kept"
                            .formatted(
                                    MediaObject.shown(key),
                                    target.location(),
                                    e.statusCode(),
                                    e.awsErrorDetails() == null
                                            ? ""
                                            : e.awsErrorDetails().errorCode()),
                    ProviderException.Effect.SOME,
                    e);
        }
    }

    private HeadObjectResponse head(String key) {
        return target.access()
                .client()
                .headObject(request -> request.bucket(target.location().bucket())
                        .key(target.location().full(key)));
    }

    private MediaObject proved(HeadObjectResponse head, String key, long sizeBytes, String etag) {
        String found = S3Headers.unquoted(head.eTag());
        if (head.contentLength() != sizeBytes || !found.equals(etag)) {
            throw differs(key);
        }
        return new MediaObject(key, sizeBytes, found, head.lastModified());
    }

    ProviderException differs(String key) {
        return new ProviderException(
                ProviderException.Kind.FAILED,
                "%s in %s cannot be proved to be what was written: its size or its ETag is another one, as if something else wrote there; run again"
                        .formatted(MediaObject.shown(key), target.location()),
                ProviderException.Effect.SOME,
                null);
    }
}
