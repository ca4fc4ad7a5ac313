package dev.restage.masking;

import static dev.restage.masking.Shapes.database;
import static dev.restage.masking.Shapes.reference;
import static dev.restage.masking.Shapes.referring;
import static dev.restage.masking.Shapes.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy.Strictness;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.TextMask;
import dev.restage.masking.value.WholeMask.Hstore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy makes of a database, and what it refuses. */
class PolicyRulesTest {

    private static final TableShape PEOPLE = table("people", "id integer", "email", "born date");
    private static final TableShape NOTE =
            referring("note", reference("by", "people", "email"), "id integer", "by", "text");

    @Test
    void aStrictPolicyNamesEachColumnThatCanHoldSomebody() {
        assertThat(MaskingPolicy.builder().build().problems(database(PEOPLE)))
                .containsExactly(
                        "public.people.email (text) can hold personal data and has no rule: add a rule for it, or keep"
                                + " it if it holds none",
                        "public.people.born (date) seems to hold dates of birth and has no rule:"
                                + " add a rule for it, or keep it if it holds none");
        assertThat(MaskingPolicy.builder().lenient().build().problems(database(PEOPLE)))
                .isEmpty();
        assertThat(MaskingPolicy.none().strictness()).isEqualTo(Strictness.LENIENT);
    }

    @Test
    void whatStaysBehindNeedsNoRule() {
        assertThat(MaskingPolicy.builder().rows("people").build().problems(database(PEOPLE)))
                .isEmpty();
    }

    @Test
    void aColumnThatRefersIsMaskedAsWhatItRefersTo() {
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("people", "email", Mask.email("example.com"))
                .keep("people", "born")
                .mask("note", "text", Mask.freeText())
                .build();

        TableMasking note = policy.resolve(database(PEOPLE, NOTE)).table(NOTE);

        assertThat(note.column("by").map(ColumnMask::mask)).contains(Mask.email("example.com"));
        assertThat(policy.problems(database(PEOPLE, NOTE))).isEmpty();
    }

    @Test
    void twoEndsOfAReferenceAreMaskedAlike() {
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("people", "email", Mask.email("example.com"))
                .keep("people", "born")
                .mask("note", "*", Mask.freeText())
                .build();

        assertThat(policy.problems(database(PEOPLE, NOTE)))
                .contains(
                        "public.note.by refers to public.people.email, and they are not masked alike: give both the same"
                                + " mask and no exempt rows");
    }

    @Test
    void whatRefersToRowsThatStayBehindStaysBehindOrGoesMissing() {
        MaskingPolicy.Builder builder =
                MaskingPolicy.builder().keep("note", "text", "by").rows("people");

        assertThat(builder.build().problems(database(PEOPLE, NOTE)))
                .containsExactly(
                        "public.note.by refers to public.people, whose rows stay behind: leave its rows behind too,"
                                + " or mask it with null");
        assertThat(MaskingPolicy.builder()
                        .mask("note", "by", Mask.toNull())
                        .keep("note", "text")
                        .rows("people")
                        .build()
                        .problems(database(PEOPLE, NOTE)))
                .isEmpty();
    }

    @Test
    void referencesOfRowsThatStayBehindCanBeDroppedByTheRule() {
        MaskingPolicy policy = MaskingPolicy.builder()
                .rows(TableSelector.named("people"), new Rows.NoneNorReferring())
                .keep("note", "text", "by")
                .build();
        ResolvedPolicy resolved = policy.resolve(database(PEOPLE, NOTE));

        assertThat(resolved.table(PEOPLE).rows()).isEqualTo(new Rows.None());
        assertThat(resolved.table(NOTE).column("by").map(ColumnMask::mask)).contains(Mask.toNull());
        assertThat(policy.problems(database(PEOPLE, NOTE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"digits, email, works on numbers only", "date-shift, id, ''", "full-name, id, works on text only"})
    void aMaskThatCannotWorkIsNamedWithTheReason(String mask, String column, String reason) {
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("people", column, mask(mask))
                .keep("people", "*")
                .build();

        List<String> problems = policy.problems(database(PEOPLE));

        if (reason.isEmpty()) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems)
                    .containsExactly(
                            "public.people.%s: the mask %s %s; choose another".formatted(column, mask, reason));
        }
    }

