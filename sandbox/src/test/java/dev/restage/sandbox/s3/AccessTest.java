package dev.restage.sandbox.s3;

import static dev.restage.sandbox.s3.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.Grant;
import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class AccessTest {

    private final S3Server server = S3Server.start();
    private final List<S3Client> clients = new ArrayList<>();

    @BeforeEach
    void fill() {
        server.createBucket("production");
        server.createBucket("staging");
        server.put("production", "a", "content".getBytes(StandardCharsets.UTF_8), Map.of("x-amz-tagging", "t=1"));
    }

    @AfterEach
    void stop() {
        clients.forEach(S3Client::close);
        server.close();
    }

    @Test
    void refusesStrangersAndForgedSignatures() {
        S3Client stranger = keep(Clients.of(server.endpoint(), "AKIAUNKNOWN", "secret"));
        S3Client forger = keep(Clients.of(server.endpoint(), server.accessKey(), "wrong"));

        assertFails(403, "InvalidAccessKeyId", () -> get(stranger, "a"));
        assertFails(403, "SignatureDoesNotMatch", () -> get(forger, "a"));
        assertFails(403, "SignatureDoesNotMatch", () -> put(forger, "b"));
        assertThat(server.keys("production")).containsExactly("a");
    }

    @Test
    void readsOnePlaceAndWritesAnother() {
        S3Client user = user(Grant.read("production"), Grant.write("staging"));

        copy(user, "a");
        assertThat(get(user, "a")).isEqualTo("content");
        assertFails(403, "AccessDenied", () -> put(user, "b"));
        assertFails(
                403,
                "AccessDenied",
                () -> user.deleteObject(delete -> delete.bucket("production").key("a")));
        assertFails(
                403,
                "AccessDenied",
                () -> user.getObjectAsBytes(get -> get.bucket("staging").key("a")));
        assertFails(403, "AccessDenied", user::listBuckets);
        assertThatThrownBy(() -> put(user, "b"))
                .hasMessageContaining("user/ann is not authorized to perform: s3:PutObject on resource:"
                        + " \"arn:aws:s3:::production/b\"");
    }

    @Test
    void copiesNoTagsWithoutTheRightToReadThem() {
        S3Client user = user(Grant.of("production", "s3:ListBucket", "s3:GetObject"), Grant.write("staging"));

        assertThatThrownBy(() -> copy(user, "a"))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("s3:GetObjectTagging");
        user.copyObject(copy -> copy.sourceBucket("production")
                .sourceKey("a")
                .taggingDirective("REPLACE")
                .destinationBucket("staging")
                .destinationKey("a"));
        assertThat(server.headers("staging", "a")).doesNotContainKey("x-amz-tagging-count");
    }

    @Test
    void doesNotTellWhatIsMissingToWhoMayNotList() {
        S3Client user = user(Grant.of("production", "s3:GetObject"));

        assertFails(403, "AccessDenied", () -> get(user, "none"));
        assertFails(
                403,
                null,
                () -> user.headObject(head -> head.bucket("production").key("none")));
    }

    @Test
    void refusesUsersOfAnotherRegionAndNamesTheRight() {
        server.createBucket("far", BucketSettings.standard().inRegion("eu-central-1"));
        S3Client client = keep(Clients.of(server));

        assertThatThrownBy(() -> client.listObjectsV2(list -> list.bucket("far")))
                .isInstanceOfSatisfying(S3Exception.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AuthorizationHeaderMalformed");
                    assertThat(e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region"))
                            .contains("eu-central-1");
                });
    }

    @Test
    void asksWhoDoesNotPayToPay() {
        server.createBucket("paid", BucketSettings.standard().paidByRequester());
        server.put("paid", "a", "text/plain", new byte[] {1});
        S3Client client = keep(Clients.of(server));

        assertFails(403, "AccessDenied", () -> client.listObjectsV2(list -> list.bucket("paid")));
        assertThat(client.listObjectsV2(list -> list.bucket("paid").requestPayer("requester"))
                        .contents())
                .hasSize(1);
    }

    @Test
    void refusesAclsWhereTheOwnerIsEnforced() {
        server.createBucket("enforced", BucketSettings.standard().enforcingOwner());
        S3Client client = keep(Clients.of(server));

        assertFails(
                400,
                "AccessControlListNotSupported",
                () -> client.putObject(
                        put -> put.bucket("enforced").key("a").acl("public-read"), RequestBody.fromString("x")));
        client.putObject(
                put -> put.bucket("enforced").key("a").acl("bucket-owner-full-control"), RequestBody.fromString("x"));
    }

    @Test
    void unwrapsEveryWayToSendABody() {
        byte[] large = new byte[300_000];
        large[299_999] = 9;
        for (boolean chunked : List.of(true, false)) {
            for (ChecksumAlgorithm algorithm : List.of(
                    ChecksumAlgorithm.CRC32,
                    ChecksumAlgorithm.CRC32_C,
                    ChecksumAlgorithm.SHA1,
                    ChecksumAlgorithm.SHA256)) {
                S3Client client = keep(Clients.builder(server.endpoint(), server.accessKey(), server.secretKey())
                        .serviceConfiguration(S3Configuration.builder()
                                .pathStyleAccessEnabled(true)
                                .chunkedEncodingEnabled(chunked)
                                .build())
                        .build());

                String key = algorithm + " " + chunked;
                client.putObject(
                        put -> put.bucket("staging").key(key).checksumAlgorithm(algorithm),
                        RequestBody.fromInputStream(new ByteArrayInputStream(large), large.length));

                assertThat(server.get("staging", key))
                        .hasValueSatisfying(found -> assertThat(found).isEqualTo(large));
            }
        }
    }

    @Test
    void refusesABodyThatIsNotWhatItsChecksumSays() {
        S3Client client = keep(Clients.of(server));

        assertFails(
                400,
                "BadDigest",
                () -> client.putObject(
                        put -> put.bucket("staging").key("a").checksumCRC32("AAAAAA=="), RequestBody.fromString("x")));
        assertFails(
                400,
                "BadDigest",
                () -> client.putObject(
                        put -> put.bucket("staging").key("a").contentMD5("AAAAAAAAAAAAAAAAAAAAAA=="),
                        RequestBody.fromString("x")));
        assertThat(server.keys("staging")).isEmpty();
    }

    @Test
    void letsInWhoHasASignedAddress() throws Exception {
        server.put("production", "a b+ł.txt", "text/plain", "signed".getBytes(StandardCharsets.UTF_8));
        try (S3Presigner presigner = S3Presigner.builder()
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
                .region(Region.US_EAST_1)
                .endpointOverride(server.endpoint())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            GetObjectRequest get = GetObjectRequest.builder()
                    .bucket("production")
                    .key("a b+ł.txt")
                    .build();
            URL signed = presigner
                    .presignGetObject(request ->
                            request.signatureDuration(Duration.ofMinutes(5)).getObjectRequest(get))
                    .url();

            assertThat(signed.openStream()).hasContent("signed");
            URL changed = URI.create(signed.toString().replace("%2B", "x")).toURL();
            assertThat(((HttpURLConnection) changed.openConnection()).getResponseCode())
                    .isEqualTo(403);
        }
    }

    private S3Client user(Grant... grants) {
        return keep(Clients.of(server, server.newKey("ann", grants)));
    }

    private S3Client keep(S3Client client) {
        clients.add(client);
        return client;
    }

    private static String get(S3Client client, String key) {
        return client.getObjectAsBytes(get -> get.bucket("production").key(key)).asUtf8String();
    }

    private static void put(S3Client client, String key) {
        client.putObject(put -> put.bucket("production").key(key), RequestBody.fromString("x"));
    }

    private static void copy(S3Client client, String key) {
        client.copyObject(copy -> copy.sourceBucket("production")
                .sourceKey(key)
                .destinationBucket("staging")
                .destinationKey(key));
    }
}
