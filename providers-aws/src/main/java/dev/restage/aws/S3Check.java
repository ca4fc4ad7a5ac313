package dev.restage.aws;

import dev.restage.provider.MediaObject;
import dev.restage.provider.ProviderException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Looks at what was written, where the answer to the write does not prove it. */
record S3Check(S3MediaStore target) {

    MediaObject written(String key, long sizeBytes, String etag) {
        HeadObjectResponse head = target.access()
                .client()
                .headObject(request -> request.bucket(target.location().bucket())
                        .key(target.location().full(key)));
        String found = S3MediaStore.unquoted(head.eTag());
        if (head.contentLength() != sizeBytes || !found.equals(etag)) {
            throw differs(key);
        }
        return new MediaObject(key, sizeBytes, found, head.lastModified());
    }

    ProviderException differs(String key) {
        return new ProviderException(
                ProviderException.Kind.FAILED,
                "%s in %s is not what was written: something else writes there, or the store is broken; run again"
                        .formatted(key, target.location()),
                ProviderException.Effect.SOME,
                null);
    }
}