    @Test
    void aConditionOnAColumnThatIsMissingIsNamed() {
        MaskingPolicy policy = MaskingPolicy.builder()
                .rows(TableSelector.named("people"), new Rows.Where(Condition.in("kind", "a")))
                .rows(TableSelector.named("people"), new Rows.Exempt(Condition.endsWith("mail", "@acme.example")))
                .keep("people", "*")
                .build();

        assertThat(policy.problems(database(PEOPLE)))
                .containsExactly(
                        "public.people has no column kind, which a condition on its rows names: correct the rule",
                        "public.people has no column mail, which a condition on its rows names: correct the rule");
    }

    @Test
    void aCheckThatAMaskMayBreakIsNamedAndAskedOfTheServerIfThereIsOne() {
        TableShape table =
                table("public", "t", "t", List.of(), List.of("CHECK (((code)::text ~ '^[A-Z]{3}$'::text))"), "code");
        MaskingPolicy policy =
                MaskingPolicy.builder().mask("t", "code", Mask.hash()).build();

        assertThat(policy.problems(database(table)))
                .singleElement()
                .asString()
                .contains("public.t.code: the mask hash may make values that the check CHECK")
                .endsWith("refuses; choose another, or keep the column");
        assertThat(policy.problems(database(table), new Server(false))).isEmpty();
        assertThat(policy.problems(database(table), new Server(true)))
                .singleElement()
                .asString()
                .contains("the mask hash makes values that the check");
    }

    @Test
    void domainsThatMasksWriteOrKeepAreNobodys() {
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("a", "a", Mask.email("masked.test", "staff.test"))
                .mask("a", "b", Mask.username("logins.test"))
                .mask(
                        "a",
                        "c",
                        new TextMask.Replace(List.of(new TextMask.Replace.Part("x", Mask.email("replaced.test")))))
                .mask("a", "d", new Hstore(List.of(new Hstore.Values("k", Mask.email("hstore.test")))))
                .mask("a", "e", new TextMask.UnlessPublic(Mask.email("draft.test")))
                .build();

        assertThat(policy.allowedDomains())
                .containsExactly(
                        "draft.test", "hstore.test", "logins.test", "masked.test", "replaced.test", "staff.test");
        assertThat(MaskingPolicy.builder()
                        .mask("a", "a", Mask.json("x"))
                        .build()
                        .allowedDomains())
                .containsExactly("example.com");
        assertThat(MaskingPolicy.none().allowedDomains()).isEmpty();
    }

    @Test
    void ownRulesComeBeforeThoseOfAnotherPolicyAndDecideHowStrictItIs() {
        MaskingPolicy ready = MaskingPolicy.builder().keep("*", "*").rows("log").build();
        MaskingPolicy own = MaskingPolicy.builder()
                .mask("people", "email", Mask.hash())
                .lenient()
                .build();

        MaskingPolicy both = ready.plus(own);

        assertThat(both.maskFor(PEOPLE, Shapes.column("email"), database(PEOPLE)))
                .contains(Mask.hash());
        assertThat(both.maskFor(PEOPLE, Shapes.column("name"), database(PEOPLE)))
                .contains(Mask.keep());
        assertThat(both.strictness()).isEqualTo(Strictness.LENIENT);
        assertThat(own.plus(ready).strictness()).isEqualTo(Strictness.STRICT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "(c = ANY (ARRAY['a'::text, 'b'::text])) | x | true",
                "((c)::text = 'it''s'::text) | it's | false",
                "((c)::text <> 'it''s'::text) | it's | true",
                "((c)::text <> 'it''s'::text) | other | false",
                "(char_length((c)::text) <= 5) | 123456 | true",
                "(char_length((c)::text) <= 5) | 12345 | false",
                "((c)::text ~~ 'a%_z'::text) | abz | false",
                "((c)::text ~~ 'a%_z'::text) | az | true",
                "((c)::text !~~* 'A%'::text) | abc | true",
                "((c)::text ~ '^[[:alpha:]]+$'::text) | abc | false",
                "((c)::text ~ '^[[:alpha:]]+$'::text) | a1 | true",
                "((c)::text !~ '[0-9]'::text) | a1 | true",
                "((c IS NOT NULL)) | x | false",
                "(((c)::text = 'a'::text) OR ((c)::text = 'b'::text)) | b | false",
                "(((c)::text = 'a'::text) OR ((c)::text = 'b'::text)) | d | true",
                "(((c)::text <> 'a'::text) AND ((c)::text <> 'b'::text)) | b | true",
                "((n > 5)) | anything | false",
                "(some_function(c)) | x | true",
                "((c)::text ~ '\\mword'::text) | word | true",
                "((c > d)) | x | true"
            })
    void aCheckIsJudgedByWhatTheMaskWrites(String check, String written, boolean refuses) {
        TableShape table = table("t", "c", "d", "n integer");

        SimpleCheck judged = SimpleCheck.of(check, table, Shapes.column("c"));

        assertThat(judged.refuses(new ColumnMask(
                        Mask.constant(written), Shapes.column("c").target())))
                .isEqualTo(refuses);
    }

