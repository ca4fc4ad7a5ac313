package dev.restage.masking.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.MaskTarget.Trait;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks for people and for places. */
class PersonMaskTest {

    private static final MaskKey KEY = MaskKey.of("k");
    private static final String TOKEN = "[a-z2-7]{12}";

    private static Stream<Mask> all() {
        return Stream.of(
                Mask.email("example.com"),
                Mask.username("example.com"),
                Mask.firstName(),
                Mask.lastName(),
                Mask.fullName(),
                Mask.phone(),
                Mask.password(),
                new PersonMask.KnownPassword("pbkdf2_sha256$1$salt$hash"),
                new PlaceMask.Street(),
                new PlaceMask.City(),
                new PlaceMask.Postcode(),
                new PlaceMask.Country(),
                Mask.address(),
                Mask.hash(),
                Mask.freeText(),
                new TextMask.Link(),
                new TextMask.FileName());
    }

    private static Stream<Arguments> masksAndOddValues() {
        List<String> values = List.of(
                " ",
                "x",
                "\u00c4da L\u00f6velace",
                "\u963f\u8fbe",
                "\ud83d\ude00\ud83d\ude00",
                "half \ud83d",
                "a\0b",
                "line\nbreak\ttab",
                "@",
                "@@,;@",
                "!",
                "/",
                "a/b/",
                "'; DROP TABLE x; --",
                "%s $1 \\1 {0}",
                "x".repeat(5000));
        return all().flatMap(mask -> values.stream().map(value -> Arguments.of(mask, value)));
    }

