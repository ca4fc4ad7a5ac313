package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Cell;
import dev.restage.Put;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.Access;
import dev.restage.plan.CodeStep;
import dev.restage.plan.Decision;
import dev.restage.plan.Environment;
import dev.restage.plan.Holds;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.run.Entry;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.RunException;
import dev.restage.run.StepRecord;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.run.UndoPreview;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunTest {

    private final World world = new World();
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();

    @TempDir
    private Path home;

    @AutoClose
    private Restage restage = Restage.builder().build();

    @BeforeEach
    void open() {
        restage.close();
        restage = Restage.builder()
                .module(world)
                .variables(Map.of("RESTAGE_HOME", home.toString()))
                .listener(event -> {
                    heard.add(event);
                    throw new AssertionError("a broken display");
                })
                .build();
    }

    @Test
    void runsIndependentStepsSideBySide() {
        CountDownLatch both = new CountDownLatch(2);

        Receipt receipt =
                run(plan().add("one", meet(both)).add("two", meet(both)).build());

        assertThat(receipt.succeeded()).isTrue();
        assertThat(receipt.intact()).isTrue();
    }

    @Test
    void runsMoreIndependentStepsThanThreads() {
        ResetPlan.Builder many = plan();
        for (int i = 0; i < 30; i++) {
            many.add("step " + i, Step.of("nothing", context -> {}));
        }

        assertThat(run(many.build()).steps()).hasSize(30).allMatch(step -> step.outcome() == Outcome.DONE);
    }

    @Test
    void blocksWhatDependsOnAFailureAndFinishesTheRest() {
        world.failing.add("down");
        RunException failure = failureOf(plan().add("fails", new Put("fake:down", "x"))
                .add("later", new Put("fake:b", "x"), "fails")
                .add("last", new Put("fake:c", "x"), "later")
                .add("other", new Put("fake:d", "x"))
                .add("after other", new Put("fake:e", "x"), "other")
                .build());

        assertThat(outcomes(failure.receipt()))
                .containsEntry("fails", Outcome.FAILED)
                .containsEntry("later", Outcome.BLOCKED)
                .containsEntry("last", Outcome.BLOCKED)
                .containsEntry("other", Outcome.DONE)
                .containsEntry("after other", Outcome.DONE);
        assertThat(failure)
                .hasMessageContaining("The step fails: down is down: wait")
                .hasMessageContaining("resume(\"" + failure.receipt().runId() + "\")")
                .hasMessageContaining("undo(")
                .returns(Effect.SOME, RestageException::effect)
                .hasCauseInstanceOf(ProviderException.class);
        assertThat(failure.receipt().intact()).isTrue();
        assertThat(world.values).doesNotContainKeys("b", "c");
    }

    @Test
    void saysThatNothingWasChangedWhenOnlyAReaderFailed() {
        RunException failure = failureOf(plan().add("look", Step.of("look", context -> {
                    throw new IllegalStateException("broken");
                }))
                .add("write", new Put("fake:a", "x"), "look")
                .build());

        assertThat(failure).hasMessageContaining("Nothing was changed").returns(Effect.NONE, RestageException::effect);
    }

    @Test
    void countsAnErrorOfAStepAsAFailureAndKeepsAllCauses() {
        CountDownLatch first = new CountDownLatch(1);
        RunException failure = failureOf(plan().add("z", Step.of("fail", context -> {
                    first.countDown();
                    throw new AssertionError("first");
                }))
                .add("a", Step.of("fail", context -> {
                    awaitLatch(first);
                    throw new StackOverflowError("second");
                }))
                .build());

        assertThat(List.of(failure.getCause(), failure.getSuppressed()[0]))
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder("first", "second");
        assertThat(outcomes(failure.receipt()))
                .containsEntry("z", Outcome.FAILED)
                .containsEntry("a", Outcome.FAILED);
    }

    @Test
    void failsAStepWhosePostConditionDoesNotHold() {
        RunException failure = failureOf(
                plan().add("careless", new Careless(Address.of("fake:a"))).build());

        assertThat(failure).hasMessageContaining("what it is for is not true afterwards");
    }

    @Test
    void hasAFactOnDiskBeforeTheStepGoesOn() {
        AtomicReference<String> onDisk = new AtomicReference<>("");

        run(plan().add("step", Step.of("look", context -> {
                    context.fact("chosen", "blue");
                    onDisk.set(read(journal(context.runId())));
                }))
                .build());

        assertThat(onDisk.get()).contains("\"chosen\"").contains("\"blue\"");
    }

    @Test
    void makesWhatIsKeptOnceForAllThreadsOfAStep() {
        AtomicInteger made = new AtomicInteger();
        List<String> seen = new CopyOnWriteArrayList<>();

        run(plan().add("step", Step.of("ask", context -> {
                    List<Thread> threads = new ArrayList<>();
                    CountDownLatch start = new CountDownLatch(1);
                    for (int i = 0; i < 8; i++) {
                        Thread thread = new Thread(() -> {
                            awaitLatch(start);
                            seen.add(context.keep("chosen", () -> "value " + made.incrementAndGet()));
                        });
                        thread.start();
                        threads.add(thread);
                    }
                    start.countDown();
                    threads.forEach(RunTest::join);
                }))
                .build());

        assertThat(seen).hasSize(8).containsOnly("value 1");
    }

    @Test
    void stopsTheStepsWhenTheRunIsInterrupted() {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicReference<Throwable> stopped = new AtomicReference<>();
        Thread runner = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            awaitLatch(inside);
            runner.interrupt();
        });
        interrupter.start();
        ResetPlan plan = plan().add("waits", Step.of("wait", context -> {
                    inside.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        stopped.set(e);
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("stopped", e);
                    }
                }))
                .add("never", new Put("fake:a", "x"), "waits")
                .build();

        RunException failure = catchThrowableOfType(RunException.class, () -> restage.run(restage.preview(plan)));

        assertThat(Thread.interrupted()).isTrue();
        join(interrupter);
        assertThat(stopped.get()).isInstanceOf(InterruptedException.class);
        assertThat(failure).hasMessageContaining("It was interrupted").hasCauseInstanceOf(InterruptedException.class);
        assertThat(restage.receipt(failure.receipt().runId()).intact()).isTrue();
        assertThat(outcomes(failure.receipt()))
                .containsEntry("waits", Outcome.FAILED)
                .doesNotContainKey("never");
    }

    @Test
    void resumesWithoutRepeatingWhatHolds() {
        world.failing.add("b");
        RunException failure = failureOf(plan().add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .add("c", new Put("fake:c", "new"), "b")
                .build());
        world.failing.clear();

        Receipt receipt = restage.resume(failure.receipt().runId());

        assertThat(receipt.succeeded()).isTrue();
        assertThat(outcomes(receipt)).containsEntry("a", Outcome.SKIPPED).containsEntry("b", Outcome.DONE);
        assertThat(world.writes).containsExactly("a=new", "b=new", "c=new");
        assertThat(receipt.startedAt()).isEqualTo(failure.receipt().startedAt());
    }

    @Test
    void repeatsOnResumeWhatNoLongerHoldsAndKeepsItsWayBack() {
        world.values.put("a", "old");
        world.failing.add("b");
        RunException failure = failureOf(plan().add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .build());
        world.failing.clear();
        world.values.put("a", "disturbed");

        Receipt receipt = restage.resume(failure.receipt().runId());

        assertThat(world.values).containsEntry("a", "new");
        assertThat(receipt.kept("a", "before")).contains("old");
    }

    @Test
    void undoesInReverseOrderAndOnlyOnce() {
        world.failing.add("c");
        RunException failure = failureOf(plan().add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .add("c", new Put("fake:c", "new"), "b")
                .build());
        world.failing.clear();
        world.writes.clear();

        Receipt receipt = restage.undo(failure.receipt().runId());

        assertThat(world.writes).containsExactly("b=empty", "a=empty");
        assertThat(outcomes(receipt)).containsEntry("a", Outcome.UNDONE).containsEntry("b", Outcome.UNDONE);
        assertThat(receipt.intact()).isTrue();
    }

    @Test
    void undoesNothingBehindAStepThatCouldNotBeUndone() {
        Receipt done = run(plan().add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .build());
        world.failing.add("b");

        assertThatThrownBy(() -> restage.undo(done.runId()))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("The step b: b is down");
        assertThat(world.values).containsEntry("a", "new").containsEntry("b", "new");
        world.failing.clear();

        restage.undo(done.runId());

        assertThat(world.writes).endsWith("b=empty", "a=empty");
    }

    @Test
    void undoesNothingAtAllWhereSomebodyWouldLoseWork() {
        Receipt done = run(plan().add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .build());
        world.values.put("a", "Ada's work");
        world.writes.clear();

        assertThatThrownBy(() -> restage.undo(done.runId()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("would lose what was done on stage since, so nothing was changed: a: Ada's work");
        assertThat(world.writes).isEmpty();
        UndoPreview preview = restage.previewUndo(done.runId());
        assertThat(preview.toString()).contains("b", "fake:b will hold empty again", "! lost: Ada's work");
        assertThatThrownBy(() -> restage.undo(preview)).isInstanceOf(GuardException.class);

        restage.undo(preview.evenSo());

        assertThat(world.writes).containsExactly("b=empty", "a=empty");
    }

    @Test
    void losesOnlyWhatWasApprovedToBeLost() {
        Receipt done = run(plan().add("a", new Put("fake:a", "new")).build());
        world.values.put("a", "Ada's work");
        UndoPreview preview = restage.previewUndo(done.runId()).evenSo();
        world.values.put("a", "Grace's work");

        assertThatThrownBy(() -> restage.undo(preview)).hasMessageContaining("a: Grace's work");
        assertThat(world.values).containsEntry("a", "Grace's work");
    }

    @Test
    void doesAgainWhatRestsOnAStepThatIsDoneAgain() {
        AtomicInteger audits = new AtomicInteger();
        ResetPlan plan = plan().add("a", new Put("fake:a", "new"))
                .add("audit", Step.of("audit", context -> audits.incrementAndGet()), "a")
                .add("down", new Put("fake:down", "x"), "audit")
                .build();
        world.failing.add("down");
        RunException failure = failureOf(plan);
        world.failing.clear();
        world.values.put("a", "disturbed");

        Receipt receipt = restage.resume(failure.receipt().runId(), plan);

        assertThat(receipt.succeeded()).isTrue();
        assertThat(audits)
                .as("the audit of the first attempt says nothing of the second")
                .hasValue(2);
        assertThat(world.values).containsEntry("a", "new");
    }

    @Test
    void looksBeforeItDoesAgainWhatWasKilled() {
        ResetPlan plan = plan().add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .build();
        world.failing.add("b");
        RunException failure = failureOf(plan);
        world.failing.clear();
        world.values.put("b", "new");

        Receipt receipt = restage.resume(failure.receipt().runId());

        assertThat(outcomes(receipt)).containsEntry("b", Outcome.DONE);
        assertThat(world.writes).as("b was done by then").containsExactly("a=new");
    }

    @Test
    void hasWhatWasApprovedOnDiskBeforeTheFirstStep() {
        PlanPreview approved =
                restage.preview(plan().add("a", new Put("fake:a", "new")).build());

        Receipt receipt = restage.run(approved);

        assertThat(receipt.entries())
                .extracting(Entry::kind)
                .startsWith(Entry.Kind.RUN_STARTED, Entry.Kind.STEP_STARTED);
        assertThat(receipt.approved()).isEqualTo(approved);
    }

    @Test
    void toleratesATornLastLineEvenWithinACharacter() throws IOException {
        world.failing.add("a");
        Receipt done =
                failureOf(plan().add("a", new Put("fake:a", "new")).build()).receipt();
        world.failing.clear();
        byte[] torn = "{\"value\":\"é".getBytes(StandardCharsets.UTF_8);
        Files.write(journal(done.runId()), java.util.Arrays.copyOf(torn, torn.length - 1), StandardOpenOption.APPEND);

        assertThat(restage.receipt(done.runId())).isEqualTo(done);
        assertThat(restage.resume(done.runId()).intact()).isTrue();
        assertThat(restage.receipt(done.runId()).intact()).isTrue();
    }

    @Test
    void refusesAJournalThatWasChanged() throws IOException {
        Receipt done = run(plan().add("a", new Put("fake:a", "new")).build());
        Path journal = journal(done.runId());
        Files.writeString(journal, read(journal).replace("\"empty\"", "\"other\""));

        assertThatThrownBy(() -> restage.undo(done.runId()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("changed or damaged");
        Files.writeString(journal, "{}\n");
        assertThatThrownBy(() -> restage.receipt(done.runId()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("changed or damaged: line 1 ");
    }

    @Test
    void saysWhichRunsThereAreWhenTheIdIsUnknown() {
        assertThatThrownBy(() -> restage.resume("nonsense"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("there is no run nonsense in " + home.resolve("runs"));
    }

    @Test
    void saysClearlyThatTheJournalCannotBeWritten() throws IOException {
        Files.writeString(home.resolve("runs"), "a file where the folder should be");

        assertThatThrownBy(() -> run(plan().add("a", new Put("fake:a", "new")).build()))
                .asInstanceOf(type(ProviderException.class))
                .returns(Effect.NONE, RestageException::effect)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("cannot be written, so nothing was changed", "RESTAGE_HOME");
        assertThat(world.writes).isEmpty();
        assertThat(world.locks).isEmpty();
    }

    @Test
    void tellsListenersInOrderAndIsNotBrokenByThem() {
        Receipt receipt = run(plan().add("a", Step.of("count", context -> context.warn("careful")))
                .build());

        assertThat(heard.get(0)).isInstanceOf(RunEvent.Started.class);
        assertThat(heard.get(heard.size() - 1)).isInstanceOf(RunEvent.Ended.class);
        assertThat(heard).filteredOn(RunEvent.Recorded.class::isInstance).hasSameSizeAs(receipt.entries());
        assertThat(receipt.warnings()).containsExactly("a: careful");
        assertThat(receipt.succeeded()).isTrue();
    }

    @Test
    void asksForASecretOnlyByName() {
        RunException failure = failureOf(plan().add("a", Step.of("ask", context -> context.secret("NO_SUCH", "to ask")))
                .build());

        assertThat(failure).hasMessageContaining("the variable NO_SUCH is not set: it is needed to ask");
    }

    @Test
    void givesUpWaitingWithAReason() {
        RunException failure = failureOf(plan().add(
                        "a",
                        Step.of("wait", context -> context.await("a miracle", java.time.Duration.ZERO, () -> false)))
                .build());

        assertThat(failure).hasMessageContaining("waited for a miracle for 0 s in vain");
    }

    /** Declares to write and does not. */
    record Careless(Address target) implements Step {

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
            context.fact("ran", "yes");
        }

        @Override
        public Holds holds(StepContext context, Decision decision) {
            return Holds.when(context.use(target, Cell.class).read().equals("done"));
        }
    }

    private static CodeStep meet(CountDownLatch all) {
        return Step.of("meet", context -> {
            all.countDown();
            awaitLatch(all);
        });
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ResetPlan.Builder plan() {
        Environment.Builder staging = Environment.staging("stage").database("fake:stage/db");
        for (String other : List.of("a", "b", "c", "d", "e", "down")) {
            staging.also("fake:" + other);
        }
        return ResetPlan.builder(
                "test", Environment.production("prod").database("fake:prod/db").build(), staging.build());
    }

    private Receipt run(ResetPlan plan) {
        return restage.run(restage.preview(plan));
    }

    private RunException failureOf(ResetPlan plan) {
        RunException failure = catchThrowableOfType(RunException.class, () -> run(plan));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static Map<String, Outcome> outcomes(Receipt receipt) {
        return receipt.steps().stream()
                .collect(java.util.stream.Collectors.toMap(StepRecord::name, StepRecord::outcome));
    }

    private Path journal(String runId) {
        return home.resolve("runs").resolve(runId).resolve("journal.jsonl");
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
