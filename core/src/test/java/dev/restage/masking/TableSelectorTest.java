package dev.restage.masking;

import static dev.restage.masking.Shapes.database;
import static dev.restage.masking.Shapes.reference;
import static dev.restage.masking.Shapes.referring;
import static dev.restage.masking.Shapes.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableShape.Reference;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.NamePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** How tables, columns and rows are found without knowing their names. */
class TableSelectorTest {

    private static final TableShape PEOPLE = table("people", "id integer", "email", "name");
    private static final TableShape PAGE =
            referring("page", reference("owner_id", "people", "id"), "id integer", "owner_id integer", "title");
    private static final TableShape BLOG =
            referring("blog", reference("page_id", "page", "id"), "page_id integer", "body");
    private static final TableShape PART =
            table("archive", "visits_2024", "visits", List.of(), List.of(), "ip inet", "at timestamp");
    private static final TableShape ROOT =
            table("public", "visits", "visits", List.of(), List.of(), "ip inet", "at timestamp");
    private static final DatabaseShape ALL = database(PEOPLE, PAGE, BLOG, PART, ROOT);

    @ParameterizedTest
    @CsvSource({
        "people, people, true",
        "people, peoples, false",
        "*, '', true",
        "*, anything, true",
        "p*, people, true",
        "*e, people, true",
        "p*e, people, true",
        "p*x*e, people, false",
        "*_email, old_email, true",
        "*_email, email, false",
        "a*b*c, aXbYbZc, true",
        "'', '', true",
        "'', a, false",
        "a.b, aXb, false"
    })
    void aStarStandsForAnyText(String pattern, String name, boolean fits) {
        assertThat(NamePattern.fits(pattern, name)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "people, people",
        "public.people, people",
        "public.p*, 'people,page'",
        "'*.visits_2024', visits_2024",
        "visits, 'visits_2024,visits'",
        "public.visits, 'visits_2024,visits'",
        "archive.visits, ''",
        "archive.*, visits_2024",
        "nothing, ''"
    })
    void aNameIsThatOfTheTableOrOfItsRootWithItsSchemaOrWithout(String pattern, String names) {
        assertThat(String.join(",", fitting(TableSelector.named(pattern)))).isEqualTo(names);
    }

    @Test
    void severalNamesMeanAnyOfThem() {
        assertThat(fitting(TableSelector.named("people", "blog"))).containsExactly("people", "blog");
    }

    @Test
    void aTableIsFoundByItsColumns() {
        assertThat(fitting(TableSelector.having("id", "title"))).containsExactly("page");
        assertThat(fitting(TableSelector.having("id"))).containsExactly("people", "page");
        assertThat(fitting(new TableSelector.HavingOnly(List.of("page_id", "body"))))
                .containsExactly("blog");
        assertThat(fitting(new TableSelector.HavingOnly(List.of("page_id")))).isEmpty();
    }

    @Test
    void aTableIsFoundByWhatRefersToIt() {
        assertThat(fitting(TableSelector.referredToBy("page", "owner_id"))).containsExactly("people");
        assertThat(fitting(TableSelector.referredToBy("*", "*_id"))).containsExactly("people", "page");
        assertThat(fitting(TableSelector.referredToBy("blog", "owner_id"))).isEmpty();
    }

    @Test
    void aTableIsFoundByWhatItRefersTo() {
        assertThat(fitting(TableSelector.referring("*", TableSelector.named("people"))))
                .containsExactly("page");
        assertThat(fitting(TableSelector.referring("*", TableSelector.referring("*", TableSelector.named("people")))))
                .containsExactly("blog");
    }

    @Test
    void selectorsAreCombined() {
        TableSelector id = TableSelector.having("id");
        TableSelector people = TableSelector.named("people");

        assertThat(fitting(new TableSelector.All(List.of(id, new TableSelector.Not(people)))))
                .containsExactly("page");
        assertThat(fitting(new TableSelector.All(List.of())))
                .as("all of nothing")
                .hasSize(5);
        assertThat(fitting(new TableSelector.Any(List.of())))
                .as("any of nothing")
                .isEmpty();
    }

    @Test
    void aReferenceToAPartitionLeadsToItsRootsName() {
        Reference toRoot = reference("visit", "visits", "ip");

        assertThat(toRoot.leadsTo(ROOT)).isTrue();
        assertThat(toRoot.leadsTo(PART)).as("another schema").isFalse();
        assertThat(toRoot.uses("vis*")).isTrue();
        assertThat(toRoot.uses("other")).isFalse();
    }

