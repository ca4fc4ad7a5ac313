package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What decides something must be there in the form that it has. */
class JsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "\"false\"", "1", "0", "[]", "{}", "[true]"})
    void whatIsNoTruthValueIsNeitherTrueNorFalse(String value) {
        Json json = Json.parse("{\"done\": %s}".formatted(value));

        notUnderstood(() -> json.flag("done"), "done");
        notUnderstood(() -> json.requiredFlag("done"), "done");
    }

    @Test
    void aMissingFlagIsNotSetUnlessItMustBeThere() {
        for (String text : new String[] {"{}", "{\"done\": null}"}) {
            Json json = Json.parse(text);

            assertThat(json.flag("done")).isFalse();
            notUnderstood(() -> json.requiredFlag("done"), "done");
        }
        assertThat(Json.parse("{\"done\": true}").requiredFlag("done")).isTrue();
        assertThat(Json.parse("{\"done\": false}").flag("done")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"many\"", "1.5", "1e3", "true", "[1]", "99999999999999999999"})
    void whatIsNoWholeNumberIsNotZero(String value) {
        notUnderstood(() -> Json.parse("{\"count\": %s}".formatted(value)).requiredNumber("count"), "count");
    }

    @Test
    void aNumberMayBeWrittenAsText() {
        assertThat(Json.parse("{\"count\": \"12\"}").requiredNumber("count")).isEqualTo(12);
        assertThat(Json.parse("{\"count\": 0}").requiredNumber("count")).isZero();
    }

    @Test
    void whatIsAbsentOrOfAnotherTypeReadsAsMissing() {
        Json json = Json.parse("{\"a\": {\"b\": [1, 2]}, \"n\": null, \"t\": \"text\"}");

        assertThat(json.at("a", "b").at(1).text()).isEqualTo("2");
        assertThat(json.at("a", "b").at(2).isMissing()).isTrue();
        assertThat(json.at("a", "x", "y").isMissing()).isTrue();
        assertThat(json.at("n").isMissing()).isTrue();
        assertThat(json.at("t", "deeper").isMissing()).isTrue();
        assertThat(json.text("a")).isEmpty();
        assertThat(json.number("t")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "nothing", "{\"a\": 1} x"})
    void whatIsNoJsonIsMissing(String text) {
        assertThat(Json.parse(text).isMissing()).isTrue();
    }

    @Test
    void numbersAndTruthValuesHaveATextToo() {
        Json json = Json.parse("{\"n\": 12, \"t\": true, \"s\": \"\"}");

        assertThat(json.text("n")).isEqualTo("12");
        assertThat(json.text("t")).isEqualTo("true");
        assertThat(json.at("s").find()).contains("");
        notUnderstood(() -> json.required("s"), "s");
    }

    @Test
    void onlyAListHasElementsAndAnEmptyOneHasNone() {
        assertThat(Json.parse("[1, \"b\", null]").stream().map(Json::text)).containsExactly("1", "b", "");
        assertThat(Json.parse("[]").list()).isEmpty();
        for (String text : new String[] {"{\"a\": 1}", "\"text\"", "null", ""}) {
            assertThat(Json.parse(text)).isEmpty();
            assertThatThrownBy(() -> Json.parse(text).list())
                    .hasMessage("the JSON has no list where one was asked for")
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.UNAVAILABLE, ProviderException::kind);
        }
    }

    @Test
    void membersKeepTheirOrder() {
        assertThat(Json.parse("{\"b\": 1, \"a\": 2}").members().keySet()).containsExactly("b", "a");
        assertThat(Json.parse("[1]").members()).isEmpty();
    }

    @Test
    void whatIsReadIsWrittenAsItWas() {
        String text = "{\"b\":[1,null,\"ä\"],\"a\":{\"c\":true}}";

        assertThat(Json.write(Json.parse(text))).isEqualTo(text);
        assertThat(Json.write(List.of(Map.of("a", 1), "b"))).isEqualTo("[{\"a\":1},\"b\"]");
    }

    @Test
    void aRecordTakesWhatItKnowsAndQuotesNothingOfTheRest() {
        record Named(String name, int count) {}

        assertThat(Json.parse("{\"name\": \"a\", \"count\": 2, \"more\": []}").as(Named.class))
                .isEqualTo(new Named("a", 2));
        assertThatThrownBy(() -> Json.parse("{\"count\": \"s3cret\"}").as(Named.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("an answer has not the form of Named")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    private static void notUnderstood(Runnable question, String member) {
        assertThatThrownBy(question::run)
                .hasMessageContaining("\"" + member + "\"")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);
    }
}
