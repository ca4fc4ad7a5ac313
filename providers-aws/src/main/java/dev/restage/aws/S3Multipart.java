package dev.restage.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * Writes an object in parts, several at once, and leaves none behind when a part fails, nor those that an earlier run has
 * left.
 *
 * @param partBytes the size of a part, if that does not make too many
 */
record S3Multipart(S3MediaStore target, String key, long sizeBytes, long partBytes) {

    /** Part of a copy inside S3, which costs this machine nothing. */
    static final long COPIED_PART = 256L << 20;

    /** Part of an upload: short enough to be sent again. */
    static final long UPLOADED_PART = 16L << 20;

    /** Source: S3 user guide, read 2026-11. */
    private static final int MOST_PARTS = 10_000;

    /** Sends one part. */
    interface PartWriter {
        /** Returns the ETag of the part of {@code length} bytes. */
        String write(String uploadId, int number, long from, long length);
    }

    /** Returns the ETag of the whole. */
    String write(CreateMultipartUploadRequest.Builder head, PartWriter writer) {
        S3Client client = target.access().client();
        String bucket = target.location().bucket();
        String fullKey = target.location().full(key);
        abortLeftovers(client, bucket, fullKey);
        String id = client.createMultipartUpload(
                        head.bucket(bucket).key(fullKey).build())
                .uploadId();
        boolean complete = false;
        try {
            List<CompletedPart> parts = parts(id, writer);
            String etag = client.completeMultipartUpload(request -> request.bucket(bucket)
                            .key(fullKey)
                            .uploadId(id)
                            .multipartUpload(upload -> upload.parts(parts)))
                    .eTag();
            complete = true;
            return S3MediaStore.unquoted(etag);
        } finally {
            if (!complete) {
                client.abortMultipartUpload(
                        request -> request.bucket(bucket).key(fullKey).uploadId(id));
            }
        }
    }

    /** Parts of a run that was killed are billed until somebody removes them. */
    private static void abortLeftovers(S3Client client, String bucket, String fullKey) {
        client.listMultipartUploads(request -> request.bucket(bucket).prefix(fullKey)).uploads().stream()
                .filter(upload -> upload.key().equals(fullKey))
                .forEach(upload -> client.abortMultipartUpload(
                        request -> request.bucket(bucket).key(fullKey).uploadId(upload.uploadId())));
    }

    private List<CompletedPart> parts(String id, PartWriter writer) {
        long size = Math.max(
                Math.min(partBytes, target.access().config().maxCopyBytes()),
                (sizeBytes + MOST_PARTS - 1) / MOST_PARTS);
        List<CompletableFuture<CompletedPart>> parts = new ArrayList<>();
        for (long from = 0; from < sizeBytes; from += size) {
            int number = parts.size() + 1;
            long start = from;
            parts.add(CompletableFuture.supplyAsync(
                    () -> CompletedPart.builder()
                            .partNumber(number)
                            .eTag(writer.write(id, number, start, Math.min(size, sizeBytes - start)))
                            .build(),
                    target.access().parts()));
        }
        try {
            return parts.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            parts.forEach(part -> part.cancel(false));
            // A part that is under way would outlive the upload's end.
            parts.forEach(part -> part.handle((done, failure) -> done).join());
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
