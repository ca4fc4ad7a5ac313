package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Address;
import dev.restage.provider.Variables;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Server;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address says of its server and its key, and what the variables say where it does not. */
class AwsConfigTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000",
            "AWS_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "AKIAUSUAL",
            "AWS_SECRET_ACCESS_KEY", "usual",
            "R2_KEY", "r2key",
            "R2_SECRET", "r2secret");

    @Test
    void takesTheServerOfTheAddressBeforeThatOfTheVariables() {
        AwsConfig config = config("s3://media?endpoint=https://acc.r2.cloudflarestorage.com&region=auto"
                + "&keyVariable=R2_KEY&secretVariable=R2_SECRET");

        assertThat(config.endpoint()).hasHost("acc.r2.cloudflarestorage.com");
        assertThat(config.region()).isEqualTo("auto");
        assertThat(config.key()).returns("r2key", AwsConfig.Key::id);
    }

    @Test
    void takesTheRegionOfTheVariablesOnlyForTheirServer() {
        assertThat(config("s3://media").region()).isEqualTo("eu-west-1");
        assertThat(config("s3://media?endpoint=https://minio.example").region()).isNull();
        assertThat(config("s3://media?endpoint=aws").region()).isEqualTo("eu-west-1");
    }

    @Test
    void namesAmazonWhereTheVariablesNameAnotherServer() {
        AwsConfig config = config("s3://media?endpoint=aws");

        assertThat(config.endpoint()).isNull();
        assertThat(config.isAmazon()).isTrue();
        assertThat(config("s3://media").isAmazon()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.eu-west-1.amazonaws.com, aws",
        "https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com, aws",
        "https://s3.cn-north-1.amazonaws.com.cn, aws-cn",
        "https://MinIO.example, minio.example",
        "https://minio.example:443/, minio.example",
        "http://minio.example:80, minio.example",
        "http://minio.example:9000, minio.example:9000",
        "http://127.0.0.1:9000, localhost:9000",
        "http://[::1]:9000, localhost:9000",
        "http://0.0.0.0:9000, localhost:9000",
        "http://[::ffff:127.0.0.1]:9000, localhost:9000",
        "http://2130706433:9000, localhost:9000",
        "http://minio.invalid:9000, minio.invalid:9000",
        "https://amazonaws.com.evil.example, amazonaws.com.evil.example"
    })
    void knowsAServerHoweverItIsWritten(String endpoint, String server) {
        assertThat(config("s3://media?endpoint=" + endpoint).server()).isEqualTo(server);
    }

    @Test
    void takesTwoSpellingsOfOneServerForOneStore() {
        MediaStore one = open("s3://media?endpoint=http://127.0.0.1:9000");
        MediaStore same = open("s3://media?endpoint=http://localhost:9000/");
        MediaStore other = open("s3://media?endpoint=http://localhost:9001");

        assertThat(one.identity()).isEqualTo(same.identity()).isNotEqualTo(other.identity());
        assertThat(one.copiesInside(same)).isTrue();
        assertThat(one.copiesInside(other)).isFalse();
    }

    @Test
    void seesBothBucketsWithOneKeyOnly() {
        MediaStore usual = open("s3://production");
        MediaStore other = open("s3://staging?keyVariable=R2_KEY&secretVariable=R2_SECRET");

        assertThat(other.copiesInside(usual)).isFalse();
        assertThat(open("s3://staging").copiesInside(usual)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio.example:9000", "ftp://minio.example", "https://", "https://a b", "https://h?x"})
    void refusesWhatIsNoServer(String endpoint) {
        assertThatThrownBy(() -> config("s3://media?endpoint=" + endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write ?endpoint=https://host:port");
    }

    @Test
    void copiesFromOneServerToAnotherThatTheAddressNames() {
        try (S3Server production = S3Server.start();
                S3Server staging = S3Server.start()) {
            production.createBucket("media");
            staging.createBucket("media");
            production.put("media", "a.jpg", "image/jpeg", "content".getBytes(StandardCharsets.UTF_8));
            Map<String, String> variables = new HashMap<>(Stores.variables(production));
            variables.put("STAGING_KEY", staging.accessKey());
            variables.put("STAGING_SECRET", staging.secretKey());
            try (MediaStore from = Stores.open(new AwsModule(), variables, "s3://media");
                    MediaStore to = Stores.open(
                            new AwsModule(),
                            variables,
                            "s3://media?keyVariable=STAGING_KEY&secretVariable=STAGING_SECRET&endpoint="
                                    + staging.endpoint())) {
                to.copy(from, from.list("").next());

                assertThat(to.identity()).isNotEqualTo(from.identity());
            }
            assertThat(staging.keys("media")).containsExactly("a.jpg");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://oss.example, path, https://oss.example/media/",
        "https://oss.example/, host, https://media.oss.example/",
        "http://oss.example:9000/s3, path, http://oss.example:9000/s3/media/",
        "http://oss.example:9000, host, http://media.oss.example:9000/"
    })
    void namesTheBucketWhereTheServerReadsIt(String endpoint, String style, URI expected) {
        String address = "s3://media?region=eu-west-1&style=%s&endpoint=%s".formatted(style, endpoint);
        try (S3Access access = new S3Access(config(address))) {
            assertThat(access.address(S3Location.of(Address.of(address)))).isEqualTo(expected);
            assertThat(access.client()
                            .utilities()
                            .getUrl(url -> url.bucket("media").key("a")))
                    .hasToString(expected + "a");
        }
    }

    private static AwsConfig config(String address) {
        Variables variables = Variables.of(VARIABLES);
        return AwsConfig.from(variables).with(Address.of(address), variables);
    }

    private static MediaStore open(String address) {
        return Stores.open(new AwsModule(), VARIABLES, address);
    }
}
