package dev.restage.aws;

import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.media.MediaSyncResult;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Operation;
import dev.restage.sandbox.s3.S3Server;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.S3Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two buckets on a server of their own, and the stores that are opened on them. */
final class S3Buckets implements AutoCloseable {

    static final String PRODUCTION = "production";
    static final String STAGING = "staging";

    static final MediaSyncOptions MIRROR =
            MediaSyncOptions.builder().surplus(Surplus.DELETE).maxDeleteShare(1).build();

    final S3Server server = S3Server.start();
    private final List<MediaStore> opened = new ArrayList<>();

    S3Buckets() {
        this(BucketSettings.standard(), BucketSettings.standard());
    }

    S3Buckets(BucketSettings production, BucketSettings staging) {
        server.createBucket(PRODUCTION, production);
        server.createBucket(STAGING, staging);
    }

    MediaStore open(String address) {
        return open(address, AwsConfig.FIVE_GIB, null);
    }

    MediaStore open(String address, S3Key key) {
        return open(address, AwsConfig.FIVE_GIB, key);
    }

    /** A null key is the one that may do everything. */
    MediaStore open(String address, long maxCopyBytes, @Nullable S3Key key) {
        AwsConfig config = new AwsConfig(
                server.endpoint(),
                AwsConfig.Style.PATH,
                null,
                null,
                key == null
                        ? new AwsConfig.Key(server.accessKey(), Secret.of(server.secretKey()), null)
                        : new AwsConfig.Key(key.id(), key.secret(), null),
                maxCopyBytes,
                false,
                null);
        MediaStore store = Stores.open(new AwsModule(config), Map.of(), address);
        opened.add(store);
        return store;
    }

    MediaStore production() {
        return open("s3://" + PRODUCTION);
    }

    MediaStore staging() {
        return open("s3://" + STAGING);
    }

    MediaSyncResult sync(MediaSyncOptions options) {
        return MediaSync.between(production(), staging(), options).run(Progress.NONE);
    }

    void put(String bucket, String key, String content) {
        server.put(bucket, key, "image/jpeg", content.getBytes(StandardCharsets.UTF_8));
    }

    String get(String bucket, String key) {
        return new String(server.get(bucket, key).orElseThrow(), StandardCharsets.UTF_8);
    }

    /** Counts the requests of some work by operation. */
    Map<S3Operation, Long> requests(Runnable work) {
        server.requests().reset();
        work.run();
        return server.requests().byOperation();
    }

    @Override
    public void close() {
        opened.forEach(MediaStore::close);
        server.close();
    }
}