    private static Stream<TableSelector> selectors() {
        return Stream.of(
                TableSelector.named("a", "b"),
                TableSelector.having("a"),
                new TableSelector.HavingOnly(List.of("a")),
                TableSelector.referredToBy("a", "b"),
                TableSelector.referring("a", new TableSelector.Not(TableSelector.named("b"))),
                new TableSelector.All(List.of(TableSelector.named("a"), TableSelector.having("b"))));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void comesBackFromJson(TableSelector selector) {
        JsonMapper json = JsonMapper.builder().build();

        assertThat(json.readValue(json.writeValueAsString(selector), TableSelector.class))
                .isEqualTo(selector);
    }

    @Test
    void aRuleFitsColumnsOfItsNameAndTypesInItsTables() {
        ColumnRule rule = new ColumnRule(
                TableSelector.named("p*"), "*id", Set.of(Shape.INTEGER), dev.restage.masking.value.Mask.digits(), null);

        assertThat(rule.fits(PEOPLE, Shapes.column("id integer"), ALL)).isTrue();
        assertThat(rule.fits(PEOPLE, Shapes.column("id text"), ALL)).isFalse();
        assertThat(rule.fits(PEOPLE, Shapes.column("name integer"), ALL)).isFalse();
        assertThat(rule.fits(BLOG, Shapes.column("id integer"), ALL)).isFalse();
    }

    @Test
    void aConditionNamesTheColumnsAndTheLookupsOfAllItsParts() {
        Condition.Found found = new Condition.Found("user_id", "people", "id");
        Condition condition = Condition.or(
                Condition.and(Condition.in("a", "1"), new Condition.Matches("b", ".*")),
                Condition.not(Condition.or(new Condition.IsNull("c"), Condition.endsWith("d", "x"), found)));

        assertThat(condition.columns()).containsExactly("a", "b", "c", "d", "user_id");
        assertThat(condition.lookups()).containsExactly(found);
        assertThat(Condition.in("a").columns()).containsExactly("a");
        assertThat(Condition.and().columns()).isEmpty();
    }

    @Test
    void aConditionComesBackFromJson() {
        Condition condition = Condition.or(
                Condition.in("a", "1", "2"),
                Condition.not(new Condition.Found("user_id", "people", "id")),
                Condition.and(
                        new Condition.IsNull("c"), Condition.endsWith("d", "x"), new Condition.Matches("e", "f+")));
        JsonMapper json = JsonMapper.builder().build();

        assertThat(json.readValue(json.writeValueAsString(condition), Condition.class))
                .isEqualTo(condition);
    }

    @Test
    void theFirstRuleForRowsCountsAndExemptionsAddUp() {
        MaskingPolicy policy = MaskingPolicy.builder()
                .rows(TableSelector.named("people"), new Rows.Exempt(Condition.in("id", "1")))
                .rows(TableSelector.named("people"), new Rows.All())
                .rows("p*")
                .rows(TableSelector.having("email"), new Rows.Exempt(Condition.endsWith("email", "@acme.example")))
                .build();

        assertThat(policy.rowsOf(PEOPLE, ALL)).isEqualTo(new Rows.All());
        assertThat(policy.rowsOf(PAGE, ALL)).isEqualTo(new Rows.None());
        assertThat(policy.rowsOf(BLOG, ALL)).isEqualTo(new Rows.All());
        assertThat(policy.exemptOf(PEOPLE, ALL))
                .isEqualTo(Condition.or(Condition.in("id", "1"), Condition.endsWith("email", "@acme.example")));
        assertThat(policy.exemptOf(PAGE, ALL)).isNull();
    }

    @Test
    void theFirstRuleForAnObjectCounts() {
        MaskingPolicy policy = MaskingPolicy.builder()
                .keepObjects("VIEW public.v")
                .leaveObjects("VIEW *", "COMMENT *")
                .keepObjects("*")
                .build();

        assertThat(policy.carryOf("VIEW public.v")).contains(ObjectRule.Carry.KEEP);
        assertThat(policy.carryOf("VIEW public.w")).contains(ObjectRule.Carry.LEAVE);
        assertThat(policy.carryOf("FUNCTION public.f")).contains(ObjectRule.Carry.KEEP);
        assertThat(MaskingPolicy.none().carryOf("VIEW public.v")).isEmpty();
    }

    private static List<String> fitting(TableSelector selector) {
        List<String> names = new ArrayList<>();
        ALL.tables().stream().filter(table -> selector.fits(table, ALL)).forEach(table -> names.add(table.name()));
        return names;
    }
}
