package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.media.folder.FolderModule;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Server;
import dev.restage.testkit.MediaStoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3MediaStoreTest extends MediaStoreContract {

    private static final MediaSyncOptions MIRROR =
            MediaSyncOptions.builder().surplus(Surplus.DELETE).maxDeleteShare(1).build();

    private static S3Server server;

    private final List<MediaStore> opened = new ArrayList<>();
    private final String production = "production-" + UUID.randomUUID();
    private final String staging = "staging-" + UUID.randomUUID();
    private MediaStore source;
    private MediaStore target;

    @BeforeAll
    static void startServer() {
        server = S3Server.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeBuckets() {
        server.createBucket(production);
        server.createBucket(staging);
        source = open("s3://" + production);
        target = open("s3://" + staging + "/media");
    }

    @AfterEach
    void closeStores() {
        opened.forEach(MediaStore::close);
    }

    @Override
    protected MediaStore store() {
        return target;
    }

    @Test
    void mirrorsOneBucketBelowAPrefixOfAnother() {
        for (int i = 0; i < 1001; i++) {
            put(production, "images/" + i, "content " + i);
        }
        put(staging, "media/old", "old");
        put(staging, "other", "untouched");

        MediaSync.between(source, target, MIRROR).run(Progress.NONE);

        assertThat(MediaSync.between(source, target, MIRROR).compare().isEmpty())
                .isTrue();
        assertThat(server.keys(staging)).hasSize(1002).contains("other", "media/images/7");
    }

    @Test
    void keepsTypeAndMetadataWhereItStreams() throws IOException {
        put(production, "a b+c%20#.jpg", "content");
        MediaObject object = source.list("").next();

        target.copy(new Foreign(source), object);

        try (MediaContent copied = target.open(target.list("").next())) {
            assertThat(copied.contentType()).isEqualTo("image/jpeg");
            assertThat(copied.stream()).hasContent("content");
        }
    }

    @Test
    void copiesLargeObjectsInPartsWithTheirType() throws IOException {
        byte[] large = new byte[(int) AwsConfig.FIVE_MIB + 1000];
        large[large.length - 1] = 7;
        server.put(production, "large.jpg", "image/jpeg", large);
        MediaObject object = source.list("").next();
        MediaStore limited = limited(staging);

        for (MediaStore from : List.of(source, new Foreign(source))) {
            MediaObject copied = limited.copy(from, object);

            assertThat(server.get(staging, "large.jpg"))
                    .hasValueSatisfying(found -> assertThat(found).isEqualTo(large));
            assertThat(copied.etag()).endsWith("-2");
            try (MediaContent content = limited.open(copied)) {
                assertThat(content.contentType()).isEqualTo("image/jpeg");
            }
            limited.delete(List.of("large.jpg"));
        }
    }

    @Test
    void refusesToCopyWhatHasChangedSinceTheListing() {
        put(production, "a", "listed");
        MediaObject listed = source.list("").next();
        put(production, "a", "changed since");

        assertFails(Kind.CONFLICT, "has changed", () -> target.copy(source, listed));
        server.delete(production, "a");
        assertFails(Kind.NOT_FOUND, "gone", () -> target.copy(source, listed));
        assertThat(server.keys(staging)).isEmpty();
    }

    @Test
    void movesBetweenBucketAndFolder(@TempDir Path directory) {
        MediaStore folder = Stores.open(new FolderModule(), Map.of(), "file:" + directory);
        put(production, "images/a.jpg", "one");
        put(production, "documents/b.pdf", "two");

        MediaSync.between(source, folder, MIRROR).run(Progress.NONE);
        MediaSync.between(folder, target, MIRROR).run(Progress.NONE);

        assertThat(MediaSync.between(source, folder, MIRROR).compare().isEmpty())
                .isTrue();
        assertThat(MediaSync.between(folder, target, MIRROR).compare().isEmpty())
                .isTrue();
        assertThat(server.keys(staging)).containsExactly("media/documents/b.pdf", "media/images/a.jpg");
    }

    @Test
    void refusesBucketsThatListInNoOrder() {
        assertThatThrownBy(() -> open("s3://media--euw1-az1--x-s3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use a general purpose bucket");
    }

    @Test
    void namesAMissingBucket() {
        assertFails(
                Kind.NOT_FOUND, "of bucket missing", () -> open("s3://missing").list(""));
    }

    @Test
    void saysThatTheSecretIsWrongWithoutShowingIt() {
        Map<String, String> wrong = new HashMap<>(Stores.variables(server));
        wrong.put("AWS_SECRET_ACCESS_KEY", "wr0ng-secret");
        MediaStore store = Stores.open(new AwsModule(), wrong, "s3://" + production);
        opened.add(store);

        assertFails(Kind.DENIED, "the secret of the key is wrong", () -> store.list(""));
        assertThatThrownBy(() -> store.list("")).hasMessageNotContaining("wr0ng-secret");
    }

    @Test
    void knowsThatAPrefixIsAPartOfItsBucket() {
        assertThat(target.identity().overlaps(open("s3://" + staging).identity()))
                .isTrue();
        assertThat(target.identity()
                        .overlaps(open("s3://" + staging + "/media2").identity()))
                .isFalse();
    }

    private MediaStore open(String address) {
        MediaStore store = Stores.open(new AwsModule(), Stores.variables(server), address);
        opened.add(store);
        return store;
    }

    private MediaStore limited(String bucket) {
        AwsConfig config = new AwsConfig(
                server.endpoint(),
                AwsConfig.Style.PATH,
                null,
                null,
                new AwsConfig.Key(server.accessKey(), Secret.of(server.secretKey()), null),
                AwsConfig.FIVE_MIB,
                false,
                null);
        MediaStore store = Stores.open(new AwsModule(config), Map.of(), "s3://" + bucket);
        opened.add(store);
        return store;
    }

    private static void put(String bucket, String key, String content) {
        server.put(bucket, key, "image/jpeg", content.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFails(Kind kind, String part, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(part);
    }
}
