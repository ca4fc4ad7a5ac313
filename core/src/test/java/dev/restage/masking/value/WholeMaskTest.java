package dev.restage.masking.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.MaskTarget.Trait;
import dev.restage.masking.value.WholeMask.Hstore;
import dev.restage.masking.value.WholeMask.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks that look at a value as a whole, what a column takes, and masks for text. */
class WholeMaskTest {

    private static final MaskKey KEY = MaskKey.of("k");

    @ParameterizedTest
    @CsvSource({
        "text, anything, ''",
        "text[], '{a,b}', {}",
        "jsonb, '[1,2]', []",
        "jsonb, '{\"a\":1}', {}",
        "jsonb, '\"text\"', {}",
        "bytea, \\x00ff, \\x",
        "hstore, '\"a\"=>\"b\"', ''"
    })
    void emptyIsEmptyInTheFormOfTheType(String type, String value, String expected) {
        assertThat(masked(Mask.empty(), value, type)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "text, ''",
        "jsonb, ''",
        "integer, 'cannot work, as no value of the column''s type is known to be empty'",
        "date, 'cannot work, as no value of the column''s type is known to be empty'",
        "uuid, 'cannot work, as no value of the column''s type is known to be empty'"
    })
    void emptyWorksWhereSomethingIsEmpty(String type, String problem) {
        assertThat(problem(Mask.empty(), type)).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "integer, 42, ''",
        "integer, -7, ''",
        "integer, 4.2, is no value of the column's type",
        "numeric, 1e5, ''",
        "numeric, NaN, ''",
        "numeric, '1,5', is no value of the column's type",
        "date, 2024-02-29, ''",
        "date, infinity, ''",
        "date, 29.2.2024, is no value of the column's type",
        "timestamp, 2024-02-29 10:00, ''",
        "boolean, t, ''",
        "boolean, maybe, is no value of the column's type",
        "uuid, 0f8fad5b-d9cb-469f-a165-70867728950e, ''",
        "uuid, none, is no value of the column's type",
        "inet, 10.0.0.1, ''",
        "inet, localhost, is no value of the column's type",
        "jsonb, '{\"a\": 1}', ''",
        "jsonb, hello, is no value of the column's type",
        "text[], '{a}', ''",
        "text[], a, is no value of the column's type",
        "hstore, '\"a\"=>\"b\"', ''",
        "hstore, '', ''",
        "hstore, a, is no value of the column's type",
        "character varying(3), abc, ''",
        "character varying(3), abcd, 'is 4 characters long, and the column takes 3'",
        "point, '(1,2)', ''"
    })
    void aConstantIsAValueOfItsType(String type, String text, String problem) {
        assertThat(problem(Mask.constant(text), type)).isEqualTo(problem);
    }

    @Test
    void aConstantForAnEnumIsOneOfItsLabels() {
        MaskTarget mood = MaskTarget.enumeration(List.of("sad", "happy"), Set.of());

        assertThat(Mask.constant("happy").problem(mood)).isEmpty();
        assertThat(Mask.constant("cross").problem(mood))
                .contains("is no label of the column's type, which has [sad, happy]");
    }

    @ParameterizedTest
    @EnumSource(
            value = Trait.class,
            names = {"UNIQUE", "UNIQUE_WITH_OTHERS"})
    void whatMakesAllEqualCannotKeepThemDifferent(Trait trait) {
        MaskTarget unique = new MaskTarget(Shape.TEXT, 100, Set.of(trait));

        assertThat(List.of(Mask.empty(), Mask.constant("x")))
                .allSatisfy(mask ->
                        assertThat(mask.problem(unique)).contains("makes all values equal, and the column is unique"));
        assertThat(Mask.keep().problem(unique)).isEmpty();
        assertThat(Mask.toNull().problem(unique)).isEmpty();
    }

    @Test
    void nothingIsLeftWhereNothingMayBeMissing() {
        assertThat(Mask.toNull().problem(new MaskTarget(Shape.TEXT, 9, Set.of(Trait.NOT_NULL))))
                .contains("leaves nothing, and the column is NOT NULL");
        assertThat(masked(Mask.toNull(), "ada", "text")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "jsonb, ''",
        "json, ''",
        "text, ''",
        "character varying(100), 'works on JSON, and on text of any length'",
        "integer, 'works on JSON, and on text of any length'"
    })
    void jsonNeedsRoom(String type, String problem) {
        assertThat(problem(Mask.json(), type)).isEqualTo(problem);
    }

    @Test
    void aMaskForPartsHandsOverWhatItLeaves() {
        List<String> left = new ArrayList<>();
        ColumnMask json = new ColumnMask(
                new Json(List.of(new Json.At("$.email", Mask.email("example.com")))), MaskTarget.of("jsonb", Set.of()));
        ColumnMask hstore = new ColumnMask(
                new Hstore(List.of(new Hstore.Values("mail*", Mask.email("example.com")))),
                MaskTarget.of("hstore", Set.of()));

        json.leftParts(
                "{\"email\": \"a@b.c\", \"name\": \"Ada\", \"tel\": [1, 2], \"Ada King\": true}",
                (path, text) -> left.add(path + "=" + text));
        hstore.leftParts("\"mail1\"=>\"a@b.c\", \"name\"=>\"Ada\"", (key, text) -> left.add(key + "=" + text));
        new ColumnMask(Mask.freeText(), MaskTarget.TEXT).leftParts("Ada", (path, text) -> left.add(text));

        assertThat(left).containsExactly("$.name=Ada", "$.tel[*]=1", "$.tel[*]=2", "$.*=Ada King", "name=Ada");
        assertThat(json.namesParts()).isTrue();
        assertThat(hstore.namesParts()).isTrue();
    }

    @Test
    void aMaskForAllPartsLeavesNone() {
        assertThat(new ColumnMask(Mask.json(), MaskTarget.TEXT).namesParts()).isFalse();
        assertThat(new ColumnMask(
                                new Hstore(List.of(new Hstore.Values("*", Mask.freeText()))),
                                MaskTarget.of("hstore", Set.of()))
                        .namesParts())
                .isFalse();
        assertThat(new ColumnMask(Mask.freeText(), MaskTarget.TEXT).namesParts())
                .isFalse();
    }

    @Test
    void aColumnOfManyElementsIsJudgedByItsElements() {
        assertThat(new ColumnMask(Mask.digits(), MaskTarget.of("integer[]", Set.of())).problem())
                .isEmpty();
        assertThat(new ColumnMask(Mask.digits(), MaskTarget.of("text[]", Set.of())).problem())
                .contains("works on numbers only");
        assertThat(new ColumnMask(Mask.firstName(), MaskTarget.of("jsonb", Set.of())).problem())
                .isEmpty();
        assertThat(new ColumnMask(Mask.firstName(), MaskTarget.of("text[]", Set.of(Trait.UNIQUE))).problem())
                .contains("cannot keep values different, and the column is unique");
    }

    @ParameterizedTest
    @CsvSource({
        "text, TEXT, 2147483647",
        "character varying(254), TEXT, 254",
        "varchar, TEXT, 2147483647",
        "character(10), CHAR, 10",
        "character, CHAR, 1",
        "name, TEXT, 63",
        "citext, CITEXT, 2147483647",
        "smallint, INTEGER, 4",
        "integer, INTEGER, 9",
        "bigint, INTEGER, 18",
        "'numeric(12,2)', NUMBER, 12",
        "double precision, NUMBER, 2147483647",
        "timestamp with time zone, TIMESTAMP, 2147483647",
        "jsonb, JSON, 2147483647",
        "text[], ARRAY, 2147483647",
        "inet, INET, 2147483647",
        "interval, OTHER, 2147483647",
        "somebody.interval, UNKNOWN, 2147483647",
        "mood, UNKNOWN, 2147483647"
    })
    void aTypeSaysTheShapeAndTheLimitOfItsValues(String type, Shape shape, int maxLength) {
        assertThat(MaskTarget.of(type, Set.of()).shape()).isEqualTo(shape);
        assertThat(MaskTarget.of(type, Set.of()).maxLength()).isEqualTo(maxLength);
    }

    @ParameterizedTest
    @CsvSource({
        "text, true",
        "jsonb, true",
        "bytea, true",
        "inet, true",
        "mood, true",
        "integer, false",
        "date, false",
        "uuid, false",
        "boolean, false",
        "interval, false",
        "text[], true",
        "integer[], false"
    })
    void onlySomeTypesCanNameSomebody(String type, boolean can) {
        assertThat(MaskTarget.of(type, Set.of()).canHoldPersonalData()).isEqualTo(can);
    }

    @ParameterizedTest
    @CsvSource({"3, abc", "2, ab", "0, ''", "100, abcdef"})
    void aTextIsCutToTheColumn(int length, String expected) {
        assertThat(new MaskTarget(Shape.TEXT, length, Set.of()).fit("abcdef")).isEqualTo(expected);
    }

    @Test
    void aTextIsNotCutThroughACharacter() {
        MaskTarget two = new MaskTarget(Shape.TEXT, 2, Set.of());

        assertThat(two.fit("a\ud83d\ude00b")).isEqualTo("a");
        assertThat(two.fit("\ud83d\ude00b")).isEqualTo("\ud83d\ude00");
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.example/ada, https://example\\.com/TOKEN",
        "ftp://acme.example/ada, ftp://example\\.com/TOKEN",
        "acme.example/ada, https://example\\.com/TOKEN",
        "averylongscheme://x, https://example\\.com/TOKEN"
    })
    void aLinkLeadsNowhere(String value, String form) {
        assertThat(masked(new TextMask.Link(), value, "text")).matches(form.replace("TOKEN", "[a-z2-7]{12}"));
        assertThat(masked(new TextMask.Link(), value, "character varying(12)")).matches("[a-z2-7]{12}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "(?<", "a{2,1}"})
    void aPatternThatIsNoneIsNamedBeforeAnythingIsCopied(String pattern) {
        TextMask.Replace replace = new TextMask.Replace(List.of(new TextMask.Replace.Part(pattern, Mask.freeText())));

        assertThat(replace.problem(MaskTarget.TEXT).orElseThrow())
                .startsWith("has the pattern " + pattern + ", which is no regular expression: ");
    }

    @Test
    void partsOfATextAreReplacedOneAfterTheOther() {
        TextMask.Replace replace = new TextMask.Replace(List.of(
                new TextMask.Replace.Part("\\bAda\\b", Mask.constant("$1 \\ somebody")),
                new TextMask.Replace.Part("King", Mask.toNull()),
                new TextMask.Replace.Part("x*", Mask.constant("y"))));

        assertThat(masked(replace, "Ada King met Adam", "text")).isEqualTo("$1 \\ somebody  met Adam");
    }

    @Test
    void bytesAreHashedToBytes() {
        assertThat(masked(Mask.hash(), "\\x00ff", "bytea")).matches("\\\\x[0-9a-f]{64}");
        assertThat(masked(Mask.hash(), "ada", "text")).matches("[a-z2-7]{32}");
        assertThat(masked(Mask.hash(), "ada", "character varying(5)")).matches("[a-z2-7]{5}");
    }

    @Test
    void whatIsPublicStaysInADraftOnly() {
        PublicTexts known = new PublicTexts(Set.of());
        known.add("place", "London");
        ColumnMask draft = new ColumnMask(
                new Json(List.of(new Json.At("$", new TextMask.UnlessPublic(Mask.freeText())))),
                MaskTarget.of("jsonb", Set.of()));

        String masked = draft.apply("{\"place\": \"London\", \"name\": \"London\"}", KEY, known.ready());

        assertThat(masked).startsWith("{\"place\": \"London\", \"name\": \"").doesNotEndWith("\"London\"}");
        assertThat(draft.asksPublicTexts()).isTrue();
        assertThat(draft.apply("{\"place\": \"London\"}", KEY)).doesNotContain("London");
    }

    private static @org.jspecify.annotations.Nullable String masked(Mask mask, String value, String type) {
        return new ColumnMask(mask, MaskTarget.of(type, Set.of())).apply(value, KEY);
    }

    private static String problem(Mask mask, String type) {
        return mask.problem(MaskTarget.of(type, Set.of())).orElse("");
    }
}
