package dev.restage.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** Writes an object in parts, and leaves none behind when a part fails. */
record S3Multipart(S3MediaStore target, String key, long sizeBytes) {

    /** Large enough to spare requests, small enough to be held in memory while it is sent. */
    private static final long PART = 64L << 20;

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

    private List<CompletedPart> parts(String id, PartWriter writer) {
        long size = Math.max(
                Math.min(PART, target.access().config().maxCopyBytes()), (sizeBytes + MOST_PARTS - 1) / MOST_PARTS);
        List<CompletedPart> parts = new ArrayList<>();
        for (long from = 0; from < sizeBytes; from += size) {
            int number = parts.size() + 1;
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(writer.write(id, number, from, Math.min(size, sizeBytes - from)))
                    .build());
        }
        return parts;
    }
}
