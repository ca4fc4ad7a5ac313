package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Cell;
import dev.restage.Put;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.Access;
import dev.restage.plan.Bracket;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.run.Receipt;
import dev.restage.run.RunException;
import dev.restage.run.StepRecord.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lasts while steps work, and ends whatever becomes of them. */
@Timeout(60)
class BracketsTest {

    private static final Address DOOR = Address.of("fake:door");

    private final World world = new World();

    @TempDir
    private Path home;

    @AutoClose
    private Restage restage = Restage.builder().build();

    @BeforeEach
    void open() {
        restage.close();
        restage = Stage.open(world, home);
    }

    private static ResetPlan.Builder plan() {
        return Stage.plan("door", "a", "b", "c", "late");
    }

    @Test
    void beginsBeforeTheFirstStepInsideAndEndsBeforeWhatComesAfterTheLast() {
        ResetPlan plan = plan().add("look", Step.of("look", context -> context.fact("door", seen())))
                .add("a", new Put("fake:a", "new"), "look")
                .add("b", Step.of("look", context -> context.fact("door", seen())), "a")
                .add("late", Step.of("look", context -> context.fact("door", seen())), "a")
                .during("closed", new Shut(DOOR), "a", "b")
                .build();

        Receipt receipt = Stage.run(restage, plan);

        assertThat(receipt.facts().find("look", "door")).contains("empty");
        assertThat(receipt.facts().find("b", "door")).contains("shut");
        assertThat(receipt.facts().find("late", "door")).contains("open");
        assertThat(Stage.outcomes(receipt)).containsEntry("closed", Outcome.ENDED);
        assertThat(receipt.succeeded()).isTrue();
        assertThat(ResetPlan.fromYaml(plan.toYaml()).steps().get(1).during()).containsExactly("a", "b");
    }

    @Test
    void endsWhenNothingInsideWasChanged() {
        RunException failure = failureOf(plan().add("a", Step.of("fail", context -> {
                    throw new IllegalStateException("no");
                }))
                .add("b", new Put("fake:b", "new"), "a")
                .during("closed", new Shut(DOOR), "a", "b")
                .build());

        assertThat(failure).hasMessageContaining("Nothing was changed.");
        assertThat(world.values).containsEntry("door", "open");
    }

    @Test
    void staysWhereTheTargetIsNotWholeAndEndsWhenItIs() {
        world.failing.add("b");
        RunException failure = failureOf(two());

        assertThat(failure).hasMessageContaining("The bracket closed: it stays, since b is not done.");
        assertThat(world.values).containsEntry("door", "shut");
        world.failing.clear();

        Receipt receipt = restage.resume(failure.receipt().runId());

        assertThat(receipt.succeeded()).isTrue();
        assertThat(world.values).containsEntry("door", "open");
    }

    @Test
    void surroundsTheUndoingToo() {
        Receipt done = Stage.run(restage, two());
        world.writes.clear();

        Receipt undone = restage.undo(done.runId());

        assertThat(world.writes).containsExactly("door=shut", "b=empty", "a=empty", "door=open");
        assertThat(Stage.outcomes(undone)).containsEntry("closed", Outcome.ENDED);
    }

    @Test
    void endsAfterARunThatStayedHalfDoneWasUndone() {
        world.failing.add("b");
        RunException failure = failureOf(two());
        world.failing.clear();

        restage.undo(failure.receipt().runId());

        assertThat(world.values).containsEntry("door", "open").containsEntry("a", "empty");
    }

    @Test
    void whatItSurroundsDoesNotBeginIfItCannot() {
        world.failing.add("door");

        RunException failure = failureOf(two());

        assertThat(failure).hasMessageContaining("The step closed: door is down");
        assertThat(Stage.outcomes(failure.receipt()))
                .containsEntry("a", Outcome.BLOCKED)
                .containsEntry("b", Outcome.BLOCKED);
        assertThat(world.values).doesNotContainKeys("a", "b");
    }

    @Test
    void isNotBegunAgainForARunWhoseStepsInsideAreDone() {
        world.failing.add("late");
        RunException failure = failureOf(
                two().toBuilder().add("late", new Put("fake:late", "x"), "b").build());
        world.failing.clear();
        world.writes.clear();

        restage.resume(failure.receipt().runId());

        assertThat(world.writes).containsExactly("late=x");
    }

    @Test
    void mustSurroundAllBetweenItsFirstStepAndItsLast() {
        ResetPlan.Builder torn = plan().add("a", new Put("fake:a", "x"))
                .add("between", Step.of("look", context -> {}), "a")
                .add("b", new Put("fake:b", "x"), "between")
                .during("closed", new Shut(DOOR), "a", "b");

        assertThatThrownBy(torn::build)
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("let a bracket surround all between the first and the last of its steps");
    }

    @Test
    void surroundsOnlyStepsThatThereAre() {
        assertThatThrownBy(() -> plan().during("closed", new Shut(DOOR), "a").build())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the bracket closed surrounds \"a\", which is no step of the plan");
    }

    private static ResetPlan two() {
        return plan().add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .during("closed", new Shut(DOOR), "a", "b")
                .build();
    }

    private String seen() {
        return world.values.getOrDefault("door", "empty");
    }

    private RunException failureOf(ResetPlan plan) {
        RunException[] failure = new RunException[1];
        assertThatThrownBy(() -> Stage.run(restage, plan))
                .isInstanceOfSatisfying(RunException.class, e -> failure[0] = e);
        return failure[0];
    }

    /** A door that is shut meanwhile. */
    record Shut(Address door) implements Bracket {

        @Override
        public Access access() {
            return Access.NONE.writing(door);
        }

        @Override
        public Decision decide(StepContext context) {
            return Decision.of(new Change(door, "be shut meanwhile"));
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            context.use(door, Cell.class).write("shut");
        }

        @Override
        public Holds holds(StepContext context, Decision decision) {
            return Holds.when(context.use(door, Cell.class).read().equals("shut"));
        }

        @Override
        public void end(StepContext context, Decision decision) {
            context.use(door, Cell.class).write("open");
        }
    }
}
