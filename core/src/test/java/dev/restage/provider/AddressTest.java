package dev.restage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @Test
    void takesAnAddressApart() {
        Address address = Address.of("redis://host:6379/0?prefix=acme:&db=&x#branch/with/slash");

        assertThat(address.scheme()).isEqualTo("redis");
        assertThat(address.path()).isEqualTo("//host:6379/0");
        assertThat(address.parameters())
                .containsEntry("prefix", "acme:")
                .containsEntry("db", "")
                .containsEntry("x", "");
        assertThat(address.fragment()).isEqualTo("branch/with/slash");
        assertThat(address.withFragment("main")).hasToString("redis://host:6379/0?prefix=acme:&db=&x#main");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://me:hunter2@host/db",
                "redis://:hunter2@host/0",
                "git:https://me:hunter2@example.org/repo.git#main",
                "postgres://host/db?user=me&password=hunter2",
                "postgres://host/db?PASSWORD=hunter2",
                "https://example.org/?token=hunter2",
                "https://example.org/?access_token=hunter2"
            })
    void refusesAPasswordAndDoesNotRepeatIt(String text) {
        assertThatThrownBy(() -> Address.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds a password")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://me@host:5432/db",
                "git:git@example.org:owner/repo.git#main",
                "git:ssh://git@example.org:22/repo#main",
                "cloudflare:zone/abc/www.example.org",
                "webhook:SLACK_WEBHOOK",
                "https://staging.example.org:8443/a@b"
            })
    void takesWhatHoldsNoPassword(String text) {
        assertThat(Address.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":x", "x:", "1x:y"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Address.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write scheme:rest");
    }

    @Test
    void saysThatSchemesAreWrittenInSmallLetters() {
        assertThatThrownBy(() -> Address.of("S3://bucket/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("small letters: write s3:");
    }
}
