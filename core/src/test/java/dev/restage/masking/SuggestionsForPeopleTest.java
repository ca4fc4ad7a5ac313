package dev.restage.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.TableShape.Column;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.MaskTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People whom no column of a known name tells of: beside texts, and as choices. */
class SuggestionsForPeopleTest {

    private static final MaskKey KEY = MaskKey.of("key");

    private final Map<String, Map<String, List<String>>> tables = new LinkedHashMap<>();

    @ParameterizedTest
    @CsvSource({
        "author, name, Grace Hopper, grace-hopper",
        "team_member, title, Grace Hopper, grace_hopper",
        "blog_people, label, Grace Hopper, gracehopper",
        "speakers, name, Grace Brewster Hopper, grace-hopper",
        "staff, name, Grace Hopper, hopper-grace",
        "kunde, name, Grace Hopper, grace-hopper",
        "kunde, name, grace hopper, grace-hopper",
        "kunde, name, Ana María López, ana-maria-lopez"
    })
    void whatIsMadeOfANameBesideItIsNotKept(String table, String column, String name, String slug) {
        has(table, column, name, "Barbara Liskov", "Alan Turing");
        has(table, "slug", slug, "barbara-liskov", "alan-turing");
        has(table, "path", "/p/" + slug + "/", "/p/barbara-liskov/", "/p/alan-turing/");

        assertThat(mask(table, column)).isNotEqualTo(Mask.keep());
        assertThat(masked(table, "slug", slug)).matches("[a-z0-9]{32}");
        assertThat(masked(table, "path", "/p/" + slug + "/"))
                .matches("/[a-z0-9]{32}/" + masked(table, "slug", slug) + "/");
    }

    @Test
    void theNameOfSomebodyInATableOfPeopleBecomesAName() {
        has("author", "name", "Grace Hopper", "Barbara Liskov", "Alan Turing");
        has("product", "name", "Grace Hopper", "Barbara Liskov", "Alan Turing");

        assertThat(mask("author", "name")).isEqualTo(Mask.fullName());
        assertThat(mask("product", "name")).isEqualTo(Mask.freeText());
    }

    @Test
    void onePersonAmongPathsIsEnoughIfATableOfPeopleNamesThem() {
        has("author", "name", "Grace Hopper", "Barbara Liskov", "Alan Turing");
        has("redirect", "path", "/blog/", "/about-us/", "/people/grace-hopper/", "/contact/");

        assertThat(mask("redirect", "path")).isNotEqualTo(Mask.keep());
    }

    @ParameterizedTest
    @CsvSource({
        "assigned_to, grace hopper, b.liskov",
        "owner, Hopper, Liskov",
        "created_by, ghopper, bliskov",
        "reviewer_name, 'Hopper, Grace', 'Liskov, Barbara'",
        "signed_by, grace hopper, barbara liskov",
        "contact, @grace, @barbara",
        "tag, g.hopper, b.liskov",
        "col7, g.hopper, b.liskov"
    })
    void choicesThatArePeopleAreNoListOfChoices(String column, String one, String other) {
        has("ticket", column, choices(one, other));

        assertThat(mask("ticket", column)).isNotEqualTo(Mask.keep());
        assertThat(masked("ticket", column, one)).doesNotContainIgnoringCase("hopper", "grace");
    }

    @Test
    void choicesAreNotKeptIfTheyAreInATableOfPeople() {
        has("members", "name", "Grace Hopper", "Barbara Liskov", "Alan Turing");
        has("ticket", "col7", choices("grace hopper", "barbara liskov"));

        assertThat(mask("ticket", "col7")).isNotEqualTo(Mask.keep());
    }

    @Test
    void loginsAmongChoicesBecomeLoginsAsElsewhere() {
        has("ticket", "assigned_to", choices("ghopper", "bliskov"));

        assertThat(mask("ticket", "assigned_to")).isEqualTo(Mask.username("example.com"));
    }

    @ParameterizedTest
    @CsvSource({
        "status, in progress, draft",
        "stage, in progress, done",
        "order_by, title, date",
        "event, order.created, order.paid",
        "size, extra large, small",
        "visibility, internal, external",
        "standby, yes, no"
    })
    void choicesOfSoftwareStayBesideTextsAndPeople(String column, String one, String other) {
        has("board_column", "name", "To Do", "In Progress", "In Review", "Extra Large");
        has("author", "name", "Grace Hopper", "Barbara Liskov", "Alan Turing");
        has("ticket", "owner", choices("internal", "external"));
        has("ticket", column, choices(one, other));

        assertThat(mask("ticket", column)).isEqualTo(Mask.keep());
    }

    @Test
    void slugsThatNobodyIsNamedInStay() {
        has("author", "name", "Grace Hopper", "Barbara Liskov", "Alan Turing");
        has("tag", "slug", "gluten-free", "new-york", "computer-science");

        assertThat(mask("tag", "slug")).isEqualTo(Mask.keep());
    }

    private static String[] choices(String one, String other) {
        List<String> choices = new ArrayList<>(Collections.nCopies(20, one));
        choices.addAll(Collections.nCopies(20, other));
        return choices.toArray(String[]::new);
    }

    private void has(String table, String column, String... values) {
        tables.computeIfAbsent(table, name -> new LinkedHashMap<>()).put(column, Arrays.asList(values));
    }

    private Mask mask(String table, String column) {
        DatabaseShape shape = new DatabaseShape(tables.entrySet().stream()
                .map(each -> new TableShape(
                        "public",
                        each.getKey(),
                        each.getKey(),
                        each.getValue().keySet().stream()
                                .map(name -> new Column(name, "text", MaskTarget.of("text", Set.of()), null))
                                .toList(),
                        List.of(),
                        List.of(),
                        List.of()))
                .toList());
        SampleSource seen =
                (from, each) -> tables.getOrDefault(from.name(), Map.of()).getOrDefault(each.name(), List.of());
        return MaskingPolicy.builder().build().suggest(shape, seen).columns().stream()
                .filter(rule -> rule.table().equals(new TableSelector.Named("public." + table))
                        && rule.column().equals(column))
                .map(ColumnRule::mask)
                .findFirst()
                .orElseThrow();
    }

    private String masked(String table, String column, String value) {
        return String.valueOf(mask(table, column).apply(value, MaskTarget.TEXT, KEY));
    }
}
