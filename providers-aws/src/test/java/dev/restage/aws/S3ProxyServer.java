package dev.restage.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3Proxy, within this JVM. */
final class S3ProxyServer implements SecondServer, AutoCloseable {

    private static final String KEY = "AKIASECOND";
    private static final String SECRET = "second-secret";

    private final TransientNio2BlobStore store = new TransientNio2BlobStore();
    private final S3Proxy proxy;

    private S3ProxyServer() {
        proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(64)
                .stopTimeout(0)
                .build();
    }

    static S3ProxyServer start() {
        S3ProxyServer server = new S3ProxyServer();
        try {
            server.proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not start", e);
        }
        return server;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(
                "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + proxy.getPort(),
                "AWS_ACCESS_KEY_ID", KEY,
                "AWS_SECRET_ACCESS_KEY", SECRET);
    }

    @Override
    public void createBucket(String bucket) {
        store.createContainer(bucket);
    }

    @Override
    public void put(String bucket, String key, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType("image/jpeg")
                .contentLength((long) bytes.length)
                .build();
        store.putBlob(request, new ByteArrayInputStream(bytes));
    }

    @Override
    public String get(String bucket, String key) {
        try (var content = store.getBlob(bucket, key)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public NavigableSet<String> keys(String bucket) {
        NavigableSet<String> keys = new TreeSet<>();
        store.list(ListObjectsV2Request.builder().bucket(bucket).build()).contents().stream()
                .map(S3Object::key)
                .forEach(keys::add);
        return keys;
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not stop", e);
        }
    }
}
