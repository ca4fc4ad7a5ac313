package dev.restage.sandbox.vendor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.internal.UserInfo;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorRequestTest {

    @ParameterizedTest
    @CsvSource({
        "Bearer abc, abc",
        "token abc, abc",
        "Basic eDphYmM=, abc",
        "Basic OmFiYw==, abc",
        "Basic eDphOmJjOmQ=, a:bc:d",
        "Basic !, ''",
        "abc, abc"
    })
    void findsTheTokenInEachWayToSendIt(String authorization, String token) {
        assertThat(Requests.get("/", "", "authorization", authorization).token())
                .contains(token);
        assertThat(Requests.get("/", "").token()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"page=3, 3", "page=, 1", "page=x, 1", "page=-2, 1", "page=12345678, 1", "'', 1", "other=5, 1"})
    void aNumberThatIsNoneIsTheUsualOne(String query, int number) {
        assertThat(Requests.get("/", query).number("page", 1)).isEqualTo(number);
    }

    @Test
    void readsAFormAsBrowsersSendIt() {
        assertThat(VendorRequest.form("a=1&b=x+y&c=%C3%A4&d&&e=f=g&a=2"))
                .containsExactly(
                        Map.entry("a", "2"),
                        Map.entry("b", "x y"),
                        Map.entry("c", "ä"),
                        Map.entry("d", ""),
                        Map.entry("e", "f=g"));
        assertThat(VendorRequest.form("")).isEmpty();
    }

    @Test
    void aParameterThatTheRouteLacksIsADefectOfTheRoute() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Requests.get("/", "").parameter("app"))
                .withMessage("the route has no {app}");
    }

    @Test
    void whatIsNoJsonIsNothing() {
        assertThat(Requests.post("/", "no json").json().isMissingNode()).isTrue();
        assertThat(Requests.post("/", "").json().isMissingNode()).isTrue();
        assertThat(Requests.post("/", "{\"a\":1}").json().path("a").asInt()).isEqualTo(1);
    }

    @Test
    void writesJsonInTheOrderInWhichItWasGivenAndAsPythonDoes() {
        assertThat(Json.text(Json.of("b", 1, "a", null, "c", Arrays.asList("ä", true))))
                .isEqualTo("{\"b\":1,\"a\":null,\"c\":[\"ä\",true]}");
        assertThat(Json.ascii(Map.of("name", "Zoë \uD83D\uDE00"))).isEqualTo("{\"name\":\"Zo\\u00EB \\uD83D\\uDE00\"}");
    }

    @Test
    void theSameNameHasTheSameIdInEachRun() {
        assertThat(Ids.uuid("acme")).isEqualTo(Ids.uuid("acme")).isNotEqualTo(Ids.uuid("acme2"));
        assertThat(Ids.hex("acme")).matches("[0-9a-f]{32}");
        assertThat(Ids.number("acme")).isBetween(1, 999_999_999).isEqualTo(Ids.number("acme"));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://h:6379, '', ''",
        "redis://:secret@h:6379/0, '', secret",
        "postgres://acme:p%40ss+word@h/db, acme, p@ss+word",
        "postgres://a%3Ab:c:d@h/db, a:b, c:d",
        "redis://acme@h, acme, ''"
    })
    void aUrlSaysWhoLogsIn(URI url, String user, String password) {
        assertThat(UserInfo.of(url)).isEqualTo(new UserInfo(user, password));
    }
}
