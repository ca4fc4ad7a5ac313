package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestResponseTest {

    @ParameterizedTest
    @CsvSource({"199, false", "200, true", "204, true", "299, true", "301, false", "404, false", "500, false"})
    void theTwoHundredsAreSuccesses(int status, boolean ok) {
        assertThat(answer(status, "").ok()).isEqualTo(ok);
    }

    @Test
    void findsHeadersInAnyCaseAndKeepsThem() {
        Map<String, String> headers = new HashMap<>(Map.of("x-one", "1"));
        RestResponse response = new RestResponse("api", RestRequest.get("a"), 200, headers, "");
        headers.clear();

        assertThat(response.header("X-One")).contains("1");
        assertThat(response.header("x-two")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "7", "\"text\"", "", "  "})
    void aSuccessMayBeAnyJsonOrNothing(String body) {
        assertThat(answer(200, body).json().text("a")).isEmpty();
    }

    @Test
    void aRefusalMayBeAnything() {
        assertThat(answer(500, "<html>").json().isMissing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"{}\"", ""})
    void whatMustBeAnObjectIsNotTakenForOne(String body) {
        assertThatThrownBy(() -> answer(200, body).object())
                .hasMessage(
                        "the answer of api (200) to GET a is not the object that was asked for, so nothing is concluded"
                                + " from it; look what is between here and there, such as a proxy or a login page, then run again")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
    }

    @Test
    void aPageInPlaceOfJsonIsCalledSoAndNotQuoted() {
        RestResponse page =
                new RestResponse("api", RestRequest.post("a"), 200, Map.of(), "\n <html>log in as s3cret</html>");

        assertThatThrownBy(page::json)
                .hasMessageContaining("to POST a is not JSON but a web page, so nothing")
                .hasMessageNotContaining("s3cret")
                .asInstanceOf(type(ProviderException.class))
                .returns(Effect.UNKNOWN, ProviderException::effect);
    }

    @Test
    void showsNothingOfItsBody() {
        assertThat(answer(200, "s3cret")).hasToString("RestResponse[200]");
        assertThat(answer(200, "[\"s3cret\"]").json()).hasToString("Json[ARRAY]");
    }

    private static RestResponse answer(int status, String body) {
        return new RestResponse("api", RestRequest.get("a"), status, Map.of(), body);
    }
}
