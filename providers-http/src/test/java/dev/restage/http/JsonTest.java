package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
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

    private static void notUnderstood(Runnable question, String member) {
        assertThatThrownBy(question::run)
                .hasMessageContaining("\"" + member + "\"")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);
    }
}
