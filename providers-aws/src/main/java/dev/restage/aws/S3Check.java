package dev.restage.aws;

import dev.restage.provider.MediaObject;
import dev.restage.provider.ProviderException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Looks at what was written, where the answer to the write does not prove it. */
record S3Check(S3MediaStore target) {

    MediaObject written(MediaObject object, String etag) {
        HeadObjectResponse head = target.access()
                .client()
                .headObject(request -> request.bucket(target.location().bucket())
                        .key(target.location().full(object.key())));
        String found = S3MediaStore.unquoted(head.eTag());
        if (head.contentLength() != object.sizeBytes() || !found.equals(etag)) {
            throw differs(object.key());
        }
        return new MediaObject(object.key(), object.sizeBytes(), found, head.lastModified());
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
