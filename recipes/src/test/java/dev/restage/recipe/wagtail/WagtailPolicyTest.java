package dev.restage.recipe.wagtail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableShape;
import dev.restage.masking.TableShape.Column;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.WholeMask;
import dev.restage.plan.PolicyText;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the packages: what is kept is kept by name and for a reason. */
class WagtailPolicyTest {

    private static final MaskingPolicy POLICY = Wagtail.site().content("blog_*").policy();

    @Test
    void givesAReasonForEachColumnThatIsKept() {
        assertThat(POLICY.columns().stream().filter(rule -> rule.mask() instanceof WholeMask.Keep))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.reason()).isNotBlank());
    }

    @Test
    void isTheSameAfterAWayThroughText() {
        assertThat(PolicyText.read(PolicyText.yaml(POLICY))).isEqualTo(POLICY);
        assertThat(PolicyText.read(PolicyText.json(POLICY))).isEqualTo(POLICY);
    }

    @ParameterizedTest
    @CsvSource({
        "auth_group, attrs, jsonb",
        "django_site, context, json",
        "django_redirect, path, text",
        "oauth2_provider_application, notes, text",
        "wagtail_localize_string, translator, text",
        "wagtailcore_collection, owner_name, text"
    })
    void asksForAColumnThatAProjectHasAddedToATableOfAPackage(String table, String column, String type) {
        assertThat(problems(table, new Column(column, type, MaskTarget.of(type, Set.of()), null)))
                .singleElement()
                .asString()
                .startsWith("public.%s.%s (%s) can hold personal data".formatted(table, column, type));
    }

    @ParameterizedTest
    @CsvSource({
        "auth_group, name",
        "django_site, domain",
        "oauth2_provider_application, client_id",
        "wagtail_localize_translationcontext, path",
        "blog_blogpage, body"
    })
    void knowsTheColumnsOfThePackages(String table, String column) {
        assertThat(problems(table, new Column(column, "text", MaskTarget.of("text", Set.of()), null)))
                .isEmpty();
    }

    @Test
    void keepsTheKeysOfFormsOfAnyAppAndAsksForWhatEditorsWroteThere() {
        List<Column> columns = Stream.of("sort_order", "clean_name", "label", "field_type", "required", "help_text")
                .map(name -> new Column(name, "text", MaskTarget.of("text", Set.of()), null))
                .toList();
        TableShape fields =
                new TableShape("public", "shop_question", "shop_question", columns, List.of(), List.of(), List.of());

        assertThat(POLICY.problems(new DatabaseShape(List.of(fields))))
                .extracting(problem -> problem.replaceFirst(" .*", "").replaceFirst("public.shop_question.", ""))
                .contains("label", "help_text")
                .doesNotContain("clean_name", "field_type");
    }

    private static List<String> problems(String table, Column column) {
        TableShape shape = new TableShape("public", table, table, List.of(column), List.of(), List.of(), List.of());
        return POLICY.problems(new DatabaseShape(List.of(shape)));
    }
}
