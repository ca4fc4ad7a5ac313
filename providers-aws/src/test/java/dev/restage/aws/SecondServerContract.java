package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncResult;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Variables;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Server;
import dev.restage.testkit.MediaStoreContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract, and what matters most of a sync, on a server that is not ours. */
abstract class SecondServerContract extends MediaStoreContract {

    private final List<MediaStore> opened = new ArrayList<>();
    final String production = "production-" + UUID.randomUUID();
    final String staging = "staging-" + UUID.randomUUID();
    MediaStore source;
    MediaStore target;

    /** {@return the server, which other tests use as well} */
    abstract SecondServer server();

    @BeforeEach
    void makeBuckets() {
        server().createBucket(production);
        server().createBucket(staging);
        source = open(server().variables(), "s3://" + production);
        target = open(server().variables(), "s3://" + staging + "/media");
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
        for (int i = 0; i < 50; i++) {
            server().put(production, "images/" + i, "content " + i);
        }
        server().put(production, "documents/a b+c%20#;&'.pdf", "awkward");
        server().put(staging, "media/images/7", "changed on staging");
        server().put(staging, "media/old", "old");
        server().put(staging, "other", "untouched");

        MediaSyncResult result = sync();

        assertThat(result.copiedObjects()).isEqualTo(51);
        assertThat(result.deletedObjects()).isEqualTo(1);
        assertThat(server().keys(staging)).hasSize(52).contains("other", "media/documents/a b+c%20#;&'.pdf");
        assertThat(server().get(staging, "media/images/7")).isEqualTo("content 7");
        assertThat(sync().copiedObjects()).isZero();
    }

    @Test
    void keepsTheTypeAlsoInParts() throws IOException {
        server().put(production, "large.jpg", "x".repeat((int) AwsConfig.FIVE_MIB + 10));
        AwsConfig all = AwsConfig.from(Variables.of(server().variables()));
        AwsConfig limited = new AwsConfig(
                all.endpoint(),
                AwsConfig.Style.PATH,
                all.region(),
                all.profile(),
                all.key(),
                AwsConfig.FIVE_MIB,
                false,
                null);
        MediaStore inParts = Stores.open(new AwsModule(limited), Map.of(), "s3://" + staging);
        opened.add(inParts);

        MediaObject copied = inParts.copy(source, source.list("").next());

        assertThat(copied.sizeBytes()).isEqualTo(AwsConfig.FIVE_MIB + 10);
        try (MediaContent content = inParts.open(copied)) {
            assertThat(content.contentType()).isEqualTo("image/jpeg");
        }
    }

    /** The two servers have nothing in common, so that each byte passes through here. */
    @Test
    void streamsFromAServerToAnother() {
        server().put(production, "images/a b.jpg", "one");
        server().put(production, "images/c.jpg", "two");
        try (S3Server other = S3Server.start()) {
            other.createBucket("elsewhere");
            MediaStore elsewhere = open(Stores.variables(other), "s3://elsewhere");

            MediaSync.between(source, elsewhere, S3Buckets.MIRROR).run(Progress.NONE);
            MediaSync.between(elsewhere, target, S3Buckets.MIRROR).run(Progress.NONE);

            assertThat(other.keys("elsewhere")).containsExactly("images/a b.jpg", "images/c.jpg");
            assertThat(other.headers("elsewhere", "images/c.jpg")).containsEntry("content-type", "image/jpeg");
        }
        assertThat(server().get(staging, "media/images/a b.jpg")).isEqualTo("one");
    }

    @Test
    void saysWhenItCopiesWhatHasChangedSinceTheListing() {
        server().put(production, "a", "listed");
        MediaObject listed = source.list("").next();
        server().put(production, "a", "changed since");

        assertThatThrownBy(() -> target.copy(source, listed))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
        sync();
        assertThat(server().get(staging, "media/a")).isEqualTo("changed since");
    }

    @Test
    void saysThatTheSecretIsWrong() {
        Map<String, String> wrong = new HashMap<>(server().variables());
        wrong.put("AWS_SECRET_ACCESS_KEY", "wr0ng-secret");
        MediaStore store = open(wrong, "s3://" + production);

        assertThatThrownBy(() -> store.list(""))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
                .hasMessageNotContaining("wr0ng-secret");
    }

    MediaSyncResult sync() {
        return MediaSync.between(source, target, S3Buckets.MIRROR).run(Progress.NONE);
    }

    MediaStore open(Map<String, String> variables, String address) {
        MediaStore store = Stores.open(new AwsModule(), variables, address);
        opened.add(store);
        return store;
    }
}
