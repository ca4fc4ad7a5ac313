package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Put;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResetPlanTest {

    private static final Environment PROD =
            Environment.production("prod").database("fake:prod").build();
    private static final Environment STAGE =
            Environment.staging("stage").database("fake:stage").build();
    private static final Step NOTHING = Step.of("nothing", context -> {});

    @Test
    void sortsStepsByTheirDependenciesAndKeepsTheirOrderOtherwise() {
        ResetPlan plan = plan().add("last", NOTHING, "first", "middle")
                .add("middle", NOTHING, "first")
                .add("first", NOTHING)
                .add("free", NOTHING)
                .build();

        assertThat(plan.steps()).extracting(PlanStep::name).containsExactly("first", "middle", "last", "free");
        assertThat(plan.toString()).contains("last  (after first, middle)");
    }

    @Test
    void refusesAnUnknownDependency() {
        assertThatThrownBy(() -> plan().add("a", NOTHING, "b").build())
                .isInstanceOf(PlanException.class)
                .hasMessage("the step a comes after \"b\", which the plan does not have; it has [a]");
    }

    @Test
    void refusesACircleAndNamesItsSteps() {
        assertThatThrownBy(() -> plan().add("a", NOTHING, "b")
                        .add("b", NOTHING, "a")
                        .add("c", NOTHING)
                        .build())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("in a circle: [a, b]");
    }

    @Test
    void refusesANameThatIsTaken() {
        assertThatThrownBy(() -> plan().add("a", NOTHING).add("a", NOTHING))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("has a step named a already");
        PlanStep step = new PlanStep("a", NOTHING, Set.of());
        assertThatThrownBy(() -> new ResetPlan("p", PROD, STAGE, List.of(step, step)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("two steps are named a");
    }

    @Test
    void refusesAProductionAsTarget() {
        assertThatThrownBy(() -> ResetPlan.builder("p", STAGE, PROD).build())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("production is never written");
    }

    @Test
    void refusesAWriteToTheSourceWhateverItsRole() {
        assertThatThrownBy(() -> plan().add("put", new Put("fake:prod", "x")).build())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the step put would write to fake:prod, which belongs to prod (production)");
        assertThatThrownBy(() -> ResetPlan.builder(
                                "pull", STAGE, Environment.local("laptop").build())
                        .add("put", new Put("fake:stage", "x"))
                        .build())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("belongs to stage (staging): only laptop may be written");
    }

    @Test
    void leavingAStepOutJoinsWhatWasBeforeToWhatCameAfter() {
        ResetPlan plan = plan().add("a", NOTHING)
                .add("b", NOTHING, "a")
                .add("c", NOTHING, "b")
                .leaveOut("b")
                .build();

        assertThat(plan.steps().get(1).after()).containsExactly("a");
        assertThatThrownBy(() -> plan.toBuilder().leaveOut("b"))
                .isInstanceOf(PlanException.class)
                .hasMessage("the plan p has no step named b; it has [a, c]");
    }

    @Test
    void replacingAStepKeepsItsPlace() {
        Step other = new Put("fake:stage", "x");
        ResetPlan plan = plan().add("a", NOTHING)
                .add("b", NOTHING, "a")
                .add("c", NOTHING, "b")
                .replace("b", other)
                .build();

        assertThat(plan.steps().get(1)).isEqualTo(new PlanStep("b", other, Set.of("a")));
        assertThat(plan.writes()).containsExactly(Address.of("fake:stage"));
    }

    @Test
    void placesStepsBeforeAndAfterOthers() {
        ResetPlan plan = plan().add("a", NOTHING)
                .add("b", NOTHING)
                .add("greet", NOTHING)
                .before("greet", "a")
                .after("a", "b")
                .build();

        assertThat(plan.steps()).extracting(PlanStep::name).containsExactly("b", "greet", "a");
    }

    @Test
    void changingABuilderLeavesThePlanAsItWas() {
        ResetPlan plan = plan().add("a", NOTHING).build();

        ResetPlan more = plan.toBuilder().add("b", NOTHING, "a").build();

        assertThat(plan.steps()).hasSize(1);
        assertThat(more.steps()).hasSize(2);
    }

    @Test
    void anEnvironmentSaysWhichAddressItLacks() {
        assertThatThrownBy(() -> PROD.require(PROD.media(), "media"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the environment prod has no media address: add .media(");
    }

    private static ResetPlan.Builder plan() {
        return ResetPlan.builder("p", PROD, STAGE);
    }
}
