package dev.restage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Address;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import io.lettuce.core.RedisURI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisLocationTest {

    @ParameterizedTest
    @CsvSource({
        "acme, acme:*",
        "'', :[0-9]*:*",
        "a*b, a\\*b:*",
        "a?[b]\\c, a\\?\\[b\\]\\\\c:*",
        "acme:live, acme:live:*"
    })
    void everythingOfAPrefixIsWhatDjangoWritesWithIt(String prefix, String glob) {
        assertThat(url("redis://host", prefix).everything()).isEqualTo(glob);
    }

    @ParameterizedTest
    @CsvSource({"acme, 1:page, acme:1:page*", "'', 1:page, :1:page*", "a*, b?, a\\*:b\\?*"})
    void whatIsBelowATextIsWithinThePrefix(String prefix, String text, String glob) {
        assertThat(url("redis://host", prefix).below(text)).isEqualTo(glob);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://host, 6379, false",
        "rediss://host, 6379, true",
        "redis://host:7000/2, 7000, false",
        "' redis://host ', 6379, false"
    })
    void aUrlTellsPortAndTls(String url, int port, boolean encrypted) {
        assertThat(url(url, ""))
                .returns("host", RedisLocation::host)
                .returns(port, RedisLocation::port)
                .returns(encrypted, RedisLocation::encrypted)
                .returns(true, RedisLocation::verified);
    }

    @Test
    void aCertificateIsTrustedUncheckedOnlyWhereTheAddressSaysSo() {
        RedisLocation unchecked = RedisLocation.of(
                Address.of("redis-url:CACHE?verify=no"), Secret.of("rediss://host"), "the variable CACHE");

        assertThat(unchecked.uri(0).isVerifyPeer()).isFalse();
        assertThat(url("rediss://host", "").uri(0).isVerifyPeer()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "redis://:s3cret@host, none, s3cret",
                "redis://h:s3cret@host, none, s3cret",
                "redis://ada:s3cret@host, ada, s3cret",
                "redis://ada:s%2F+:cret@host, ada, s/+:cret",
                "redis://ada@host, ada, none",
                "redis://ada:@host, ada, none",
                "redis://host, none, none"
            })
    void aUrlTellsUserAndPassword(String url, String user, String password) {
        RedisLocation location = url(url, "");

        assertThat(location.user()).isEqualTo(user);
        assertThat(location.password()).isEqualTo(password == null ? null : Secret.of(password));
        assertThat(location.toString()).doesNotContain("cret");
    }

    @Test
    void aUserIsNamedToTheServerOnlyWithAPassword() {
        RedisURI named = url("redis://ada:s3cret@host", "").uri(3);
        RedisURI unnamed = url("redis://ada@host", "").uri(3);

        assertThat(named.getDatabase()).isEqualTo(3);
        assertThat(Objects.requireNonNull(
                        named.getCredentialsProvider().resolveCredentials().block()))
                .returns("ada", credentials -> credentials.getUsername())
                .returns("s3cret", credentials -> new String(credentials.getPassword()));
        assertThat(Objects.requireNonNull(
                        unnamed.getCredentialsProvider().resolveCredentials().block()))
                .returns(false, credentials -> credentials.hasUsername())
                .returns(false, credentials -> credentials.hasPassword());
    }

    @Test
    void thePasswordOfAnAddressIsInTheVariableThatItNames() {
        Variables variables = Variables.of(Map.of("REDIS_PASSWORD", "usual", "CACHE_PASSWORD", "own"));

        assertThat(RedisLocation.of(Address.of("redis://host?passwordVariable=CACHE_PASSWORD"), variables)
                        .password())
                .isEqualTo(Secret.of("own"));
        assertThat(RedisLocation.of(Address.of("redis://host"), variables).password())
                .isEqualTo(Secret.of("usual"));
        assertThatThrownBy(() -> RedisLocation.of(
                        Address.of("redis://host?passwordVariable=CACHE_PASSWORD"), Variables.of(Map.of())))
                .hasMessageContaining("CACHE_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://:s3cret@host", "redis:s3cret", "redis://", "s3cret", "redis://a b:s3cret@host"})
    void refusesAnotherUrlByItsPlaceAlone(String url) {
        assertThatThrownBy(() -> url(url, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the variable CACHE is no Redis address; write redis://host:6379/0?prefix=name, or rediss: with"
                                + " TLS");
    }

    private static RedisLocation url(String url, String prefix) {
        return RedisLocation.of(Address.of("redis-url:CACHE?prefix=" + prefix), Secret.of(url), "the variable CACHE");
    }
}
