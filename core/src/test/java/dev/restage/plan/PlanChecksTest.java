package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What must be true of every plan, also of one that was read. */
class PlanChecksTest {

    @RepeatedTest(10)
    void eachStepComesAfterThoseThatItDependsOnWhateverTheOrderOfWriting(RepetitionInfo seed) {
        List<PlanStep> steps = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Set<String> after = new HashSet<>();
            if (i > 0) {
                after.add("s" + i / 2);
                after.add("s" + (i - 1));
                after.remove("s" + i);
            }
            steps.add(step("s" + i, after.toArray(String[]::new)));
        }
        Collections.shuffle(steps, new Random(seed.getCurrentRepetition()));

        List<PlanStep> sorted = PlanChecks.sorted(steps);

        assertThat(sorted).containsExactlyInAnyOrderElementsOf(steps);
        assertThat(sorted)
                .extracting(PlanStep::name)
                .startsWith("s0", "s1", "s2")
                .endsWith("s11");
    }

    @Test
    void namesAllStepsOfACircleAndNoneBeforeIt() {
        assertThatThrownBy(() -> PlanChecks.sorted(
                        List.of(step("first"), step("a", "b"), step("b", "c"), step("c", "a", "first"))))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "these steps depend on each other in a circle: [a, b, c]; take one of their dependencies away, or"
                                + " let a bracket surround all between the first and the last of its steps");
    }

    @Test
    void aStepCannotWaitForItself() {
        assertThatThrownBy(() -> PlanChecks.sorted(List.of(step("a", "a"))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("[a]");
    }

    @Test
    void namesTheStepThatIsMissingAndThoseThatThereAre() {
        assertThatThrownBy(() -> PlanChecks.sorted(List.of(step("a"), step("b", "aa"))))
                .isInstanceOf(PlanException.class)
                .hasMessage("the step b comes after \"aa\", which the plan does not have; it has [a, b]");
    }

    @Test
    void refusesTwoStepsOfOneName() {
        assertThatThrownBy(() -> PlanChecks.sorted(List.of(step("a"), step("a"))))
                .isInstanceOf(PlanException.class)
                .hasMessage("two steps are named a: rename one");
    }

    @Test
    void anEmptyPlanIsAPlan() {
        assertThat(PlanChecks.sorted(List.of())).isEmpty();
    }

    @Test
    void productionIsNoTargetWhateverIsWritten() {
        Environment production = Environment.production("prod").build();

        assertThatThrownBy(() -> PlanChecks.refuseForbiddenWrites(
                        Environment.staging("stage").build(), production, List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the target prod is a production environment, and production is never written");
    }

    @Test
    void whatBelongsToTheSourceIsNotWrittenEvenIfTheTargetListsItToo() {
        Environment source = Environment.staging("old").database("db:shared").build();
        Environment target = Environment.local("mine").database("db:shared").build();
        PlanStep step = new PlanStep("copy", Step.of("copy", context -> {}).writing(Address.of("db:shared")), Set.of());

        assertThatThrownBy(() -> PlanChecks.refuseForbiddenWrites(source, target, List.of(step)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(
                        "would write to db:shared, which belongs to old (staging): only mine may be written");
    }

    @Test
    void whatTheTargetDoesNotListIsNotWritten() {
        PlanStep step = new PlanStep("copy", Step.of("copy", context -> {}).writing(Address.of("db:x")), Set.of());

        assertThatThrownBy(() -> PlanChecks.refuseForbiddenWrites(
                        Environment.production("prod").build(),
                        Environment.staging("stage").apart("db:x").build(),
                        List.of(step)))
                .as("to vouch for it does not list it")
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("add .also(\"db:x\") to stage if it belongs to it");
    }

    @Test
    void whatIsOnlyReadOrToldMayBeAnywhere() {
        PlanStep step = new PlanStep(
                "look",
                Step.of("look", context -> {})
                        .reading(Address.of("db:prod"), Address.of("db:else"))
                        .telling(Address.of("mail:ann")),
                Set.of());

        PlanChecks.refuseForbiddenWrites(
                Environment.production("prod").database("db:prod").build(),
                Environment.staging("stage").build(),
                List.of(step));
        assertThat(step.step().access().writes()).isEmpty();
    }

    @Test
    void whatTheSourceListsIsNotEvenTold() {
        PlanStep step = new PlanStep("tell", Step.of("tell", context -> {}).telling(Address.of("mail:ops")), Set.of());

        assertThatThrownBy(() -> PlanChecks.refuseForbiddenWrites(
                        Environment.production("prod").also("mail:ops").build(),
                        Environment.staging("stage").build(),
                        List.of(step)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the step tell would send messages to mail:ops, which belongs to prod");
    }

    @Test
    void aStepThatNeedsAnotherOnesFactsIsRefusedWithoutItsStepBefore() {
        assertThatThrownBy(() -> PlanChecks.refuseUnmetNeeds(List.of(needing("rewrite", "map"))))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "the step rewrite needs what the step map records, which the plan does not have: add that, or leave"
                                + " rewrite out too");
        assertThatThrownBy(() -> PlanChecks.refuseUnmetNeeds(
                        List.of(step("map"), needing("rewrite", "map", "other"), step("other"))))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "the step rewrite needs what the step map records, which does not come before it: let it come after"
                                + " that");
        PlanChecks.refuseUnmetNeeds(
                List.of(step("map"), step("copy", "map"), step("clean", "copy"), needing("rewrite", "map", "clean")));
    }

    private record Needing(String needed) implements Step {

        @Override
        public Access access() {
            return Access.NONE;
        }

        @Override
        public Set<String> needs() {
            return Set.of(needed);
        }

        @Override
        public Decision decide(StepContext context) {
            return Decision.NOTHING;
        }

        @Override
        public void execute(StepContext context, Decision decision) {}
    }

    private static PlanStep needing(String name, String needed, String... after) {
        return new PlanStep(name, new Needing(needed), Set.of(after));
    }

    private static PlanStep step(String name, String... after) {
        return new PlanStep(name, Step.of(name, context -> {}), Set.of(after));
    }
}
