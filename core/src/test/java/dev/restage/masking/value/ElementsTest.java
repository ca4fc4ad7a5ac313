package dev.restage.masking.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that have many: each element is replaced, and the form stays as the server writes it. */
class ElementsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | {}",
                "{a} | {\"A!\"}",
                "{a,b} | {\"A!\",\"B!\"}",
                "{NULL,a} | {NULL,\"A!\"}",
                "{\"NULL\"} | {\"NULL!\"}",
                "{\"a,b\",\"c}d\"} | {\"A,B!\",\"C}D!\"}",
                "{\"a\\\"b\"} | {\"A\\\"B!\"}",
                "{\"a\\\\b\"} | {\"A\\\\B!\"}",
                "{{a,b},{c,NULL}} | {{\"A!\",\"B!\"},{\"C!\",NULL}}",
                "[0:1]={a,b} | [0:1]={\"A!\",\"B!\"}",
                "{\"\"} | {\"!\"}"
            })
    void anArrayKeepsItsFormAndItsMissingElements(String literal, String expected) {
        assertThat(Elements.array(literal, ElementsTest::loud)).isEqualTo(expected);
    }

    @Test
    void anElementThatGoesMissingIsWrittenAsMissing() {
        assertThat(Elements.array("{a,b}", text -> text.equals("a") ? null : text))
                .isEqualTo("{NULL,\"b\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"k\"=>\"v\" | \"k\"=>\"V!\"",
                "\"k\"=>\"v\", \"l\"=>NULL | \"k\"=>\"V!\", \"l\"=>NULL",
                "\"a\\\"b\"=>\"c\\\\d\" | \"a\\\"b\"=>\"C\\\\D!\"",
                "\"k\"=>\"=>, \" | \"k\"=>\"=>, !\""
            })
    void anHstoreKeepsItsKeysAndItsMissingValues(String literal, String expected) {
        assertThat(Elements.hstore(literal, UnaryOperator.identity(), (key, value) -> loud(value)))
                .isEqualTo(expected);
    }

    @Test
    void anHstoreTellsTheKeyAsItWasAlthoughItIsReplaced() {
        List<String> keys = new ArrayList<>();

        String replaced = Elements.hstore("\"ada\"=>\"1\"", key -> "somebody", (key, value) -> {
            keys.add(key);
            return null;
        });

        assertThat(keys).containsExactly("ada");
        assertThat(replaced).isEqualTo("\"somebody\"=>NULL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'ada':1 | 'ADA!':1",
                "'ada':1A,2B 'king':3 | 'ADA!':1A,2B 'KING!':3",
                "'o''brien':4 | 'O''BRIEN!':4",
                "'a b':1 'c' | 'A B!':1 'C!'",
                "'a\\\\b':1 | 'A\\\\B!':1"
            })
    void theWordsOfASearchKeepTheirPlaces(String literal, String expected) {
        assertThat(Elements.words(literal, ElementsTest::loud)).isEqualTo(expected);
    }

    @Test
    void aWordThatGoesMissingLeavesNoGap() {
        assertThat(Elements.words("'ada':1 'king':2", word -> word.equals("ada") ? null : word))
                .isEqualTo("'king':2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text[] | {a,\"b c\",NULL} | a;b c",
                "text[] | {{a,b},{c,d}} | a;b;c;d",
                "text[] | {a,\"b c | a",
                "text[] | {a,b | a",
                "hstore | \"k\"=>\"v\", \"l\"=>NULL, \"m\"=>\"w\" | v;w",
                "hstore | \"k\"=>\"v\", \"m\"=>\"w | v",
                "text | {a,b} | {a,b}",
                "jsonb | [1, 2] | [1, 2]"
            })
    void theSampleOfAValueIsReadAsFarAsItGoes(String type, String value, String parts) {
        assertThat(String.join(";", MaskTarget.of(type, Set.of()).parts(value))).isEqualTo(parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{NULL}", "{{},{}}"})
    void anArrayOfNothingHasNoParts(String value) {
        assertThat(MaskTarget.of("text[]", Set.of()).parts(value)).isEmpty();
    }

    @Test
    void aKeyMakesTokensOfAnyLengthThatLeadNowhere() {
        MaskKey key = MaskKey.of("k");

        assertThat(IntStream.of(1, 12, 32, 33, 64, 100))
                .allSatisfy(length -> assertThat(key.token("p", "ada", length))
                        .hasSize(length)
                        .matches("[a-z2-7]+"));
        assertThat(key.token("p", "ada", 100)).startsWith(key.token("p", "ada", 32));
        assertThat(key.token("p", "ada", 12)).isNotEqualTo(key.token("q", "ada", 12));
        assertThat(key.token("p", "ada", 12)).isNotEqualTo(MaskKey.of("l").token("p", "ada", 12));
        assertThat(key.digest("ab", "c"))
                .as("a purpose does not run into a value")
                .isNotEqualTo(key.digest("a", "bc"));
        assertThat(key).hasToString("***");
    }

    @Test
    void aKeyGivesNumbersThatAreNeverNegativeAndRemembersTheRightOnes() {
        MaskKey key = MaskKey.of("k");

        for (int i = 0; i < 20_000; i++) {
            String name = "name " + i % 9_000;
            assertThat(key.recurringNumber("first", name)).isNotNegative().isEqualTo(key.number("first", name));
        }
        assertThat(key.recurringNumber("last", "ada")).isNotEqualTo(key.recurringNumber("first", "ada"));
    }

    @Test
    void capitalsTellSpellingsOfOneValueApart() {
        MaskKey key = MaskKey.of("k");

        assertThat(key.spelled("abcdefgh", "ada", "ada")).isEqualTo("abcdefgh");
        for (String spelling : List.of("Ada", "ADA", "aDa")) {
            assertThat(key.spelled("abcdefgh", spelling, "ada"))
                    .isEqualToIgnoringCase("abcdefgh")
                    .isNotEqualTo("abcdefgh");
        }
        assertThat(key.spelled("1234abcd", "ADA", "ada")).isNotEqualTo("1234abcd");
    }

    @Test
    void publicTextsAreKnownByTheNameOfTheirColumn() {
        PublicTexts texts = new PublicTexts(Set.of("phone"));
        texts.add("title", "Opening hours");
        texts.add("body", "{\"place\": \"London\", \"tags\": [\"new\", \"{\\\"deep\\\": \\\"down\\\"}\"]}");
        texts.add("body", "{broken");
        texts.ready();

        assertThat(texts.has("title", "Opening hours")).isTrue();
        assertThat(texts.has("heading", "Opening hours")).isFalse();
        assertThat(texts.has("title", "opening hours")).isFalse();
        assertThat(texts.has("place", "London")).isTrue();
        assertThat(texts.has("tags", "new")).isTrue();
        assertThat(texts.has("deep", "down")).isTrue();
        assertThat(texts.has("body", "{broken")).isTrue();
        assertThat(texts.masksNumbersOf("phone")).isTrue();
        assertThat(texts.masksNumbersOf("title")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@engine.example",
                "write to ada@engine.example",
                "+44 20 7946 0123",
                "(020) 7946-0123",
                "0044 20 7946 0123",
                ""
            })
    void whatReachesSomebodyIsNeverPublic(String text) {
        PublicTexts texts = new PublicTexts(Set.of());
        texts.add("title", text);

        assertThat(texts.ready().has("title", text)).isFalse();
    }

    @Test
    void longTextsAreSomebodysAndManyAreRemembered() {
        PublicTexts texts = new PublicTexts(Set.of());
        texts.add("t", "x".repeat(100));
        texts.add("t", "x".repeat(101));
        for (int i = 0; i < 5000; i++) {
            texts.add("t", "choice " + i % 700);
        }
        texts.ready();

        assertThat(texts.has("t", "x".repeat(100))).isTrue();
        assertThat(texts.has("t", "x".repeat(101))).isFalse();
        assertThat(IntStream.range(0, 700)).allMatch(i -> texts.has("t", "choice " + i));
        assertThat(texts.has("t", "choice 700")).isFalse();
        assertThat(PublicTexts.NONE.has("t", "choice 1")).isFalse();
    }

    @Test
    void whatWasAddedAndNotMadeReadyIsNotPublic() {
        PublicTexts texts = new PublicTexts(Set.of());
        texts.add("t", "a choice");

        assertThat(texts.has("t", "a choice")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "tell, tell",
        "447700900123, [1-9]\\d{11}",
        "+44 7700 900123, \\+\\d\\d \\d{4} \\d{6}",
        "12345678, 12345678",
        "ada@engine.example, user-[a-z2-7]{12}@example\\.com",
        "user:ada@engine.example, user:user-[a-z2-7]{12}@example\\.com",
        "Ada King <ada@engine.example>, user-[a-z2-7]{12}@example\\.com",
        "a@, a@",
        "20241124, 20241124"
    })
    void namesOfMembersStayUnlessTheyAreSomebodys(String name, String form) {
        assertThat(MemberName.masked(name, Mask.freeText(), MaskKey.of("k"))).matches(form);
    }

    @ParameterizedTest
    @CsvSource({
        "7700900, \\+999\\d{12}, [1-9]\\d{6}",
        "770090, 770090, 770090",
        "2024-11-24, 2024-11-24, 2024-11-24",
        "20241124, 20241124, 20241124",
        "0770-0900, \\+999\\d{12}, \\d{4}-\\d{4}"
    })
    void underAMaskForNumbersSevenDigitsAreEnough(String name, String phone, String digits) {
        MaskKey key = MaskKey.of("k");

        assertThat(MemberName.masked(name, Mask.phone(), key)).matches(phone);
        assertThat(MemberName.masked(name, Mask.digits(), key)).matches(digits);
        assertThat(MemberName.masked(name, Mask.keep(), key)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"plain | plain", "a\"b | a\\\"b", "a\\b | a\\\\b", "größe | größe", "\ud83d\ude00 | \ud83d\ude00"})
    void aTextIsWrittenAsAStringOfJson(String text, String expected) {
        assertThat(JsonText.escaped(text)).isEqualTo(expected);
    }

    @Test
    void whatNoFileHoldsIsWrittenAsAnEscape() {
        assertThat(JsonText.escaped("\n\t\0")).isEqualTo("\\n\\u0009\\u0000");
        assertThat(JsonText.escaped("a\ud83d")).isEqualTo("a\\ud83d");
        assertThat(JsonText.escaped("\ude00a")).isEqualTo("\\ude00a");
    }

    @Test
    void aPlaceIsFoundBehindEscapes() {
        String json = "\"a\\nb\\u0041c\"";

        assertThat(JsonText.closing(json, 1)).isEqualTo(json.length() - 1);
        assertThat(JsonText.places(json, 1, json.length() - 1, 5)).containsExactly(1, 2, 4, 5, 11, 12);
        assertThat(Objects.requireNonNull(json).charAt(12)).isEqualTo('"');
    }

    private static String loud(String text) {
        return text.toUpperCase(java.util.Locale.ROOT) + "!";
    }
}
