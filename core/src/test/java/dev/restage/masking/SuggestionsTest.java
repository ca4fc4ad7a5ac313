package dev.restage.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.TableShape.Column;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Trait;
import dev.restage.masking.value.PersonMask;
import dev.restage.masking.value.ValueMask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionsTest {

    private static final MaskingPolicy NOTHING = MaskingPolicy.builder().build();

    @ParameterizedTest
    @CsvSource({
        "phone_digits, bigint",
        "mobile, 'numeric(15,0)'",
        "fax_no, double precision",
        "tel, bigint",
        "crm_id, integer",
        "passport_number, integer",
        "customer_no, bigint",
        "zip_code, integer"
    })
    void numbersOfPeopleAreKnownByTheirNames(String name, String type) {
        assertThat(asked(name, type, List.of()))
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith("public.t." + name).contains("seems to hold", "has no rule"));
        assertThat(proposed(name, type, List.of())).contains(Mask.digits());
    }

    @Test
    void numbersOfPeopleAreKnownByWhatIsSeen() {
        List<String> phones = List.of("447700900123", "447700900124", "4930123456789", "33612345678");
        List<String> births = List.of("19800229", "19751231", "19990101", "19611111");

        assertThat(asked("n", "bigint", phones)).isPresent();
        assertThat(proposed("n", "bigint", phones)).contains(Mask.digits());
        assertThat(asked("n", "integer", births)).isPresent();
        assertThat(proposed("n", "integer", births)).containsInstanceOf(ValueMask.DateShift.class);
        assertThat(asked("n", "bigint[]", List.of("{447700900123}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n | bigint[] | {447700900123,447700900124,NULL}",
                "n | numeric[] | {{447700900123.0},{447700900124.0}}",
                "n | double precision | 447700900123",
                "n | txid_snapshot | 4477009001:4477009005:",
                "n | money | $447,700,900,123.00",
                "n | money | 447.700.900.123,00 \u20ac",
                "n | oid | 4155550123",
                "n | point | (447700900123,1)",
                "n | bit varying | 110100000111101010001110010110010111011",
                "n | interval | 124361361:22:03",
                "n | interval | 5181720:03:00"
            })
    void telephoneNumbersAreSeenInEveryTypeWithDigits(String name, String type, String value) {
        List<String> values = Collections.nCopies(5, value);

        assertThat(asked(name, type, values))
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith("public.t." + name).contains("telephone numbers"));
        assertThat(proposed(name, type, values)).isPresent().get().isNotEqualTo(Mask.keep());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n | bigint[] | {1,2,3}",
                "n | integer[] | {447,700,900,123}",
                "n | int4range | [1,1000000)",
                "n | daterange | [2020-01-01,2021-01-01)",
                "n | tsrange | [\"2020-01-01 00:00:00\",\"2021-01-01 00:00:00\")",
                "n | money | $1,234,567.00",
                "n | oid | 16384",
                "n | bit varying | 1010101010101",
                "n | interval | 1 year 2 mons 3 days 04:05:06",
                "n | interval | 350640:00:00",
                "n | box | (51.5074,0.1278),(51.4,0.1)",
                "n | pg_lsn | 16/B374D848",
                "size_bytes | bigint[] | {447700900123}"
            })
    void otherValuesOfTheseTypesAreNotAskedFor(String name, String type, String value) {
        List<String> values = Collections.nCopies(5, value);

        assertThat(asked(name, type, values)).isEmpty();
        assertThat(proposed(name, type, values)).isEmpty();
    }

    @Test
    void aTenthOfTelephoneNumbersAmongOtherNumbersIsAskedFor() {
        List<String> few = new ArrayList<>(Collections.nCopies(9, "17"));
        few.add("447700900123");
        List<String> one = new ArrayList<>(Collections.nCopies(99, "17"));
        one.add("447700900123");

        assertThat(asked("n", "bigint", few)).isPresent();
        assertThat(proposed("n", "bigint", few)).contains(Mask.digits());
        assertThat(asked("n", "bigint", one)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "birth_date, date, ''",
        "dob, timestamp with time zone, ''",
        "dob, integer, 19800229",
        "date_of_birth, bigint, -86400000",
        "birth_year, smallint, 1980"
    })
    void datesOfBirthAreKnownInEveryType(String name, String type, String value) {
        List<String> values = value.isEmpty() ? List.of() : List.of(value);

        assertThat(asked(name, type, values)).isPresent();
        assertThat(proposed(name, type, values)).isPresent().get().isNotEqualTo(Mask.keep());
    }

    @ParameterizedTest
    @CsvSource({
        "phone, money",
        "phone, oid",
        "phone_bits, bit(40)",
        "dob, int4range",
        "dob, daterange",
        "birthday, interval",
        "passport_no, money"
    })
    void peopleAreKnownByTheNameOfAColumnWhateverItsType(String name, String type) {
        assertThat(asked(name, type, List.of()))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("public.t." + name)
                        .contains("seems to hold", "masked by null or a constant", "has no rule", "keep it"));
        assertThat(proposed(name, type, List.of())).contains(Mask.toNull());
    }

    @ParameterizedTest
    @CsvSource({
        "phones, numeric[], '{447700900123,447700900124}'",
        "phone, float8, 447700900123",
        "dob, date[], {1980-02-29}"
    })
    void peopleAreKnownByTheNameOfAColumnOfNumbers(String name, String type, String value) {
        assertThat(asked(name, type, List.of(value))).isPresent();
        assertThat(asked(name, type, List.of())).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"phone_verified, boolean", "span, daterange", "phone_call_duration, interval", "price, money"})
    void typesThatHoldNobodyAreNotAskedForByOtherNames(String name, String type) {
        assertThat(asked(name, type, List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "id, bigint, 447700900123",
        "page_id, bigint, 447700900123",
        "created_ms, bigint, 1764500000000",
        "n, bigint, 1764500000",
        "n, integer, 42",
        "phone_verified, integer, 1",
        "size_bytes, bigint, 447700900123",
        "day, integer, 20261130",
        "published, date, 2020-01-01"
    })
    void numbersOfNobodyAreNotAskedFor(String name, String type, String value) {
        List<String> values = Collections.nCopies(5, value);

        assertThat(asked(name, type, values)).isEmpty();
        assertThat(proposed(name, type, values)).isEmpty();
    }

    @Test
    void aUniqueTelephoneNumberGetsAMaskThatKeepsItUnique() {
        Column column =
                new Column("phone", "bigint", MaskTarget.of("bigint", Set.of(Trait.UNIQUE, Trait.NOT_NULL)), null);
        DatabaseShape shape = new DatabaseShape(List.of(table("t", "t", List.of(column))));

        assertThat(NOTHING.suggest(shape, (table, each) -> List.of()).problems(shape))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "attrs, jsonb",
        "path, text",
        "context, json",
        "path, public.path",
        "span, app.person_range",
        "q, tsquery"
    })
    void strictnessGoesByTypeWhateverTheName(String name, String type) {
        assertThat(asked(name, type, List.of())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"who\": \"Ada King\"}",
                "ada@engine.example",
                "Ada King",
                "was here on Monday",
                "+44 20 7946 0000"
            })
    void aTechnicalNameDoesNotKeepWhatIsSeenToBeWritten(String value) {
        assertThat(proposed("path", "text", List.of("/a/b", value)))
                .isPresent()
                .get()
                .isNotEqualTo(Mask.keep());
        assertThat(proposed("path", "text", Collections.nCopies(40, value)).equals(Optional.of(Mask.keep())))
                .isEqualTo(value.contains("Monday"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path | /home/ada.king/inbox | Replace",
                "slug | ada-king | Replace",
                "locale | Lovelace | FreeText",
                "codename | add_person | Keep",
                "path | /products/king/size | Keep",
                "state | draft | Keep"
            })
    void aTechnicalNameDoesNotKeepPeopleWhomOtherColumnsName(String name, String value, String mask) {
        Column email = new Column("email", "text", MaskTarget.of("text", Set.of()), null);
        Column last = new Column("last_name", "text", MaskTarget.of("text", Set.of()), null);
        Column other = new Column(name, "text", MaskTarget.of("text", Set.of()), null);
        DatabaseShape shape = new DatabaseShape(
                List.of(table("log", "log", List.of(other)), table("person", "person", List.of(email, last))));

        MaskingPolicy suggested = NOTHING.suggest(shape, (table, column) -> switch (column.name()) {
            case "email" -> List.of("Ada.King@engine.example");
            case "last_name" -> List.of("King", "Lovelace");
            default -> name.equals("path") ? List.of("/a/b", value, "/c") : List.of(value, value, value);
        });

        assertThat(suggested.columns())
                .filteredOn(rule -> rule.column().equals(name))
                .singleElement()
                .extracting(rule -> rule.mask().getClass().getSimpleName())
                .isEqualTo(mask);
    }

    @Test
    void aListOfChoicesThatAreFirstNamesIsNotKept() {
        Column first = new Column("first_name", "text", MaskTarget.of("text", Set.of()), null);
        Column seller = new Column("seller", "text", MaskTarget.of("text", Set.of()), null);
        DatabaseShape shape = new DatabaseShape(List.of(table("sale", "sale", List.of(first, seller))));

        MaskingPolicy suggested = NOTHING.suggest(
                shape,
                (table, column) -> column.equals(first) ? List.of("Ada", "Bob") : Collections.nCopies(30, "ada"));

        assertThat(suggested.columns()).extracting(ColumnRule::mask).containsExactly(Mask.firstName(), Mask.freeText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lat_long | 63.9095213,-16.7093877 | Alike",
                "size | 12.5 x 3 | FreeText",
                "opened | 2026-11-30 | Alike",
                "opened | 2026-11-30T08:15:00Z | Alike",
                "lat | -63.9095213 | Alike",
                "called | 020.7946.0123 | Phone",
                "room | 12/3 | Alike",
                "lat_long | somewhere in Iceland | FreeText",
                "reach_me | 020 7946 0123 | Phone"
            })
    void valuesOfAFormGetAMaskThatKeepsIt(String name, String value, String mask) {
        assertThat(proposed(name, "character varying(36)", Collections.nCopies(5, value)))
                .hasValueSatisfying(
                        each -> assertThat(each.getClass().getSimpleName()).isEqualTo(mask));
    }

    @Test
    void aTechnicalNameDoesNotKeepWordsWithCapitalsThatAreAllDifferent() {
        List<String> names = List.of("King", "Lovelace", "Hopper", "Hamilton", "Noether");
        List<String> homes = names.stream()
                .map(name -> "/home/ada." + name.toLowerCase(Locale.ROOT))
                .toList();
        List<String> states = List.of("Draft", "Live", "Draft", "Live", "Draft", "Live");

        assertThat(proposed("path", "text", names)).contains(Mask.freeText());
        assertThat(proposed("path", "text", homes)).contains(Mask.freeText());
        assertThat(proposed("state", "text", states)).contains(Mask.keep());
        assertThat(proposed("codename", "text", List.of("add_page", "edit_page", "add_user")))
                .contains(Mask.keep());
        assertThat(proposed("path", "text", List.of("/blog/a-post", "/blog/b", "/c", "/d/e", "/f")))
                .contains(Mask.keep());
    }

    @Test
    void aTechnicalNameKeepsWhatIsSeenToBeMadeBySoftware() {
        assertThat(proposed("path", "text", List.of("/a/b", "0001.0002"))).contains(Mask.keep());
        assertThat(proposed("status", "character varying(20)", List.of())).contains(Mask.keep());
        assertThat(proposed("path", "text", List.of())).contains(Mask.freeText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mails | text[] | {ada@engine.example,\"bob@engine.example\"}",
                "mails | character varying(254)[] | {{ada@engine.example},{NULL}}",
                "pairs | hstore | \"home\"=>\"ada@engine.example\", \"work\"=>\"bob@engine.example\""
            })
    void addressesAreFoundInValuesThatHaveMany(String name, String type, String value) {
        assertThat(proposed(name, type, List.of(value))).containsInstanceOf(PersonMask.Email.class);
    }

    @Test
    void whatHasNoWorkingMaskGetsNoRuleSoThatItIsAskedFor() {
        Column column = new Column("who", "app.person", MaskTarget.of("app.person", Set.of(Trait.NOT_NULL)), null);
        DatabaseShape shape = new DatabaseShape(List.of(table("t", "t", List.of(column))));

        MaskingPolicy suggested = NOTHING.suggest(shape, (table, each) -> List.of());

        assertThat(suggested.columns()).isEmpty();
        assertThat(suggested.problems(shape)).singleElement().asString().startsWith("public.t.who");
    }

    @ParameterizedTest
    @CsvSource({
        "mail_api_key, text, Hash",
        "email_token, text, Hash",
        "page, xml, FreeText",
        "mail_subject, text, FreeText",
        "notes, text[], FreeText"
    })
    void namesAndTypesGetTheMaskThatIsMeant(String name, String type, String mask) {
        assertThat(proposed(name, type, List.of("{a welcome}")))
                .hasValueSatisfying(
                        each -> assertThat(each.getClass().getSimpleName()).isEqualTo(mask));
    }

    @Test
    void aPartitionedTableInASchemaIsFoundByTheNameThatIsProposed() {
        Column who = new Column("who", "text", MaskTarget.of("text", Set.of()), null);
        DatabaseShape shape = new DatabaseShape(List.of(
                new TableShape("sales", "orders", "orders", List.of(who), List.of(), List.of(), List.of()),
                new TableShape("sales", "orders_1", "orders", List.of(who), List.of(), List.of(), List.of()),
                new TableShape("attic", "orders_0", "orders", List.of(who), List.of(), List.of(), List.of())));

        MaskingPolicy suggested = NOTHING.suggest(shape, (table, column) -> List.of());

        assertThat(suggested.columns()).hasSize(1);
        assertThat(suggested.problems(shape)).isEmpty();
        assertThat(MaskingPolicy.builder()
                        .mask("other.orders", "who", Mask.hash())
                        .build()
                        .problems(shape))
                .isNotEmpty();
    }

    @Test
    void samplesThatWereCutOffAreReadAsFarAsTheyGo() {
        assertThat(proposed("mails", "text[]", List.of("{ada@engine.example,\"bob@engine.example\",\"cut")))
                .containsInstanceOf(PersonMask.Email.class);
    }

    private static Optional<String> asked(String name, String type, List<String> values) {
        DatabaseShape shape = shape(name, type);
        return NOTHING.problems(shape, new Seen(values)).stream().findFirst();
    }

    private static Optional<Mask> proposed(String name, String type, List<String> values) {
        return NOTHING.suggest(shape(name, type), new Seen(values)).columns().stream()
                .map(ColumnRule::mask)
                .findFirst();
    }

    private static DatabaseShape shape(String name, String type) {
        return new DatabaseShape(List.of(table(
                "t", "t", List.of(new Column(name, type, MaskTarget.of(type, Set.of()), null)))));
    }

    private static TableShape table(String name, String root, List<Column> columns) {
        return new TableShape("public", name, root, columns, List.of(), List.of(), List.of());
    }

    /** Rows in which every column has the same values. */
    private record Seen(List<String> values) implements LiveRows {
        @Override
        public List<String> values(TableShape table, Column column) {
            return values;
        }

        @Override
        public Optional<Boolean> refuses(TableMasking masking, String check) {
            return Optional.empty();
        }
    }
}
