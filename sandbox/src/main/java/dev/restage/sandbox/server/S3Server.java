package dev.restage.sandbox.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * An S3 server in this process that keeps its objects in memory and checks signatures (version 4). Clients must use
 * path-style addressing; any region is right.
 *
 * <p>May be used by several threads at once.
 */
public final class S3Server implements AutoCloseable {

    private final TransientNio2BlobStore store;
    private final S3Proxy proxy;
    private final String accessKey;
    private final String secretKey;

    private S3Server(TransientNio2BlobStore store, S3Proxy proxy, String accessKey, String secretKey) {
        this.store = store;
        this.proxy = proxy;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /** {@return a running server without buckets} */
    public static S3Server start() {
        String accessKey = "AKIASANDBOX" + Passwords.next().substring(0, 9).toUpperCase(Locale.ROOT);
        String secretKey = Passwords.next();
        TransientNio2BlobStore store = new TransientNio2BlobStore();
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://" + Ports.HOST + ":0"))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(64)
                .stopTimeout(0)
                .build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not start", e);
        }
        return new S3Server(store, proxy, accessKey, secretKey);
    }

    /** {@return where the server is, {@code http://127.0.0.1:port}} */
    public URI endpoint() {
        return URI.create("http://%s:%d".formatted(Ports.HOST, proxy.getPort()));
    }

    /** {@return the access key id of the one key pair that the server knows} */
    public String accessKey() {
        return accessKey;
    }

    /** {@return the secret of the key pair} */
    public String secretKey() {
        return secretKey;
    }

    /**
     * Makes an empty bucket.
     *
     * @param bucket its name
     */
    public void createBucket(String bucket) {
        store.createContainer(bucket);
    }

    /**
     * Writes an object.
     *
     * @param bucket a bucket that exists
     * @param key the object's key
     * @param contentType its media type
     * @param content its bytes
     */
    public void put(String bucket, String key, String contentType, byte[] content) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType)
                .contentLength((long) content.length)
                .build();
        store.putBlob(request, new ByteArrayInputStream(content));
    }

    /**
     * {@return the bytes of an object; empty if there is none}
     * @param bucket a bucket that exists
     * @param key the object's key
     */
    public Optional<byte[]> get(String bucket, String key) {
        try (var content = store.getBlob(bucket, key)) {
            return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s of bucket %s".formatted(key, bucket), e);
        }
    }

    /**
     * {@return all keys of a bucket}
     * @param bucket a bucket that exists
     */
    public SortedSet<String> keys(String bucket) {
        SortedSet<String> keys = new TreeSet<>();
        @Nullable String next = null;
        do {
            ListObjectsV2Response page = store.list(ListObjectsV2Request.builder()
                    .bucket(bucket)
                    .continuationToken(next)
                    .build());
            page.contents().forEach(object -> keys.add(object.key()));
            next = page.nextContinuationToken();
        } while (next != null);
        return keys;
    }

    /**
     * Removes an object; one that is missing is fine.
     *
     * @param bucket a bucket that exists
     * @param key the object's key
     */
    public void delete(String bucket, String key) {
        store.removeBlob(bucket, key);
    }

    /** Stops the server; its objects are gone. Does nothing the second time. */
    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not stop", e);
        }
    }
}
