package dev.restage.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy.Strictness;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableShape.Column;
import dev.restage.masking.TableShape.Reference;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Trait;
import dev.restage.masking.value.PersonMask;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MaskingPolicyTest {

    private static final TableShape USERS = table(
            "people", List.of(key("id", "integer"), column("email", "character varying(254)"), key("code", "text")));
    private static final TableShape PAGES = table(
            "page",
            List.of(key("id", "integer"), column("owner_id", "integer"), column("owner_code", "text")),
            new Reference(List.of("owner_id"), "public", "people", List.of("id")),
            new Reference(List.of("owner_code"), "public", "people", List.of("code")));
    private static final TableShape BLOG = table(
            "blog",
            List.of(key("page_id", "integer"), column("body", "text")),
            new Reference(List.of("page_id"), "public", "page", List.of("id")));
    private static final DatabaseShape SHAPE = new DatabaseShape(List.of(USERS, PAGES, BLOG));

    private static final MaskingPolicy POLICY = MaskingPolicy.builder()
            .rows("django_session", "axes_*")
            .rows(
                    TableSelector.having("a", "b"),
                    new Rows.Where(Condition.or(
                            Condition.in("a", "x"), Condition.not(new Condition.Found("b", "page", "owner_id")))))
            .rows(TableSelector.named("people"), new Rows.Exempt(Condition.endsWith("email", "@staff.example")))
            .mask("*", "*email*", Mask.email("example.com", "staff.example"))
            .mask(TableSelector.referredToBy("page", "owner_id"), "code", Mask.username("example.com"))
            .mask("wagtailforms_*", "form_data", Mask.json("name"))
            .mask("x", "c", Mask.range(1, 5))
            .keep("django_migrations", "*")
            .build();

    @Test
    void takesTheFirstRuleThatFits() {
        TableShape migrations = table(
                "django_migrations", List.of(column("old_email", "text"), column("name", "text"), column("n", "text")));
        TableMasking masking =
                POLICY.resolve(new DatabaseShape(List.of(migrations))).table(migrations);

        assertThat(mask(masking, "old_email")).containsInstanceOf(PersonMask.Email.class);
        assertThat(mask(masking, "name")).contains(Mask.keep());
        assertThat(mask(POLICY.resolve(SHAPE).table(BLOG), "body")).isEmpty();
    }

    @Test
    void findsTablesByWhatRefersToThem() {
        assertThat(mask(POLICY.resolve(SHAPE).table(USERS), "code")).contains(Mask.username("example.com"));
    }

    @Test
    void masksAColumnAsTheOneThatItRefersTo() {
        ResolvedPolicy resolved = POLICY.plus(
                        MaskingPolicy.builder().keep("blog", "body").build())
                .resolve(SHAPE);

        assertThat(mask(resolved.table(PAGES), "owner_code")).contains(Mask.username("example.com"));
        assertThat(resolved.problems())
                .containsExactly("public.page.owner_code refers to public.people.code, and they are not masked alike:"
                        + " give both the same mask and no exempt rows");
    }

    @Test
    void tellsWhichColumnsHaveNoRule() {
        assertThat(POLICY.problems(SHAPE))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("public.blog.body (text) can hold personal data and has no rule"));
    }

    @Test
    void tellsWhatRefersToRowsThatStayBehind() {
        MaskingPolicy policy = MaskingPolicy.builder().lenient().rows("page").build();

        assertThat(policy.problems(SHAPE))
                .containsExactly("public.blog.page_id refers to public.page, whose rows stay behind:"
                        + " leave its rows behind too, or mask it with null");
    }

    @Test
    void leavesWhatRefersToThemBehindWhereWanted() {
        ResolvedPolicy resolved = MaskingPolicy.builder()
                .lenient()
                .rows(TableSelector.named("people"), new Rows.NoneNorReferring())
                .build()
                .resolve(SHAPE);

        assertThat(mask(resolved.table(PAGES), "owner_id")).contains(Mask.toNull());
        assertThat(resolved.table(BLOG).carriesRows()).isTrue();
        assertThat(resolved.problems()).isEmpty();
    }

    @Test
    void knowsUnderstandableChecksAndNamesThose() {
        TableShape table = new TableShape(
                "public",
                "t",
                "t",
                List.of(column("s", "text"), column("n", "integer")),
                List.of(),
                List.of(),
                List.of(
                        "CHECK ((s = ANY (ARRAY['a'::text, 'b'::text])))",
                        "CHECK (((n >= 0) AND (n <= 10)))",
                        "CHECK ((char_length(s) <= 3))"));
        DatabaseShape shape = new DatabaseShape(List.of(table));

        assertThat(MaskingPolicy.builder()
                        .mask("t", "s", Mask.constant("b"))
                        .mask("t", "n", Mask.range(1, 9))
                        .build()
                        .problems(shape))
                .isEmpty();
        assertThat(MaskingPolicy.builder()
                        .mask("t", "s", Mask.constant("c"))
                        .mask("t", "n", Mask.range(1, 90))
                        .build()
                        .problems(shape))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("check CHECK"));
        assertThat(MaskingPolicy.builder()
                        .mask("t", "s", Mask.toNull())
                        .mask("t", "n", Mask.keep())
                        .build()
                        .problems(shape))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(s ~ '^[^@[:space:]]+@([[:alnum:]]+\\.)+[[:alpha:]]{2,}$'::text)",
                "(s ~~ '%_@_%'::text)",
                "((s OPERATOR(public.=) ''::public.citext) OR (s OPERATOR(public.~~) '%_@_%'::public.citext))",
                "(s ~ '\\m[[:graph:]]+\\M'::text)"
            })
    void readsChecksOfArchivesAsTheServerDoes(String check) {
        TableShape table = new TableShape(
                "public",
                "t",
                "t",
                List.of(column("s", "text")),
                List.of(),
                List.of(),
                List.of("CHECK (" + check + ")"));
        DatabaseShape shape = new DatabaseShape(List.of(table));

        assertThat(MaskingPolicy.builder()
                        .mask("t", "s", Mask.email("example.com"))
                        .build()
                        .problems(shape))
                .hasSize(check.contains("graph") ? 1 : 0);
    }

    @Test
    void triesOwnRulesBeforeThoseOfAReadyPolicy() {
        MaskingPolicy own =
                MaskingPolicy.builder().keep("people", "email").lenient().build();

        MaskingPolicy both = POLICY.plus(own);

        assertThat(mask(both.resolve(SHAPE).table(USERS), "email")).contains(Mask.keep());
        assertThat(both.strictness()).isEqualTo(Strictness.LENIENT);
    }

    @Test
    void proposesARuleWithAReasonForEachGap() {
        MaskingPolicy proposed = MaskingPolicy.builder()
                .build()
                .suggest(
                        SHAPE,
                        (table, column) ->
                                column.name().equals("body") ? List.of("a@b.example", "c@d.example") : List.of());

        assertThat(proposed.columns())
                .hasSize(3)
                .allSatisfy(rule -> assertThat(rule.reason()).isNotNull());
        assertThat(proposed.problems(SHAPE)).isEmpty();
        assertThat(mask(proposed.resolve(SHAPE).table(BLOG), "body")).containsInstanceOf(PersonMask.Email.class);
    }

    @Test
    void isTheSameAfterAWayThroughJson() {
        JsonMapper json = JsonMapper.builder().build();

        String text = json.writeValueAsString(POLICY);

        assertThat(text).contains("{\"mask\":\"keep\"}");
        assertThat(json.readValue(text, MaskingPolicy.class)).isEqualTo(POLICY);
    }

    private static Optional<Mask> mask(TableMasking masking, String column) {
        return masking.column(column).map(ColumnMask::mask);
    }

    private static Column column(String name, String type) {
        return new Column(name, type, MaskTarget.of(type, Set.of()), null);
    }

    private static Column key(String name, String type) {
        return new Column(name, type, MaskTarget.of(type, Set.of(Trait.NOT_NULL, Trait.UNIQUE)), null);
    }

    private static TableShape table(String name, List<Column> columns, Reference... references) {
        return new TableShape(
                "public", name, name, columns, List.of(), Stream.of(references).toList(), List.of());
    }
}
