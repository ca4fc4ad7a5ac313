package dev.restage.masking.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.MaskTarget.Trait;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

    private static final MaskKey KEY = MaskKey.of("k");
    private static final MaskTarget DJANGO_PASSWORD = MaskTarget.of("character varying(128)", Set.of());

    private static Stream<Mask> textMasks() {
        return Stream.of(
                Mask.email("example.com"),
                Mask.username("example.com"),
                Mask.firstName(),
                Mask.lastName(),
                Mask.fullName(),
                Mask.phone(),
                Mask.hash(),
                Mask.password(),
                Mask.address(),
                new PlaceMask.Street(),
                new PlaceMask.City(),
                new PlaceMask.Postcode(),
                new TextMask.Link(),
                new TextMask.FileName(),
                Mask.freeText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbkdf2_sha256$720000$WJvKTVWdGkNYDTCY0yqMyJ$3BiV3NNbjXUk6ZV0kBb9K7nOq+FyLWeNqg0aQh6UzPE=",
                "argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHQ$aGFzaA",
                "sha1$old$no longer accepted",
                "in clear text"
            })
    void givesAPasswordThatNobodyKnowsToThoseWhoMayAskForANewOne(String hash) {
        String masked = String.valueOf(Mask.password().apply(hash, DJANGO_PASSWORD, KEY));

        assertThat(masked).matches("pbkdf2_sha256\\$\\d+\\$masked[a-z2-7]{16}\\$[A-Za-z0-9+/]{43}=");
        assertThat(Base64.getDecoder().decode(masked.substring(masked.lastIndexOf('$') + 1)))
                .hasSize(32);
        assertThat(Mask.password().apply(hash, DJANGO_PASSWORD, KEY)).isEqualTo(masked);
        assertThat(Mask.password().apply(hash + "x", DJANGO_PASSWORD, KEY)).isNotEqualTo(masked);
        assertThat(Mask.password().apply(hash, DJANGO_PASSWORD, MaskKey.of("another")))
                .isNotEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "!, 128",
        "!qr8ZOuyYAGqIEjnH6tPzMqL2DyDlIVyUyfYHQ8Hv, 128",
        "pbkdf2_sha256$720000$salt$hash, 60",
        "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8, 41"
    })
    void keepsOutThoseWhoCouldNotLogInAndThoseWhoseColumnTakesNoHash(String hash, int length) {
        MaskTarget column = new MaskTarget(Shape.TEXT, length, Set.of());

        assertThat(Mask.password().apply(hash, column, KEY)).matches("![a-z2-7]{40}");
    }

    @ParameterizedTest
    @CsvSource({
        "original_images/Ada King.jpeg, original_images/[a-z2-7]{12}\\.jpeg",
        "a/b/cv_Ada.King.Lovelace, a/b/[a-z2-7]{12}",
        "cv Ada King, [a-z2-7]{12}"
    })
    void namesAFileAnewInItsFolder(String path, String expected) {
        assertThat(new TextMask.FileName().apply(path, MaskTarget.TEXT, KEY)).matches(expected);
    }

    @ParameterizedTest
    @CsvSource({"79, 12", "83, 11", "91, 3"})
    void cutsTheNameOfAFileInALongFolderAsItsColumnNeedsIt(int folder, int letters) {
        MaskTarget column = MaskTarget.of("character varying(100)", Set.of());
        String path = "f".repeat(folder) + "/abc.jpeg";

        String masked = String.valueOf(new TextMask.FileName().apply(path, column, KEY));

        assertThat(masked).matches("f{%d}/[a-z2-7]{%d}\\.jpeg".formatted(folder, letters));
        assertThat(masked).isEqualTo(new TextMask.FileName().apply(path, MaskTarget.TEXT, KEY));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29T10:11:12.5Z, 2024-0[1-3]-\\d\\dT10:11:12\\.5Z",
        "2024-02-30, '[a-z ]{9,10}'",
        "07700900123, 0\\d{10}",
        "-1234567.89, -[1-9]\\d{6}\\.\\d\\d",
        "https://ada.example/king?a=1, https://example\\.com/[a-z2-7]{12}",
        "ada@king.example, user-[a-z2-7]{12}@example\\.com",
        "Ada King 12, '[a-z ]{10,11}'"
    })
    void keepsTheFormOfAText(String value, String expected) {
        String masked = new TextMask.Alike().apply(value, MaskTarget.TEXT, KEY);

        assertThat(masked).matches(expected).isNotEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.50", "17", "09:30:00", "P1DT02H03M04.5S", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"})
    void leavesTextsThatTellNobody(String value) {
        assertThat(new TextMask.Alike().apply(value, MaskTarget.TEXT, KEY)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("textMasks")
    void isTheSameUnderOneKeyAndAnotherUnderAnother(Mask mask) {
        String value = "Ada King ada@engine.example";
        MaskTarget target = new MaskTarget(Shape.TEXT, 200, Set.of(Trait.UNIQUE));

        String masked = mask.apply(value, target, KEY);

        assertThat(masked)
                .isEqualTo(mask.apply(value, target, MaskKey.of("k")))
                .isNotEqualTo(mask.apply(value, target, MaskKey.of("l")))
                .doesNotContain("Ada", "King", "engine");
    }

    @ParameterizedTest
    @MethodSource("textMasks")
    void staysUniqueWithinTheLengthOfTheColumn(Mask mask) {
        MaskTarget target = new MaskTarget(Shape.TEXT, 24, Set.of(Trait.UNIQUE));
        assertThat(mask.problem(target)).isEmpty();

        List<String> masked = IntStream.range(0, 20_000)
                .mapToObj(i -> "person" + i)
                .map(value -> mask.apply(value, target, KEY))
                .toList();

        assertThat(masked)
                .doesNotHaveDuplicates()
                .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(24));
    }

    @Test
    void keepsAddressesOfTheDomainsThatStayAndMasksEachOfAList() {
        Mask mask = Mask.email("example.com", "staff.example");

        String masked = mask.apply("Me@Staff.Example, you@there.example", MaskTarget.TEXT, KEY);

        assertThat(masked)
                .startsWith("Me@Staff.Example, user-")
                .endsWith("@example.com")
                .doesNotContain("there");
    }

    @Test
    void givesALoginNameThatIsAnAddressTheMaskedAddress() {
        PersonMask.Email email = Mask.email("example.com");

        assertThat(new PersonMask.Username(email).apply("a@b.example", MaskTarget.TEXT, KEY))
                .isEqualTo(email.apply("a@b.example", MaskTarget.TEXT, KEY));
    }

    @Test
    void makesAFullNameOfTheMaskedFirstAndLastNames() {
        assertThat(Mask.fullName().apply("Ada King", MaskTarget.TEXT, KEY))
                .isEqualTo(Mask.firstName().apply("Ada", MaskTarget.TEXT, KEY) + " "
                        + Mask.lastName().apply("King", MaskTarget.TEXT, KEY));
    }

    @Test
    void masksStringsOfJsonAtAnyDepthAndKeepsTheRest() {
        String json =
                "{\"name\":\"Ada King\",\"age\":36.50,\"ok\":true,\"list\":[\"x y z\",null],\"in\":\"[{\\\"m\\\": \\\"Ada\\\"}]\"}";

        String masked = Mask.json().apply(json, new MaskTarget(Shape.JSON, Integer.MAX_VALUE, Set.of()), KEY);

        assertThat(masked)
                .contains("\"age\":36.50,\"ok\":true,\"list\":[", ",null],\"in\":\"[{\\\"m\\\": ")
                .doesNotContain("Ada", "King", "x y z");
    }

    @Test
    void masksOnlyTheNamedMembersOfJsonWithAllBelowThem() {
        String json = "{\"type\":\"page\",\"comments\":[{\"text\":\"secret\",\"n\":[\"hidden\"]}],\"last\":\"open\"}";

        assertThat(Mask.json("comments").apply(json, MaskTarget.TEXT, KEY))
                .startsWith("{\"type\":\"page\",")
                .endsWith("\"last\":\"open\"}")
                .doesNotContain("secret", "hidden");
    }

    @Test
    void masksAWholeValueThatIsNoJson() {
        assertThat(Mask.json("x").apply("{'Ada': 1}", MaskTarget.TEXT, KEY)).doesNotContain("Ada");
    }

    @Test
    void saysWhyItCannotWork() {
        MaskTarget unique = new MaskTarget(Shape.TEXT, 5, Set.of(Trait.UNIQUE, Trait.NOT_NULL));
        MaskTarget number = new MaskTarget(Shape.OTHER, Integer.MAX_VALUE, Set.of());

        assertThat(Mask.toNull().problem(unique)).hasValue("leaves nothing, and the column is NOT NULL");
        assertThat(Mask.constant("x").problem(unique)).hasValue("makes all values equal, and the column is unique");
        assertThat(Mask.constant("longer").problem(new MaskTarget(Shape.TEXT, 5, Set.of())))
                .hasValue("is 6 characters long, and the column takes 5");
        assertThat(Mask.email("example.com").problem(unique))
                .hasValue("needs 12 characters to stay unique, and the column has 5");
        assertThat(Mask.phone().problem(number)).hasValue("works on text only");
    }

    @Test
    void givesTheSameToEveryThread() {
        List<String> values =
                IntStream.range(0, 5_000).mapToObj(i -> "person" + i).toList();

        assertThat(values.parallelStream()
                        .map(value -> applied(Mask.fullName(), value, "text"))
                        .toList())
                .isEqualTo(values.stream()
                        .map(value -> applied(Mask.fullName(), value, "text"))
                        .toList());
    }

    @Test
    void masksArraysByElementAtAnyDepth() {
        assertThat(applied(Mask.email("example.com"), "{{a@b.example,NULL},{\"c, \\\"d@e.example\",\"\"}}", "text[]"))
                .matches("\\{\\{\"user-\\w{12}@example.com\",NULL},\\{\"[^{}]*@example.com\",\"\"}}")
                .doesNotContain("b.example", "e.example");
    }

    @Test
    void masksHstoreByKey() {
        Mask mask = new WholeMask.Hstore(List.of(new WholeMask.Hstore.Values("*mail", Mask.email("example.com"))));

        assertThat(applied(mask, "\"e\\\"mail\"=>\"a@b.example\", \"n\"=>NULL, \"x\"=>\"=>\"", "hstore"))
                .matches("\"e\\\\\"mail\"=>\"user-\\w{12}@example.com\", \"n\"=>NULL, \"x\"=>\"=>\"");
    }

    @Test
    void masksTheWordsOfATsvectorAndKeepsTheirPlaces() {
        assertThat(applied(Mask.hash(), "'o''neil':1A,4 'rye':2", "tsvector")).matches("'\\w{32}':1A,4 '\\w{32}':2");
    }

    @Test
    void shiftsDatesByDaysAndKeepsTheTime() {
        Mask mask = Mask.dateShift(10);
        java.time.LocalDate shifted = java.time.LocalDate.parse(applied(mask, "2024-02-29", "date"));

        assertThat(shifted).isBetween("2024-02-19", "2024-03-10").isNotEqualTo("2024-02-29");
        assertThat(applied(mask, "2024-02-29 23:59:59.5+00", "timestamp with time zone"))
                .isEqualTo(shifted + " 23:59:59.5+00");
        assertThat(applied(mask, "infinity", "date")).isEqualTo("infinity");
        assertThat(applied(mask, "0044-03-15 BC", "date")).endsWith(" BC");
    }

    @Test
    void keepsScaleAndDigitsOfNumbers() {
        assertThat(applied(new ValueMask.Jitter(50), "99.50", "numeric(4,2)")).matches("\\d\\d\\.\\d\\d");
        assertThat(applied(new ValueMask.Jitter(100), "-32767", "smallint")).matches("-?\\d{1,5}");
        assertThat(applied(Mask.range(10, 20), "7.25", "numeric")).matches("(1\\d|20)\\.\\d\\d");
    }

    @Test
    void makesValidAddressesOfComputersAndUuids() {
        assertThat(applied(new ValueMask.Ip(), "198.51.100.7/24", "inet")).matches("10\\.\\d+\\.\\d+\\.\\d+/24");
        assertThat(applied(new ValueMask.Ip(), "198.51.100.0/24", "cidr")).matches("10\\.\\d+\\.\\d+\\.0/24");
        assertThat(applied(new ValueMask.Ip(), "2001:db8::1", "inet")).matches("fd[0-9a-f]{2}:[0-9a-f:]+");
        assertThat(applied(new ValueMask.Uuid(), "0b5e8a4c-0000-0000-0000-000000000000", "uuid"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void replacesContactsInProse() {
        assertThat(applied(
                        TextMask.Replace.contacts("example.com"),
                        "Call +44 20 7946 0416 or write to a@b.example, room 12",
                        "text"))
                .matches("Call \\+999\\d{12} or write to user-\\w{12}@example.com, room 12");
    }

    @Test
    void treatsCitextThatIsEqualAlike() {
        assertThat(applied(Mask.hash(), "Ada", "citext")).isEqualTo(applied(Mask.hash(), "aDA", "public.citext"));
        assertThat(applied(Mask.hash(), "Ada", "text")).isNotEqualTo(applied(Mask.hash(), "aDA", "text"));
    }

    @Test
    void findsPartsOfJsonByPath() {
        Mask mask = new WholeMask.Json(List.of(
                new WholeMask.Json.At("$.a[*].c", Mask.toNull()),
                new WholeMask.Json.At("$.a[1].d", Mask.hash()),
                new WholeMask.Json.At("n", Mask.range(5, 5))));

        assertThat(applied(
                        mask, "{\"a\":[{\"c\":\"x\",\"d\":\"y\"},{\"c\":1,\"d\":\"z\"}],\"n\":7,\"c\":\"w\"}", "jsonb"))
                .matches(
                        "\\{\"a\":\\[\\{\"c\":null,\"d\":\"y\"},\\{\"c\":null,\"d\":\"\\w{32}\"}],\"n\":5,\"c\":\"w\"}");
    }

    @Test
    void leavesJsonInWhichNothingIsMaskedAsItWas() {
        String json = "{ \"a\" : \"\\u00e4\", \"b\": \"[1,  2]\" }";

        assertThat(applied(Mask.json("c"), json, "json")).isEqualTo(json);
    }

    private static String applied(Mask mask, String value, String type) {
        ColumnMask column = new ColumnMask(mask, MaskTarget.of(type, Set.of()));
        assertThat(column.problem()).isEmpty();
        return java.util.Objects.requireNonNull(column.apply(value, KEY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p data-block-key=\"a1b2\">Ada wrote <b>this</b>, and that.</p> | Ada wrote this, and that.",
                "<h2>Fish &amp; chips</h2><p>for two&nbsp;&#8364;</p> | Fish & chipsfor two €",
                "<!-- by Ada King --><p>Hello there</p> | Hello there",
                "a < b and c > d | a < b and c > d",
                "i <3 you, Ada | i <3 you, Ada",
                "<br/>Tom & Ada &c; <!-- and | Tom & Ada x ",
                "<p>&&&;&toolongforanentity;</p> | &&&;&toolongforanentity;",
                "<b>unclosed <i | unclosed <i"
            })
    void fillerIsAsLongAsWhatAPageShowsOfAText(String value, String shown) {
        for (Mask mask : List.of(Mask.freeText(), new TextMask.Alike())) {
            // a blank at the end goes
            assertThat(mask.apply(value, MaskTarget.TEXT, KEY)).hasSizeBetween(shown.length() - 1, shown.length());
        }
    }

    @Test
    void fillerForWhatShowsNoTextIsNotEmpty() {
        assertThat(Mask.freeText().apply("<embed embedtype=\"image\" id=\"7\"/>", MaskTarget.TEXT, KEY))
                .isNotBlank();
    }
}
