package dev.restage.aws;

import dev.restage.provider.MediaContent;
import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Streams an object of any store into a bucket, without touching the disk. */
record S3Upload(MediaStore source, S3MediaStore target) {

    MediaObject copy(MediaObject object, String key) {
        try (MediaContent content = source.open(object)) {
            if (content.sizeBytes() != object.sizeBytes()) {
                throw new ProviderException(
                        Kind.CONFLICT, object.key() + " has changed since it was listed; list it again", null);
            }
            return object.sizeBytes() > target.access().config().maxCopyBytes()
                    ? putInParts(object, content, key)
                    : put(object, content, key);
        } catch (IOException e) {
            throw broken(object, e);
        }
    }

    private MediaObject put(MediaObject object, MediaContent first, String key) {
        PutObjectRequest request = S3Headers.apply(first, PutObjectRequest.builder())
                .bucket(target.location().bucket())
                .key(target.location().full(key))
                .build();
        try (Retold content = new Retold(source, object, first)) {
            PutObjectResponse answer = target.access()
                    .client()
                    .putObject(
                            request,
                            RequestBody.fromContentProvider(
                                    content::again, object.sizeBytes(), "application/octet-stream"));
            String etag = S3MediaStore.unquoted(answer.eTag());
            // An ETag is the MD5 of the content unless the bucket encrypts with a key of its own.
            boolean plain = answer.sseCustomerAlgorithm() == null && answer.ssekmsKeyId() == null;
            if (plain && !etag.equals(content.md5())) {
                throw new S3Check(target).differs(key);
            }
            return new S3Check(target).written(key, object.sizeBytes(), etag);
        } catch (IOException e) {
            throw broken(object, e);
        }
    }

    private MediaObject putInParts(MediaObject object, MediaContent content, String key) {
        S3Client client = target.access().client();
        String etag = new S3Multipart(target, key, object.sizeBytes())
                .write(
                        S3Headers.apply(content, CreateMultipartUploadRequest.builder()),
                        (id, number, from, length) -> client.uploadPart(
                                        request -> request.bucket(
                                                        target.location().bucket())
                                                .key(target.location().full(key))
                                                .uploadId(id)
                                                .partNumber(number),
                                        RequestBody.fromBytes(read(object, content.stream(), (int) length)))
                                .eTag());
        return new S3Check(target).written(key, object.sizeBytes(), etag);
    }

    private static byte[] read(MediaObject object, InputStream stream, int length) {
        try {
            byte[] part = stream.readNBytes(length);
            if (part.length < length) {
                throw broken(object, null);
            }
            return part;
        } catch (IOException e) {
            throw broken(object, e);
        }
    }

    private static ProviderException broken(MediaObject object, @Nullable Throwable cause) {
        return new ProviderException(
                Kind.UNAVAILABLE, "reading %s from its source broke off; run again".formatted(object.key()), cause);
    }

    /** Content that can be read anew for each attempt, with the hash of the last reading. */
    private static final class Retold implements AutoCloseable {

        private final MediaStore source;
        private final MediaObject object;
        private MediaContent content;
        private boolean fresh = true;
        private MessageDigest digest = newMd5();

        private Retold(MediaStore source, MediaObject object, MediaContent first) {
            this.source = source;
            this.object = object;
            this.content = first;
        }

        private InputStream again() {
            if (!fresh) {
                content = source.open(object);
                digest = newMd5();
            }
            fresh = false;
            return new DigestInputStream(content.stream(), digest);
        }

        private String md5() {
            return HexFormat.of().formatHex(digest.digest());
        }

        @Override
        public void close() throws IOException {
            content.close();
        }

        private static MessageDigest newMd5() {
            try {
                return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has MD5", e);
            }
        }
    }
}
