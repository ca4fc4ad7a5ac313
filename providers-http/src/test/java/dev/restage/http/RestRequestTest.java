package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestRequestTest {

    @Test
    void onlyAPostIsNotRepeatedByItself() {
        assertThat(List.of(RestRequest.get("a"), RestRequest.put("a"), RestRequest.patch("a"), RestRequest.delete("a")))
                .allMatch(RestRequest::isRepeatable)
                .extracting(RestRequest::method)
                .containsExactly("GET", "PUT", "PATCH", "DELETE");
        assertThat(RestRequest.post("a"))
                .returns("POST", RestRequest::method)
                .returns(false, RestRequest::isRepeatable);
        assertThat(RestRequest.post("a").repeatable().isRepeatable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "feature/x, feature%2Fx",
        "a b, a%20b",
        "a+b, a%2Bb",
        "100%, 100%25",
        "ä, %C3%A4",
        "a?b#c, a%3Fb%23c",
        "..a, ..a",
        "{}, %7B%7D"
    })
    void aPartIsEncodedSoThatItStaysOnePart(String part, String encoded) {
        assertThat(RestRequest.path("repos/{}/x", part)).isEqualTo("repos/" + encoded + "/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void refusesAPartThatLeadsElsewhere(String part) {
        assertThatThrownBy(() -> RestRequest.delete("apps/{}", part))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a part of a path: \"%s\"", part);
    }

    @Test
    void refusesMoreOrFewerPartsThanThePathHas() {
        assertThatThrownBy(() -> RestRequest.get("apps/{}", "a", "b")).hasMessage("more parts than {} in apps/{}");
        assertThatThrownBy(() -> RestRequest.get("apps/{}/{}", "a")).hasMessage("fewer parts than {} in apps/{}/{}");
    }

    @Test
    void parametersAreEncodedAndAppended() {
        RestRequest request = RestRequest.get("runs").query("branch", "a&b c").query("per page", "ü");

        assertThat(request.path()).isEqualTo("runs?branch=a%26b+c&per+page=%C3%BC");
    }

    @Test
    void eachAdditionLeavesTheRequestBeforeAsItWas() {
        RestRequest plain = RestRequest.post("a");

        RestRequest full = plain.query("q", "1")
                .header("X-One", "1")
                .json(Map.of("k", 1))
                .accepting(404)
                .repeatable();

        assertThat(plain.path()).isEqualTo("a");
        assertThat(plain.headers()).isEmpty();
        assertThat(plain.body()).isNull();
        assertThat(plain.accepts(404)).isFalse();
        assertThat(plain.isRepeatable()).isFalse();
        assertThat(full.headers()).containsExactly(Map.entry("X-One", "1"));
        assertThat(full.body()).isEqualTo(new RestRequest.Body("{\"k\":1}", "application/json"));
        assertThat(full.accepts(404)).isTrue();
        assertThat(full.accepts(500)).isFalse();
    }

    @Test
    void severalStatusesCanBeAnswers() {
        RestRequest request = RestRequest.get("a").accepting(304).accepting(404).accepting(404);

        assertThat(request.accepts(304)).isTrue();
        assertThat(request.accepts(404)).isTrue();
    }

    @Test
    void theLastOfTwoHeadersOfOneNameCounts() {
        assertThat(RestRequest.get("a")
                        .header("Accept", "x")
                        .header("Accept", "y")
                        .headers())
                .containsExactly(Map.entry("Accept", "y"));
    }

    @Test
    void aFormIsEncodedAsBrowsersDo() {
        RestRequest request = RestRequest.post("a").form(new TreeMap<>(Map.of("a b", "1&2", "c", "ü")));

        assertThat(request.body())
                .isEqualTo(new RestRequest.Body("a+b=1%262&c=%C3%BC", "application/x-www-form-urlencoded"));
    }

    @Test
    void theSameRequestElsewhereKeepsAllButItsPath() {
        RestRequest next =
                RestRequest.post("a").text("t", "text/plain").accepting(404).with("https://b.test/x?y");

        assertThat(next.path()).isEqualTo("https://b.test/x?y");
        assertThat(next.method()).isEqualTo("POST");
        assertThat(next.body()).isEqualTo(new RestRequest.Body("t", "text/plain"));
        assertThat(next.accepts(404)).isTrue();
    }

    @Test
    void isShownWithoutWhatCanBeSecret() {
        assertThat(RestRequest.get("a/{}", "b").query("token", "s3cret")).hasToString("GET a/b");
        assertThat(RestRequest.post("https://hooks.test/T1/s3cret").json(Map.of("k", "s3cret")))
                .hasToString("POST https://hooks.test/...");
    }
}
