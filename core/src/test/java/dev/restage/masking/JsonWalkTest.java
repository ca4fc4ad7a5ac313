package dev.restage.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.WholeMask.Json.At;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonWalkTest {

    private static final MaskKey KEY = MaskKey.of("k");
    private static final Mask PHONES = at("phone", Mask.phone(), "tel", Mask.phone());

    @Test
    void masksNumbersUnderAMaskedPathAsNumbersOfAsManyDigits() {
        String json =
                "{\"phone\": 447700900123, \"tel\": [\"07700 900123\", 7700900123], \"nested\": {\"phone\": 447700900123}}";

        String masked = masked(PHONES, json);

        assertThat(masked)
                .matches("\\{\"phone\": [1-9]\\d{11}, \"tel\": \\[\"\\+999\\d{12}\", [1-9]\\d{9}\\],"
                        + " \"nested\": \\{\"phone\": [1-9]\\d{11}\\}\\}")
                .doesNotContain("7700900123");
        JsonNode read = JsonMapper.shared().readTree(masked);
        assertThat(read.at("/phone").longValue())
                .isEqualTo(read.at("/nested/phone").longValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-447700900123", "4477009.00123", "4.4770090123e11", "447700900123E-3", "0.447700900123"})
    void masksNumbersInEveryWayOfWriting(String number) {
        String masked = masked(PHONES, "[{\"phone\":[[%s]]}]".formatted(number));

        assertThat(masked.replaceAll("[1-9]", "0"))
                .isEqualTo("[{\"phone\":[[%s]]}]".formatted(number).replaceAll("[1-9]", "0"));
        assertThat(masked).doesNotContain(number);
        assertThat(JsonMapper.shared().readTree(masked).isArray()).isTrue();
    }

    @Test
    void masksNumbersInJsonWithinAString() {
        assertThat(masked(PHONES, "{\"body\":\"[{\\\"phone\\\": 447700900123, \\\"n\\\": 447700900123}]\"}"))
                .matches("\\{\"body\":\"\\[\\{\\\\\"phone\\\\\": [1-9]\\d{11}, \\\\\"n\\\\\": 447700900123}]\"}")
                .doesNotContain("phone\\\": 447700900123");
    }

    @Test
    void masksLongNumbersWhereEverythingIsMaskedAndLeavesShortOnes() {
        assertThat(masked(Mask.json(), "{\"a\": 447700900123, \"age\": 36.50, \"n\": [1, 123456, 1e2]}"))
                .matches("\\{\"a\": [1-9]\\d{11}, \"age\": 36.50, \"n\": \\[1, 123456, 1e2]}")
                .doesNotContain("447700900123");
    }

    @Test
    void leavesFlagsAndMissingValuesUnderAMaskedPath() {
        String json = "{\"phone\": [true, false, null, \"\", 0, {}, []]}";

        assertThat(masked(PHONES, json)).isEqualTo(json);
    }

    @Test
    void replacesNumbersAsMasksOfTheWholeSay() {
        Mask mask = new WholeMask.Json(List.of(
                new At("a", Mask.toNull()),
                new At("b", Mask.constant("7")),
                new At("c", Mask.constant("none")),
                new At("d", Mask.empty()),
                new At("e", Mask.keep()),
                new At("$", Mask.phone())));

        assertThat(masked(mask, "{\"a\":1234567,\"b\":1234567,\"c\":1234567,\"d\":1234567,\"e\":1234567}"))
                .isEqualTo("{\"a\":null,\"b\":7,\"c\":\"none\",\"d\":0,\"e\":1234567}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cut \\ud83d\"",
                "\"\\udc00 alone\"",
                "1e400",
                "-0.0",
                "1.2345678901234567890123456789012345678901234567890",
                "\"\\u00e9\\u0041\\/\\b\"",
                "{ \"b\" : 1 ,\t\"a\" : [ ] , \"b\" : 2 }",
                "[1,  2 , {}]",
                "\"{\\\"x\\\":  \\\"\\\\u00e9\\\"}\"",
            })
    void leavesWhatIsNotMaskedAsItIsWritten(String value) {
        String json = " {\"v\":%s , \"phone\" :\"07700 900123\", \"w\" : %s} ".formatted(value, value);

        String masked = masked(PHONES, json);

        assertThat(masked.replaceAll("\\+999\\d{12}", "07700 900123"))
                .isEqualTo(json)
                .isNotEqualTo(masked);
    }

    @Test
    void leavesWhatIsNotMaskedInJsonWithinAStringAsItIsWritten() {
        String inner = "{\\u0022keep\\\":  \\\"\\\\u00e9\\\\ud83d\\\" , \\\"phone\\\": \\\"%s\\\",\\\"n\\\":1e400}";
        String json = "{\"deep\": \"%s\", \"phone\":1}".formatted(inner.formatted("07700 900123"));

        String masked = masked(PHONES, json);

        assertThat(masked)
                .startsWith("{\"deep\": \"{\\u0022keep\\\":  \\\"\\\\u00e9\\\\ud83d\\\" , \\\"phone\\\": \\\"+999")
                .contains("\\\",\\\"n\\\":1e400}\", \"phone\":");
        JsonNode deep = JsonMapper.shared()
                .readTree(JsonMapper.shared().readTree(masked).get("deep").asString());
        assertThat(deep.get("phone").asString()).startsWith("+999");
    }

    @Test
    void masksEachOfSeveralMembersOfOneName() {
        assertThat(masked(PHONES, "{\"phone\":\"07700 900123\",\"x\":1,\"phone\":\"07700 900124\"}"))
                .matches("\\{\"phone\":\"\\+999\\d{12}\",\"x\":1,\"phone\":\"\\+999\\d{12}\"}");
    }

    @Test
    void writesWhatAMaskMakesSoThatItReadsTheSame() {
        String json = "{\"phone\": 1, \"a\": \"ada@engine.example \\\"\\\\ \\u0007\\n\\ud83d\"}";
        Mask mask = new WholeMask.Json(List.of(new At("a", TextMask.Replace.contacts("example.com"))));

        String masked = masked(mask, json);

        assertThat(masked)
                .startsWith("{\"phone\": 1, \"a\": \"user-")
                .endsWith("@example.com \\\"\\\\ \\u0007\\n\\ud83d\"}");
        assertThat(JsonMapper.shared().readTree(masked).get("a").asString())
                .endsWith("@example.com \"\\ \u0007\n\ud83d");
    }

    @Test
    void readsStructuresAsDeepAsTheServerTakesThem() {
        String json = "[".repeat(6_000) + "{\"phone\":\"07700 900123\"}" + "]".repeat(6_000);

        assertThat(masked(PHONES, json)).hasSize(json.length() + 4).doesNotContain("07700");
    }

    static Stream<String> broken() {
        return Stream.of("{\"a\": 1", "{} {}", "[1,]", "{'a': 1}");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("broken")
    void saysWhatIsNoJson(String text) {
        assertThat(new JsonWalk(Mask.phone(), KEY).in(text)).isEmpty();
    }

    private static Mask at(String one, Mask mask, String other, Mask otherMask) {
        return new WholeMask.Json(List.of(new At(one, mask), new At(other, otherMask)));
    }

    private static String masked(Mask mask, String json) {
        return String.valueOf(new ColumnMask(mask, new MaskTarget(MaskTarget.Shape.JSON, Integer.MAX_VALUE, Set.of()))
                .apply(json, KEY));
    }
}
