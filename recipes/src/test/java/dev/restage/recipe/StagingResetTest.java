package dev.restage.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Environment;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.recipe.wagtail.Wagtail;
import dev.restage.step.database.CopyDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagingResetTest {

    private final ResetPlan plan = StagingReset.of(
                    Environment.production("production")
                            .database("postgres://u@p/db")
                            .build(),
                    Environment.staging("staging").database("postgres://u@s/db").build())
            .framework(Wagtail.site())
            .leaveBehind("EXTENSION pg_cron", "VIEW public.jobs")
            .leaveBehind("EXTENSION pg_repack")
            .build();

    @Test
    void leavesBehindWhatIsNamedAlsoWhenThePlanWasWrittenAndRead() {
        for (ResetPlan each : List.of(plan, ResetPlan.fromJson(plan.toJson()), ResetPlan.fromYaml(plan.toYaml()))) {
            assertThat(copy(each).without())
                    .containsExactly("EXTENSION pg_cron", "VIEW public.jobs", "EXTENSION pg_repack");
        }
    }

    @Test
    void aPlanThatSaysNothingOfItLeavesNothingBehind() {
        String old = plan.toJson().replaceAll(",\\s*\"without\"\\s*:\\s*\\[[^\\]]*]", "");

        assertThat(old).doesNotContain("pg_cron");
        assertThat(copy(ResetPlan.fromJson(old)).without()).isEmpty();
    }

    private static CopyDatabase copy(ResetPlan plan) {
        return plan.steps().stream()
                .map(PlanStep::step)
                .filter(CopyDatabase.class::isInstance)
                .map(CopyDatabase.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
