package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.restage.Cell;
import dev.restage.Put;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.RunException;
import dev.restage.run.StepRecord.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How runs end, how they go on, and how they are put back. */
@Timeout(60)
class UndoTest {

    private final World world = new World();
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();

    @TempDir
    private Path home;

    private Restage restage = Restage.builder().build();

    @BeforeEach
    void open() {
        restage.close();
        restage = Stage.open(world, home, heard::add);
    }

    @AfterEach
    void close() {
        restage.close();
    }

    @Test
    void stepsThatFailTogetherAreAllNamedAndAllCauses() {
        world.failing.addAll(List.of("a", "b", "c"));

        RunException failure = failureOf(Stage.plan("a", "b", "c", "d")
                .add("a", new Put("fake:a", "x"))
                .add("b", new Put("fake:b", "x"))
                .add("c", new Put("fake:c", "x"))
                .add("d", new Put("fake:d", "x"), "a", "b", "c")
                .build());

        assertThat(failure)
                .hasMessageContainingAll("The step a: a is down", "The step b: b is down", "The step c: c is down");
        List<Throwable> causes = new ArrayList<>(Arrays.asList(failure.getSuppressed()));
        causes.add(failure.getCause());
        assertThat(causes).hasSize(3).allMatch(ProviderException.class::isInstance);
        assertThat(failure.receipt().entries())
                .filteredOn(entry -> entry.kind() == Kind.STEP_BLOCKED)
                .as("a step is told as blocked once")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aRunThatFailsAgainAndAgainGoesOnWhereItEnded(int attempts) {
        world.failing.add("b");
        RunException failure = failureOf(three());
        String id = failure.receipt().runId();
        for (int i = 1; i < attempts; i++) {
            assertThatThrownBy(() -> restage.resume(id)).isInstanceOf(RunException.class);
        }
        world.failing.clear();

        Receipt receipt = restage.resume(id);

        assertThat(receipt.succeeded()).isTrue();
        assertThat(world.writes).containsExactly("a=new", "b=new", "c=new");
        assertThat(receipt.entries())
                .filteredOn(entry -> entry.kind() == Kind.RUN_RESUMED)
                .hasSize(attempts);
        assertThat(receipt.intact()).isTrue();
    }

    @Test
    void aStepThatWasBlockedBecomesDone() {
        world.failing.add("b");
        RunException failure = failureOf(three());
        assertThat(Stage.outcomes(failure.receipt())).containsEntry("c", Outcome.BLOCKED);
        world.failing.clear();

        assertThat(Stage.outcomes(restage.resume(failure.receipt().runId()))).containsEntry("c", Outcome.DONE);
    }

    @Test
    void aRunThatSucceededIsNotResumed() {
        Receipt done = Stage.run(restage, three());
        world.values.put("a", "of a colleague");

        assertThatThrownBy(() -> restage.resume(done.runId()))
                .isInstanceOf(GuardException.class)
                .hasMessageStartingWith("run " + done.runId() + " ended well at ")
                .hasMessageContaining("undo(\"" + done.runId() + "\")");

        assertThat(world.values).containsEntry("a", "of a colleague");
        assertThat(restage.receipt(done.runId())).isEqualTo(done);
    }

    @Test
    void aRunThatWasUndoneIsNeitherResumedNorUndoneAgain() {
        Receipt done = Stage.run(restage, three());
        restage.undo(done.runId());
        world.values.put("a", "of a colleague");

        assertThatThrownBy(() -> restage.resume(done.runId()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("was undone at ")
                .hasMessageContaining("run it anew");
        assertThatThrownBy(() -> restage.undo(done.runId()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("there is nothing to undo");

        assertThat(world.values).containsEntry("a", "of a colleague");
    }

    @Test
    void aRunWhoseUndoHasBegunIsUndoneToTheEnd() {
        Receipt done = Stage.run(restage, three());
        world.failing.add("b");
        assertThatThrownBy(() -> restage.undo(done.runId())).isInstanceOf(RunException.class);
        world.failing.clear();

        assertThatThrownBy(() -> restage.resume(done.runId()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("the undo of run " + done.runId() + " has begun");

        restage.undo(done.runId());
        assertThat(world.values).containsEntry("b", "empty");
    }

    @Test
    void undoOfARunThatChangedNothingChangesNothing() {
        RunException failure = failureOf(Stage.plan("a")
                .add("look", Step.of("look", context -> {
                    throw new IllegalStateException("broken");
                }))
                .add("a", new Put("fake:a", "x"), "look")
                .build());

        Receipt receipt = restage.undo(failure.receipt().runId());

        assertThat(world.writes).isEmpty();
        assertThat(Stage.outcomes(receipt))
                .containsEntry("look", Outcome.UNCHANGED)
                .containsEntry("a", Outcome.BLOCKED);
        assertThat(receipt.entries().get(receipt.entries().size() - 1).kind()).isEqualTo(Kind.RUN_UNDONE);
    }

    @Test
    void aStepThatFailedHalfWayIsUndoneToo() {
        world.values.put("a", "old");
        RunException failure = failureOf(
                Stage.plan("a", "b").add("half", new Half(Address.of("fake:a"))).build());
        assertThat(world.values).containsEntry("a", "half");

        restage.undo(failure.receipt().runId());

        assertThat(world.values).containsEntry("a", "old");
    }

    @Test
    void anUndoThatFailsSaysWhatIsLeftAndCanBeRepeated() {
        Receipt done = Stage.run(restage, three());
        world.failing.add("b");

        RunException failure = catchThrowableOfType(RunException.class, () -> restage.undo(done.runId()));

        assertThat(failure)
                .hasMessageContaining(
                        "undoing run " + done.runId() + " of test left these steps as they were: The step b:")
                .hasMessageContaining("Correct the cause and undo again.")
                .returns(Effect.SOME, RestageException::effect);
        assertThat(world.values)
                .containsEntry("a", "new")
                .containsEntry("b", "new")
                .containsEntry("c", "empty");
        assertThat(failure.receipt().entries())
                .filteredOn(entry -> entry.kind() == Kind.STEP_FAILED)
                .extracting(Entry::value)
                .containsExactly("undo: b is down: wait");
        assertThat(world.locks).isEmpty();
        world.failing.clear();

        restage.undo(done.runId());

        assertThat(world.values).containsEntry("b", "empty");
    }

    @Test
    void undoTellsItsListenersFromBeginningToEnd() {
        Receipt done = Stage.run(restage, three());
        heard.clear();

        Receipt undone = restage.undo(done.runId());

        assertThat(heard.get(0)).isInstanceOf(RunEvent.Started.class);
        assertThat(heard.get(heard.size() - 1))
                .isEqualTo(new RunEvent.Ended(undone, done.approved().steps()));
        assertThat(heard)
                .filteredOn(RunEvent.Recorded.class::isInstance)
                .extracting(event -> ((RunEvent.Recorded) event).entry().kind())
                .containsExactly(Kind.STEP_UNDONE, Kind.STEP_UNDONE, Kind.STEP_UNDONE, Kind.RUN_UNDONE);
    }

    @Test
    void codeThatNoJournalHoldsIsNamedWhenItsRunIsResumed() {
        RunException failure = failureOf(Stage.plan()
                .add("code", Step.of("say hello", context -> {
                    throw new IllegalStateException("broken");
                }))
                .build());

        assertThatThrownBy(() -> restage.resume(failure.receipt().runId()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("has steps of code (code), which a journal cannot hold")
                .hasMessageContaining("resume(\"" + failure.receipt().runId() + "\", plan)");
    }

    @Test
    void aRunIsHeldByALockWhileItIsResumedAndUndone() {
        world.failing.add("c");
        Receipt failed = failureOf(three()).receipt();
        world.failing.clear();
        world.locks.put("a", Leases.alive("ada@elsewhere", "x").text());

        for (Runnable work :
                List.<Runnable>of(() -> restage.resume(failed.runId()), () -> restage.undo(failed.runId()))) {
            assertThatThrownBy(work::run)
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("a is locked by ada@elsewhere");
        }
        assertThat(restage.receipt(failed.runId())).as("nothing was begun").isEqualTo(failed);
    }

    @Test
    void twoRunsHaveTwoJournals() {
        Receipt one = Stage.run(restage, three());
        world.values.clear();
        Receipt two = Stage.run(restage, three());

        assertThat(one.runId()).matches("\\d{8}-\\d{6}-\\d{3}-[0-9a-z]{13}").isNotEqualTo(two.runId());
        assertThat(restage.receipt(one.runId())).isEqualTo(one);
        assertThat(restage.receipt(two.runId())).isEqualTo(two);
    }

    @Test
    void anUnknownRunIsRefusedInEachWay() {
        for (Runnable work : List.<Runnable>of(
                () -> restage.resume("none"), () -> restage.undo("none"), () -> restage.receipt("none"))) {
            assertThatThrownBy(work::run)
                    .isInstanceOf(PlanException.class)
                    .hasMessageStartingWith("there is no run none in ");
        }
    }

    private RunException failureOf(ResetPlan plan) {
        RunException failure = catchThrowableOfType(RunException.class, () -> Stage.run(restage, plan));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static ResetPlan three() {
        return Stage.plan("a", "b", "c")
                .add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .add("c", new Put("fake:c", "new"), "b")
                .build();
    }

    /** Writes, and fails then. */
    record Half(Address target) implements Step {

        @Override
        public Access access() {
            return Access.NONE.writing(target);
        }

        @Override
        public Decision decide(StepContext context) {
            return Decision.NOTHING;
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            Cell cell = context.use(target, Cell.class);
            context.keep("before", cell::read);
            cell.write("half");
            throw new ProviderException(ProviderException.Kind.FAILED, "only half of it was written", null);
        }

        @Override
        public Holds holds(StepContext context, Decision decision) {
            return Holds.NO;
        }

        @Override
        public WayBack wayBack(StepContext context, Decision decision) {
            return context.kept("before")
                    .map(before -> WayBack.of(
                            new Change(target, "hold " + before),
                            acting -> acting.use(target, Cell.class).write(before)))
                    .orElse(WayBack.NOTHING);
        }
    }
}
