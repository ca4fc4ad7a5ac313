package dev.restage.masking.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.value.WholeMask.Json.At;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonWalkTest {

    private static final MaskKey KEY = MaskKey.of("k");
    private static final String ADDRESS = "margaret.hamilton@nasa-mail.net";
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
    @MethodSource("broken")
    void saysWhatIsNoJson(String text) {
        assertThat(new JsonWalk(Mask.phone(), KEY).in(text)).isEmpty();
    }

    static Stream<Mask> everywhere() {
        return Stream.of(
                Mask.json(),
                Mask.hash(),
                Mask.freeText(),
                on("$", new TextMask.Alike()),
                on("$", new TextMask.UnlessPublic(new TextMask.Alike())),
                on("$", Mask.toNull()));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void masksAddressesAndLongNumbersThatAreNamesOfMembers(Mask mask) {
        String json =
                "{ \"%s\" : true,\"447700900123\":false, \"+44 7700-900123\": null,\"theme\" :true, \"2026-11-30\": true}"
                        .formatted(ADDRESS);

        assertThat(masked(mask, json))
                .matches("\\{ \"user-[a-z2-7]{12}@example.com\" : true,\"[1-9]\\d{11}\":false,"
                        + " \"\\+\\d\\d \\d{4}-\\d{6}\": null,\"theme\" :true, \"2026-11-30\": true}")
                .doesNotContain("447700900123", "44 7700-900123")
                .isEqualTo(masked(mask, json));
    }

    @Test
    void aNameUnderAMaskForTelephoneNumbersBecomesWhatTheSameTextBecomesAsAValue() {
        Mask phones = on("phones", Mask.phone());

        assertThat(masked(
                        phones,
                        "{\"phones\":{\"447700900123\":\"447700900123\",\"5550123\":\"5550123\"},\"5550123\":1}"))
                .matches("\\{\"phones\":\\{\"(\\+999\\d{12})\":\"\\1\",\"(\\+999\\d{12})\":\"\\2\"},\"5550123\":1}");
    }

    @Test
    void aNameUnderAMaskForDigitsBecomesOtherDigits() {
        assertThat(masked(on("ids", Mask.digits()), "{\"ids\":{\"5550123\":5550123}}"))
                .matches("\\{\"ids\":\\{\"([1-9]\\d{6})\":\\1}}")
                .doesNotContain("5550123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "12", "2026", "555012", "2026-11-30", "20261130", "v1.2.3", "home"})
    void aNameUnderAMaskForTelephoneNumbersStaysIfItIsNone(String name) {
        String json = "{\"phones\":{\"%s\":null}}".formatted(name);

        assertThat(masked(on("phones", Mask.phone()), json)).isEqualTo(json);
    }

    @Test
    void aKeyOfAnHstoreUnderAMaskForTelephoneNumbersBecomesOne() {
        MaskTarget target = new MaskTarget(MaskTarget.Shape.HSTORE, Integer.MAX_VALUE, Set.of());

        assertThat(new ColumnMask(Mask.phone(), target).apply("\"0171.5550123\"=>\"0171.5550123\"", KEY))
                .matches("\"(\\+999\\d{12})\"=>\"\\1\"");
    }

    @Test
    void masksNamesOfMembersDeepInObjectsAndArrays() {
        String json = "{\"a\":[[{\"by\":{\"%s\":{\"447700900123\":1}}}],{\"user:%s\":[]}]}".formatted(ADDRESS, ADDRESS);

        assertThat(masked(Mask.json(), json))
                .matches("\\{\"a\":\\[\\[\\{\"by\":\\{\"(user-[a-z2-7]{12}@example.com)\":\\{\"[1-9]\\d{11}\":1}}}],"
                        + "\\{\"user:\\1\":\\[]}]}")
                .doesNotContain("447700900123");
    }

    @Test
    void masksNamesOfMembersOfJsonWithinAString() {
        String json =
                "{\"body\": \"{\\u0022%s\\\":  1, \\\"n\\\": 1e400}\"}".formatted(ADDRESS.replace("@", "\\\\u0040"));

        assertThat(masked(Mask.json(), json))
                .matches(
                        "\\{\"body\": \"\\{\\\\u0022user-[a-z2-7]{12}@example.com\\\\\":  1, \\\\\"n\\\\\": 1e400}\"}");
    }

    @Test
    void masksNamesOfMembersFarBackInALongText() {
        String before = "{\"a\": [%s1], ".formatted("1, ".repeat(40_000));

        assertThat(masked(Mask.json(), before + "\"%s\": 1}".formatted(ADDRESS)))
                .startsWith(before + "\"user-")
                .endsWith("@example.com\": 1}");
    }

    @Test
    void masksNamesOfMembersAsTheMaskAroundThemMasksAddresses() {
        Mask mask = new WholeMask.Json(
                List.of(new At("kept", Mask.keep()), new At("by", Mask.email("staging.example", "ours.example"))));
        String others = "\"kept\":{\"%s\":true},\"%s\":true".formatted(ADDRESS, ADDRESS);

        assertThat(masked(mask, "{\"by\":{\"%s\":true,\"ada@ours.example\":false},%s}".formatted(ADDRESS, others)))
                .matches("\\{\"by\":\\{\"user-[a-z2-7]{12}@staging.example\":true,\"ada@ours.example\":false},"
                        + Pattern.quote(others + "}"));
    }

    @Test
    void masksNamesOfPeopleThatStandBesideAnAddressInANameOfAMember() {
        assertThat(masked(Mask.json(), "{\"Margaret Hamilton <%s>\": 1}".formatted(ADDRESS)))
                .matches("\\{\"user-[a-z2-7]{12}@example.com\": 1}");
    }

    @Test
    void keepsNamesOfMembersDifferentAndFindsThemByPathsAsTheyWere() {
        String names = IntStream.range(0, 2_000)
                .mapToObj(i -> "\"ada%d@engine.example\":0,\"%d\":0,\"+%d\":0"
                        .formatted(i, 447700900000L + i, 447700900000L + i))
                .collect(Collectors.joining(","));
        Mask mask =
                new WholeMask.Json(List.of(new At("$.447700900001", Mask.constant("7")), new At("$", Mask.freeText())));

        JsonNode read = JsonMapper.shared().readTree(masked(mask, "{" + names + "}"));

        assertThat(read.size()).isEqualTo(6_000);
        assertThat(read.propertyStream().map(Map.Entry::getValue).filter(value -> value.asInt() == 7))
                .hasSize(1);
    }

    @Test
    void masksKeysOfAnHstoreLikewise() {
        String hstore = "\"%s\"=>\"1\", \"447700900123\"=>NULL, \"theme\"=>\"1\"".formatted(ADDRESS);
        MaskTarget target = new MaskTarget(MaskTarget.Shape.HSTORE, Integer.MAX_VALUE, Set.of());
        Mask all = new WholeMask.Hstore(List.of(new WholeMask.Hstore.Values("*", Mask.constant("x"))));
        Mask one = new WholeMask.Hstore(List.of(new WholeMask.Hstore.Values("theme", Mask.constant("x"))));

        for (Mask mask : List.of(Mask.freeText(), all)) {
            assertThat(new ColumnMask(mask, target).apply(hstore, KEY))
                    .matches("\"user-[a-z2-7]{12}@example.com\"=>\".\", \"[1-9]\\d{11}\"=>NULL, \"theme\"=>\".\"")
                    .doesNotContain("447700900123");
        }
        assertThat(new ColumnMask(one, target).apply(hstore, KEY)).startsWith("\"" + ADDRESS);
    }

    private static Mask on(String path, Mask mask) {
        return new WholeMask.Json(List.of(new At(path, mask)));
    }

    private static Mask at(String one, Mask mask, String other, Mask otherMask) {
        return new WholeMask.Json(List.of(new At(one, mask), new At(other, otherMask)));
    }

    private static String masked(Mask mask, String json) {
        return String.valueOf(new ColumnMask(mask, new MaskTarget(MaskTarget.Shape.JSON, Integer.MAX_VALUE, Set.of()))
                .apply(json, KEY));
    }
}
