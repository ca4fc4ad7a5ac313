package dev.restage.aws;

import dev.restage.aws.internal.wire.Retold;
import dev.restage.aws.internal.wire.S3Headers;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

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

    /**
     * Returns the ETag that the whole must have.
     *
     * @param before runs when all parts are there, to make sure that they belong together
     */
    String write(CreateMultipartUploadRequest.Builder head, PartWriter writer, Runnable before) {
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
            before.run();
            String etag = client.completeMultipartUpload(request -> request.bucket(bucket)
                            .key(fullKey)
                            .uploadId(id)
                            .multipartUpload(upload -> upload.parts(parts)))
                    .eTag();
            complete = true;
            String told = S3Headers.unquoted(etag);
            return told.isEmpty() ? etagOf(parts) : told;
        } finally {
            if (!complete) {
                abort(client, bucket, fullKey, id);
            }
        }
    }

    /**
     * What S3 makes of the MD5s of the parts, for servers that do not say it when an upload ends (Ceph 16). Empty where the
     * parts' ETags are no MD5s.
     */
    private static String etagOf(List<CompletedPart> parts) {
        MessageDigest digest = Retold.newMd5();
        for (CompletedPart part : parts) {
            String md5 = S3Headers.unquoted(part.eTag());
            if (!S3Attributes.isMd5(md5)) {
                return "";
            }
            digest.update(HexFormat.of().parseHex(md5));
        }
        return HexFormat.of().formatHex(digest.digest()) + "-" + parts.size();
    }

    /**
     * Parts of a run that was killed are billed until somebody removes them. Who may not list or end uploads, or a server
     * that cannot, leaves them to the bucket's own rules.
     */
    private static void abortLeftovers(S3Client client, String bucket, String fullKey) {
        try {
            client.listMultipartUploads(request -> request.bucket(bucket).prefix(fullKey)).uploads().stream()
                    .filter(upload -> upload.key().equals(fullKey))
                    .forEach(upload -> abort(client, bucket, fullKey, upload.uploadId()));
        } catch (S3Exception e) {
            if (!isRefused(e)) {
                throw e;
            }
        }
    }

    /** What went wrong with a part is what has to be told, not that its leftovers stay. */
    private static void abort(S3Client client, String bucket, String fullKey, String id) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(fullKey).uploadId(id));
        } catch (SdkException e) {
            System.getLogger(S3Multipart.class.getName())
                    .log(System.Logger.Level.DEBUG, "parts of an upload stay behind", e);
        }
    }

    private static boolean isRefused(S3Exception failure) {
        return switch (failure.statusCode()) {
            case 403, 404, 405, 501 -> true;
            default -> false;
        };
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
