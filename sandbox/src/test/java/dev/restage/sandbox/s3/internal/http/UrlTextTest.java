package dev.restage.sandbox.s3.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/b | a%2Fb | a/b | a/b",
                "a b | a%20b | a%20b | a+b",
                "a+b | a%2Bb | a%2Bb | a%2Bb",
                "~*' | ~%2A%27 | ~%2A%27 | %7E*%27",
                "ä | %C3%A4 | %C3%A4 | %C3%A4",
                "\uD83D\uDE00 | %F0%9F%98%80 | %F0%9F%98%80 | %F0%9F%98%80",
                "-._ | -._ | -._ | -._",
                "100% | 100%25 | 100%25 | 100%25"
            })
    void encodesInThreeWays(String text, String component, String path, String listing) {
        assertThat(UrlText.component(text)).isEqualTo(component);
        assertThat(UrlText.path(text)).isEqualTo(path);
        assertThat(UrlText.listing(text)).isEqualTo(listing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b+c%20#;?&=.jpg", "\u0001", "é/\uFF5E", "\uD83D\uDE00", "", "%", "//"})
    void readsWhatItWrote(String text) {
        assertThat(UrlText.decode(UrlText.component(text), false)).isEqualTo(text);
        assertThat(UrlText.decode(UrlText.path(text), false)).isEqualTo(text);
        assertThat(UrlText.decode(UrlText.listing(text), true)).isEqualTo(text);
    }

    @Test
    void aPlusIsASpaceOnlyInAQuery() {
        assertThat(UrlText.decode("a+b", true)).isEqualTo("a b");
        assertThat(UrlText.decode("a+b", false)).isEqualTo("a+b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "a%zz", "%C3", "%C3%28", "%ED%A0%80", "%FF"})
    void saysWhenItSaysNothing(String encoded) {
        assertThat(UrlText.decode(encoded, false)).isNull();
    }
}