    @ParameterizedTest
    @CsvSource({
        "(c > 1), c, true",
        "((c)::text = 'x'), c, true",
        "(cc > 1), c, false",
        "('c' = d), c, false",
        "(c(d) > 1), c, false",
        "(\"Odd Name\" > 1), Odd Name, true"
    })
    void aCheckConcernsTheColumnsThatItNames(String check, String column, boolean concerns) {
        assertThat(SimpleCheck.concerns(
                        check,
                        new TableShape.Column(
                                column, "text", dev.restage.masking.value.MaskTarget.of("text", Set.of()), null)))
                .isEqualTo(concerns);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{447700900123,12} | 447700900123;12",
                "[1,447700900123) | 1;447700900123",
                "£1,234,567.00 | 1234567",
                "1.234.567,00 | 1234567",
                "123456:07:08 | 444441 ",
                "(51.5,-0.12) | 51.5;0.12",
                "1011010010110100101101001011010 | 1515870810",
                "10110 | 10110",
                "none | ''"
            })
    void numbersAreFoundInValuesOfAnyType(String value, String expected) {
        if (value.startsWith("123456:")) {
            assertThat(WrittenNumbers.in(value)).containsExactly(String.valueOf(123456L * 3600 + 7 * 60 + 8));
        } else {
            assertThat(String.join(";", WrittenNumbers.in(value))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "people, true",
        "blog_authors, true",
        "crm_customer, true",
        "staff_profiles, true",
        "userpage, true",
        "page, false",
        "image, false",
        "author_of_day_log, false"
    })
    void aTableListsPeopleByItsName(String name, boolean lists) {
        assertThat(PeopleByName.list(table(name, "id integer"))).isEqualTo(lists);
    }

    @ParameterizedTest
    @CsvSource({
        "created_by, true",
        "assigned_to, true",
        "account_manager, true",
        "Reviewer_Name, true",
        "package_manager, false",
        "author_id, false",
        "standby, false",
        "title, false"
    })
    void aColumnTellsWhoItWasByItsName(String name, boolean tells) {
        assertThat(PeopleByName.tell(Shapes.column(name))).isEqualTo(tells);
    }

    @Test
    void peopleWhomOtherColumnsNameAreFoundInTexts() {
        SeenPeople people = new SeenPeople();
        people.learn("Ada Lovelace");
        people.learn("grace.hopper@navy.example");
        people.learnText("Chelsea Fan Club");

        assertThat(people.areIn(List.of("x", "report by Ada Lovelace", "y"))).isTrue();
        assertThat(people.areIn(List.of("lovelace-ada-notes"))).isTrue();
        assertThat(people.areIn(List.of("hopper grace"))).isTrue();
        assertThat(people.areIn(List.of("alovelace", "other", "more")))
                .as("one of three")
                .isFalse();
        assertThat(people.areIn(List.of("alovelace", "ghopper", "more")))
                .as("two of three")
                .isTrue();
        assertThat(people.areIn(List.of("chelsea fan club", "x", "y")))
                .as("one text of three")
                .isFalse();
        assertThat(people.areIn(List.of("chelsea fan club"))).isTrue();
        assertThat(people.areIn(List.of("nobody here", "at all"))).isFalse();
        assertThat(people.areIn(List.of())).isFalse();
    }

    private static Mask mask(String name) {
        return switch (name) {
            case "digits" -> Mask.digits();
            case "date-shift" -> Mask.dateShift(3);
            default -> Mask.fullName();
        };
    }

    /** A server that answers each question alike. */
    private record Server(boolean refuses) implements LiveRows {

        @Override
        public Optional<Boolean> refuses(TableMasking masking, String check) {
            return Optional.of(refuses);
        }

        @Override
        public List<String> values(TableShape table, TableShape.Column column) {
            return List.of();
        }
    }
}