    @ParameterizedTest
    @MethodSource("masksAndOddValues")
    void takesAnyTextAndGivesTheSameAgainWithinTheColumn(Mask mask, String value) {
        MaskTarget narrow = MaskTarget.of("character varying(40)", Set.of());

        String masked = Objects.requireNonNull(new ColumnMask(mask, narrow).apply(value, KEY));

        assertThat(masked.length()).isLessThanOrEqualTo(40);
        assertThat(new ColumnMask(mask, narrow).apply(value, KEY)).isEqualTo(masked);
        assertThat(value.equals(" ")
                        || masked.isEmpty()
                        || !masked.equals(value)
                        || value.length() <= 1
                        || !value.chars().anyMatch(Character::isLetter))
                .as("a name of letters is another: %s", masked)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void anEmptyTextStaysEmpty(Mask mask) {
        assertThat(new ColumnMask(mask, MaskTarget.TEXT).apply("", KEY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ada@engine.example, user-TOKEN@example.com",
        "not an address, user-TOKEN@example.com",
        "'ada@engine.example, grace@navy.example', 'user-TOKEN@example.com, user-TOKEN@example.com'",
        "'ada@engine.example;grace@navy.example;', 'user-TOKEN@example.com, user-TOKEN@example.com'",
        "'a@b.c,,;d@e.f', 'user-TOKEN@example.com, user-TOKEN@example.com'"
    })
    void anAddressIsReplacedAndEachOfAListIs(String value, String form) {
        assertThat(masked(Mask.email("example.com"), value, "text"))
                .matches(form.replace(".", "\\.").replace("TOKEN", TOKEN));
    }

    @Test
    void aListHoldsTheAddressesThatStandAlone() {
        Mask mask = Mask.email("example.com");

        assertThat(masked(mask, "ada@engine.example,\ngrace@navy.example", "text"))
                .isEqualTo(
                        masked(mask, "ada@engine.example", "text") + ", " + masked(mask, "grace@navy.example", "text"));
    }

    @ParameterizedTest
    @CsvSource({
        "ada@acme.example, ada@acme.example",
        "Ada@ACME.example, Ada@ACME.example",
        "ada@sub.acme.example, user-TOKEN@example.com",
        "ada@notacme.example, user-TOKEN@example.com",
        "ada@acme.example.evil.test, user-TOKEN@example.com",
        "'ada@acme.example, x@y.test', 'ada@acme.example, user-TOKEN@example.com'"
    })
    void staffStaysByItsExactDomain(String value, String form) {
        assertThat(masked(Mask.email("example.com", "acme.example"), value, "text"))
                .matches(form.replace(".", "\\.").replace("TOKEN", TOKEN));
    }

    @ParameterizedTest
    @CsvSource({
        "24, ''",
        "23, 'needs 24 characters, and the column has 23'",
        "10, 'needs 24 characters, and the column has 10'"
    })
    void anAddressSaysHowMuchRoomItNeeds(int length, String problem) {
        MaskTarget target = MaskTarget.of("character varying(%d)".formatted(length), Set.of());

        assertThat(Mask.email("example.com").problem(target).orElse("")).isEqualTo(problem);
        if (problem.isEmpty()) {
            assertThat(masked(Mask.email("example.com"), "ada@engine.example", "character varying(24)"))
                    .matches(TOKEN + "@example\\.com");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ada, text, user-TOKEN",
        "ada, character varying(16), TOKEN",
        "ada, character varying(12), TOKEN",
        "ada@engine.example, text, user-TOKEN@example\\.com",
        "ada@engine.example, character varying(20), user-TOKEN"
    })
    void aLoginNameFitsItsColumn(String value, String type, String form) {
        assertThat(masked(Mask.username("example.com"), value, type)).matches(form.replace("TOKEN", TOKEN));
    }

    @Test
    void namesAreOfWordsThatNobodyIsCalled() {
        assertThat(masked(Mask.firstName(), "Ada", "text")).isIn(Words.FIRST_NAMES);
        assertThat(masked(Mask.lastName(), "King", "text")).isIn(Words.LAST_NAMES);
        assertThat(masked(Mask.firstName(), "ADA", "text")).isEqualTo(masked(Mask.firstName(), "ada", "text"));
    }

    @ParameterizedTest
    @CsvSource({"Ada King, 2", "  Ada   King  , 2", "Ada Augusta Byron King, 2", "Plato, 1"})
    void aFullNameHasAFirstOneIfTheValueHas(String value, int words) {
        assertThat(masked(Mask.fullName(), value, "text").split(" ")).hasSize(words);
    }

    @Test
    void aUniqueNameHasATokenBehindIt() {
        MaskTarget unique = new MaskTarget(Shape.TEXT, 20, Set.of(Trait.UNIQUE));

        List<String> masked = IntStream.range(0, 500)
                .mapToObj(i -> Objects.requireNonNull(new ColumnMask(Mask.lastName(), unique).apply("King " + i, KEY)))
                .toList();

        assertThat(masked)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        name -> assertThat(name).hasSizeLessThanOrEqualTo(20).matches("[A-Z][a-z]{0,6}-" + TOKEN));
        assertThat(Mask.lastName().problem(new MaskTarget(Shape.TEXT, 11, Set.of(Trait.UNIQUE))))
                .contains("needs 12 characters to stay unique, and the column has 11");
    }

    @ParameterizedTest
    @CsvSource({
        "text, \\+999\\d{12}",
        "character varying(16), \\+999\\d{12}",
        "character varying(8), \\+999\\d{4}",
        "character varying(3), \\+99"
    })
    void aTelephoneNumberIsNobodysAtAnyLength(String type, String form) {
        assertThat(masked(Mask.phone(), "+44 20 7946 0123", type)).matches(form);
    }

    @ParameterizedTest
    @CsvSource({
        "SW1A 1AA, [A-Z]{2}\\d[A-Z] \\d[A-Z]{2}",
        "10115, \\d{5}",
        "D-10115, [A-Z]-\\d{5}",
        "12345-6789, \\d{5}-\\d{4}",
        "'', ''"
    })
    void aPostcodeKeepsItsForm(String value, String form) {
        assertThat(masked(new PlaceMask.Postcode(), value, "text")).matches(form);
    }

    @Test
    void placesAreInvented() {
        assertThat(masked(new PlaceMask.Street(), "12 Main Street", "text")).matches("\\d{1,3} [A-Z][a-z]+ Street");
        assertThat(masked(new PlaceMask.City(), "London", "text")).matches("[A-Z][a-z]+ville");
        assertThat(masked(new PlaceMask.Country(), "GB", "text")).isIn(Words.COUNTRY_CODES);
        assertThat(masked(new PlaceMask.Country(), "United Kingdom", "text")).isIn(Words.COUNTRIES);
        assertThat(masked(new PlaceMask.Country(), "United Kingdom", "character varying(3)"))
                .hasSize(3);
        assertThat(masked(Mask.address(), "12 Main Street\nLondon", "text").lines())
                .hasSize(3);
        assertThat(masked(Mask.address(), "12 Main Street, London", "text")).doesNotContain("\n");
    }

    @Test
    void theKnownPasswordIsForThoseWhoHaveOne() {
        Mask known = new PersonMask.KnownPassword("pbkdf2_sha256$1$salt$hash");

        assertThat(masked(known, "pbkdf2_sha256$600000$x$y", "text")).isEqualTo("pbkdf2_sha256$1$salt$hash");
        assertThat(masked(known, "!unusable", "text"))
                .startsWith("!")
                .hasSize(41)
                .isNotEqualTo("!unusable");
        assertThat(known.problem(new MaskTarget(Shape.TEXT, 100, Set.of(Trait.UNIQUE))))
                .contains("makes values equal, and the column is unique");
        assertThat(known.problem(new MaskTarget(Shape.TEXT, 24, Set.of())))
                .contains("needs 25 characters, and the column has 24");
        assertThat(known.problem(new MaskTarget(Shape.BYTES, Integer.MAX_VALUE, Set.of())))
                .contains("works on text only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"integer", "date", "jsonb", "bytea", "xml", "boolean", "uuid"})
    void masksForPeopleWorkOnTextOnly(String type) {
        MaskTarget target = MaskTarget.of(type, Set.of());

        assertThat(Stream.of(
                        Mask.email("example.com"), Mask.firstName(), Mask.phone(), Mask.password(), Mask.address()))
                .allSatisfy(mask -> assertThat(mask.problem(target)).contains("works on text only"));
    }

    private static String masked(Mask mask, String value, String type) {
        return Objects.requireNonNull(new ColumnMask(mask, MaskTarget.of(type, Set.of())).apply(value, KEY));
    }
}
