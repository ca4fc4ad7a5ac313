package dev.restage.aws;

import dev.restage.provider.media.MediaObject;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Writes the list of a job's objects, which may be millions, straight into a bucket. It is there whole or not at all. May
 * be used by several threads.
 */
final class S3Manifest implements AutoCloseable {

    /** 10,000 of them hold more lines than a job takes. */
    private static final int PART = 16 << 20;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final S3Location source;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final List<CompletedPart> parts = new ArrayList<>();
    private @Nullable String upload;
    private long objects;

    S3Manifest(S3Client client, String bucket, String key, S3Location source) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.source = source;
    }

    /** Returns the ETag of a manifest that was written before; null if there is none. */
    static @Nullable String etag(S3Client client, String bucket, String key) {
        try {
            return client.headObject(request -> request.bucket(bucket).key(key)).eTag();
        } catch (NoSuchKeyException e) {
            return null;
        }
    }

    synchronized void add(MediaObject object) {
        String line = source.bucket() + ',' + encoded(source.full(object.key())) + '\n';
        lines.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
        objects++;
        if (lines.size() >= PART) {
            sendPart();
        }
    }

    synchronized long objects() {
        return objects;
    }

    /** Returns the ETag. */
    synchronized String finish() {
        if (upload == null) {
            return client.putObject(
                            request -> request.bucket(bucket).key(key).contentType("text/csv"),
                            RequestBody.fromBytes(lines.toByteArray()))
                    .eTag();
        }
        if (lines.size() > 0) {
            sendPart();
        }
        String id = upload;
        String etag = client.completeMultipartUpload(request ->
                        request.bucket(bucket).key(key).uploadId(id).multipartUpload(all -> all.parts(parts)))
                .eTag();
        upload = null;
        return etag;
    }

    /** Leaves nothing behind of a manifest that was not finished. */
    @Override
    public synchronized void close() {
        String id = upload;
        if (id != null) {
            upload = null;
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(id));
        }
    }

    /** As S3 wants it in manifests: each byte of UTF-8, but for what URLs take and the slash. */
    static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~")
                .replace("%2F", "/");
    }

    private void sendPart() {
        if (upload == null) {
            upload = client.createMultipartUpload(
                            request -> request.bucket(bucket).key(key).contentType("text/csv"))
                    .uploadId();
        }
        String id = upload;
        int number = parts.size() + 1;
        String etag = client.uploadPart(
                        request -> request.bucket(bucket).key(key).uploadId(id).partNumber(number),
                        RequestBody.fromBytes(lines.toByteArray()))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        lines.reset();
    }
}
