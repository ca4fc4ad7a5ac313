package dev.restage.sandbox.s3.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3RequestTest {

    @ParameterizedTest
    @CsvSource({
        "/, '', ''",
        "/acme, acme, ''",
        "/acme/, acme, ''",
        "/acme/a/b.jpg, acme, a/b.jpg",
        "/acme//a, acme, /a",
        "/acme/a/../b, acme, a/../b",
        "/acme/a+b%20c%2Fd, acme, a+b c/d",
        "/acme/%F0%9F%98%80, acme, \uD83D\uDE00"
    })
    void takesTheKeyAsItIs(String path, String bucket, String key) {
        S3Request request = request(path, null);

        assertThat(request.bucket()).isEqualTo(bucket);
        assertThat(request.key()).isEqualTo(key);
    }

    @Test
    void readsParametersWithAndWithoutValues() {
        S3Request request = request("/acme", "list-type=2&prefix=a%2Fb+c&&acl&empty=&equals=a=b");

        assertThat(request.query())
                .containsExactly(
                        Map.entry("list-type", "2"),
                        Map.entry("prefix", "a/b c"),
                        Map.entry("acl", ""),
                        Map.entry("empty", ""),
                        Map.entry("equals", "a=b"));
        assertThat(request.asks("acl")).isTrue();
        assertThat(request.asks("tagging")).isFalse();
        assertThat(request.parameter("prefix")).contains("a/b c");
        assertThat(request.parameter("marker")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/acme/%zz", "/acme/%ff", "/acme/%C3"})
    void refusesAPathThatIsNoText(String path) {
        assertThatThrownBy(() -> request(path, null)).isInstanceOfSatisfying(S3Error.class, error -> {
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.code()).isEqualTo("InvalidURI");
        });
    }

    @Test
    void canForgetHeadersAndParameters() {
        S3Request request = S3Request.of(
                "GET",
                "/acme/a",
                "versionId=1&partNumber=2",
                Map.of("range", "bytes=0-1", "if-match", "x"),
                new Content(new byte[] {1}));

        S3Request without = request.without(Set.of("versionId", "if-match", "absent"));

        assertThat(without.query()).containsOnlyKeys("partNumber");
        assertThat(without.headers()).containsOnlyKeys("range");
        assertThat(without.body()).isSameAs(request.body());
        assertThat(request.header("if-match")).contains("x");
    }

    private static S3Request request(String path, @Nullable String query) {
        return S3Request.of("GET", path, query, Map.of(), new Content(new byte[0]));
    }
}
