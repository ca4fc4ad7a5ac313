package dev.restage.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.recipe.wagtail.Wagtail;
import dev.restage.step.database.CopyDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class PullTest {

    private final Environment production =
            Environment.production("production").database("postgres://u@p/db").build();
    private final Environment local =
            Environment.local("local").database("postgres://u@127.0.0.1/db").build();
    private final Environment archive =
            Environment.local("local").database("pg-dump:/tmp/site.dump").build();

    @Test
    void leavesBehindWhatIsNamedAlsoWhenThePlanWasWrittenAndRead() {
        for (ResetPlan plan : List.of(
                Pull.data(production, local, Wagtail.site(), "EXTENSION pg_cron", "VIEW public.jobs"),
                Pull.dump(production, archive, Wagtail.site(), "EXTENSION pg_cron", "VIEW public.jobs"))) {
            for (ResetPlan each : List.of(plan, ResetPlan.fromJson(plan.toJson()), ResetPlan.fromYaml(plan.toYaml()))) {
                assertThat(copy(each).without()).containsExactly("EXTENSION pg_cron", "VIEW public.jobs");
            }
        }
    }

    @Test
    void leavesNothingBehindUnlessItIsNamed() {
        assertThat(copy(Pull.data(production, local, Wagtail.site())).without()).isEmpty();
        assertThat(copy(Pull.dump(production, archive, Wagtail.site())).without())
                .isEmpty();
    }

    private static CopyDatabase copy(ResetPlan plan) {
        return plan.steps().stream()
                .filter(step -> step.name().equals("copy-database"))
                .map(step -> (CopyDatabase) step.step())
                .findFirst()
                .orElseThrow();
    }
}
