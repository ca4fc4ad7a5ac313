package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.masking.ColumnRule;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.WholeMask;
import dev.restage.plan.PolicyText;
import dev.restage.plan.SuggestedPolicy;
import dev.restage.recipe.wagtail.Wagtail;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestedPolicyTest {

    private final TestDatabases databases;

    SuggestedPolicyTest(@TempDir Path home) {
        databases = new TestDatabases(home);
    }

    @Test
    void pagilasPeopleAreFoundAndEveryColumnGetsARuleThatWorks() throws Exception {
        PostgresDatabase pagila = databases.loaded(fixture("postgres/pagila.sql"));

        SuggestedPolicy suggested =
                SuggestedPolicy.of(pagila, MaskingPolicy.builder().build());

        assertThat(suggested.policy().problems(pagila.shape())).isEmpty();
        assertThat(masks(suggested.policy()))
                .containsEntry("public.customer.email", Mask.email("example.com"))
                .containsEntry("public.customer.first_name", Mask.firstName())
                .containsEntry("public.staff.last_name", Mask.lastName())
                .containsEntry("public.staff.password", Mask.password());
        assertThat(suggested.policy().columns())
                .allSatisfy(rule -> assertThat(rule.reason()).isNotBlank());
        assertThat(PolicyText.read(suggested.toString())).isEqualTo(suggested.policy());
        assertThat(suggested.yaml()).doesNotContain("sakilacustomer");
    }

    @Test
    void recipeForWagtailLeavesOnlyTheSitesOwnColumnsOpen() throws Exception {
        PostgresDatabase bakery = databases.loaded(fixture("wagtail/bakery.sql"));
        MaskingPolicy known = Wagtail.site().policy();

        MaskingPolicy own = SuggestedPolicy.of(bakery, known).policy();

        assertThat(masks(own).keySet()).noneMatch(column -> column.startsWith("public.auth_user."));
        assertThat(known.plus(own).problems(bakery.shape())).isEmpty();
        assertThat(own.columns())
                .filteredOn(rule -> !(rule.mask() instanceof WholeMask.Keep))
                .isNotEmpty();
    }

    private static Map<String, Mask> masks(MaskingPolicy policy) {
        return policy.columns().stream()
                .collect(Collectors.toMap(
                        rule -> ((TableSelector.Named) rule.table()).pattern() + "." + rule.column(),
                        ColumnRule::mask));
    }

    private static Path fixture(String name) {
        String fixtures = System.getProperty("restage.fixtures", "");
        assumeTrue(!fixtures.isEmpty(), "restage.fixtures is not set, so there is no " + name);
        return Path.of(fixtures, name);
    }
}
