package dev.restage.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.restage.Restage;
import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.run.Receipt;
import dev.restage.run.RunException;
import dev.restage.run.StepRecord;
import dev.restage.run.UndoPreview;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One step in a plan of its own, between a step that has recorded facts and one at which the run can be interrupted. The
 * plan goes through YAML before it is run, and through the journal's JSON before it is resumed or undone.
 */
public final class Trial implements AutoCloseable {

    /** When each trial begins. */
    public static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    /** The step under trial. */
    public static final String STEP = "step";

    private static final Address BARRIER = Address.of("fake:barrier");

    /** Ids of runs are made of the time, which is always the same here, and of few digits: so each trial has a folder. */
    private static final AtomicInteger HOMES = new AtomicInteger();

    private final World world;
    private final Path home;
    private final Restage restage;
    private final ResetPlan plan;
    private String runId = "";
    private Optional<Receipt> receipt = Optional.empty();

    private Trial(World world, Path home, Restage restage, ResetPlan plan) {
        this.world = world;
        this.home = home;
        this.restage = restage;
        this.plan = plan;
    }

    /** {@return a trial of a step that no other step has recorded anything for} */
    public static Trial of(World world, Path folder, Step step) {
        return of(world, folder, step, Map.of());
    }

    /**
     * {@return a trial of a step}
     *
     * @param folder where there is room for what is recorded of it
     * @param before step to fact to value: what steps before it have recorded
     */
    public static Trial of(World world, Path folder, Step step, Map<String, Map<String, String>> before) {
        return in(folder.resolve("home-" + HOMES.incrementAndGet()), world, NOW, step, before);
    }

    /** {@return a trial of another step a second later on the same machine, which remembers what this one has left there} */
    public Trial next(Step step) {
        return in(home, world, NOW.plusSeconds(1), step, Map.of());
    }

    private static Trial in(Path home, World world, Instant now, Step step, Map<String, Map<String, String>> told) {
        Map<String, Map<String, String>> before = new TreeMap<>(told);
        step.needs().forEach(needed -> before.putIfAbsent(needed, Map.of()));
        Environment.Builder production = Environment.production("production");
        Environment.Builder staging = Environment.staging("staging");
        step.access().reads().forEach(address -> production.also(address.toString()));
        step.access().writes().forEach(address -> staging.also(address.toString()));
        ResetPlan.Builder plan = ResetPlan.builder("trial", production.build(), staging.build());
        before.forEach((name, facts) -> plan.add(name, new Known(facts)));
        plan.add(STEP, step, before.keySet().toArray(String[]::new))
                .add("changing", new Changing(step.access().writes()), STEP)
                .add("later", new Later(BARRIER), "changing");
        ResetPlan built = plan.build();
        ResetPlan written = ResetPlan.fromYaml(built.toYaml());
        assertThat(written).isEqualTo(built);
        Restage restage = Restage.builder()
                .module(world)
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .variables(Map.of("RESTAGE_HOME", home.toString(), "KEY", "k"))
                .build();
        return new Trial(world, home, restage, written);
    }

    /** {@return what the step says it would do} */
    public Decision decision() {
        return restage.preview(plan).steps().stream()
                .filter(step -> step.name().equals(STEP))
                .findFirst()
                .orElseThrow()
                .decision();
    }

    /** {@return what the step says it would change, as sentences} */
    public List<String> changes() {
        return decision().changes().stream().map(Object::toString).toList();
    }

    /** {@return the preview of the whole plan, for {@link #run(PlanPreview)}} */
    public PlanPreview approved() {
        return restage.preview(plan);
    }

    /** Runs the plan. */
    public Trial run() {
        return run(approved());
    }

    /** Runs what was previewed. */
    public Trial run(PlanPreview approved) {
        return remember(restage.run(approved));
    }

    /** {@return how the run fails} */
    public RunException fails() {
        PlanPreview approved = approved();
        RunException failure = catchThrowableOfType(RunException.class, () -> restage.run(approved));
        assertThat(failure)
                .as("the failure of a run that changed %s", world.changes.made())
                .isNotNull();
        remember(failure.receipt());
        return failure;
    }

    /** Runs the plan, and goes on if the line breaks and the step does not put up with it. */
    private void runAndGoOn() {
        PlanPreview approved = approved();
        RunException failure = catchThrowableOfType(RunException.class, () -> run(approved));
        if (failure != null) {
            assertThat(failure).hasMessageContaining("the line broke");
            remember(failure.receipt()).resume();
        }
    }

    /** Runs the plan until the step is done, and no further. */
    public Trial runAndBreakOff() {
        world.interrupted = true;
        assertThat(fails()).hasMessageContaining("The step later: the run was interrupted");
        world.interrupted = false;
        return this;
    }

    /** Goes on with the run, which died before it could record its end. */
    public Trial resume() {
        forgetTheEnd();
        return remember(restage.resume(runId));
    }

    /** {@return how going on fails} */
    public RunException failsToResume() {
        forgetTheEnd();
        RunException failure = catchThrowableOfType(RunException.class, () -> restage.resume(runId));
        assertThat(failure).as("the failure").isNotNull();
        remember(failure.receipt());
        return failure;
    }

    /** Undoes the run. */
    public Trial undo() {
        return remember(restage.undo(runId));
    }

    /** {@return what people would lose by undoing the run} */
    public List<String> lostByUndo() {
        return restage.previewUndo(runId).lost();
    }

    /** {@return what undoing the run would do} */
    public UndoPreview previewUndo() {
        return restage.previewUndo(runId);
    }

    /** Undoes the run, whatever people would lose. */
    public Trial undoEvenSo() {
        return remember(restage.undo(restage.previewUndo(runId).evenSo()));
    }

    /** {@return how undoing fails} */
    public RunException failsToUndo() {
        RunException failure = catchThrowableOfType(RunException.class, () -> restage.undo(runId));
        assertThat(failure).as("the failure").isNotNull();
        return failure;
    }

    private void forgetTheEnd() {
        if (!receipt.map(Receipt::succeeded).orElse(false)) {
            return;
        }
        Path journal = home.resolve("runs").resolve(runId).resolve("journal.jsonl");
        try {
            List<String> lines = Files.readAllLines(journal);
            Files.write(journal, lines.subList(0, lines.size() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what the step has recorded, the last word on each} */
    public Map<String, String> facts() {
        return new TreeMap<>(record().facts());
    }

    /** {@return what the step has kept for its undoing} */
    public Optional<String> kept(String name) {
        return receipt.orElseThrow().kept(STEP, name);
    }

    /** {@return what the step has warned of} */
    public List<String> warnings() {
        return record().warnings();
    }

    /** {@return what became of the step} */
    public StepRecord.Outcome outcome() {
        return record().outcome();
    }

    private StepRecord record() {
        return receipt.orElseThrow().steps().stream()
                .filter(step -> step.name().equals(STEP))
                .findFirst()
                .orElseThrow();
    }

    private Trial remember(Receipt made) {
        receipt = Optional.of(made);
        runId = made.runId();
        return this;
    }

    @Override
    public void close() {
        restage.close();
    }

    /**
     * Lets each change that a step makes go wrong once, before and after it is made, resumes the run, and checks each time
     * that the world is as it is after a run without accidents.
     *
     * @param prepared a new world, as it is before
     * @param step the step
     * @param before what steps before it have recorded
     * @param check looks at the world
     * @return how many changes there are
     */
    public static int survivesAccidents(
            Path folder,
            Supplier<World> prepared,
            Step step,
            Map<String, Map<String, String>> before,
            Consumer<World> check) {
        World undisturbed = prepared.get();
        try (Trial trial = of(undisturbed, folder, step, before)) {
            trial.run();
        }
        check.accept(undisturbed);
        int changes = undisturbed.changes.made().size();
        for (Changes.Accident accident : Changes.Accident.values()) {
            for (int change = 1; change <= changes; change++) {
                World world = prepared.get();
                world.changes.goWrong(change, accident);
                try (Trial trial = of(world, folder, step, before)) {
                    trial.runAndGoOn();
                }
                check.accept(world);
            }
        }
        return changes;
    }

    /** Has recorded facts. */
    record Known(Map<String, String> facts) implements Step {

        Known {
            facts = new TreeMap<>(facts);
        }

        @Override
        public Access access() {
            return Access.NONE;
        }

        @Override
        public Decision decide(StepContext context) {
            return Decision.NOTHING;
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            facts.forEach((name, value) -> context.fact(name, value));
        }
    }

    /** Declares to change all that the step under trial writes, and has no way back. */
    record Changing(Set<Address> targets) implements Step {

        @Override
        public Access access() {
            return Access.NONE.writing(targets.toArray(Address[]::new));
        }

        @Override
        public Decision decide(StepContext context) {
            return Decision.NOTHING;
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            // The test changes them by hand.
        }
    }

    /** Comes last, unless the world is interrupted. */
    record Later(Address barrier) implements Step {

        @Override
        public Access access() {
            return Access.reading(barrier);
        }

        @Override
        public Decision decide(StepContext context) {
            return Decision.NOTHING;
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            context.use(barrier, World.Barrier.class).pass();
        }
    }

    /** {@return the addresses that a step declares, as one text: {@code reads [..] writes [..] tells [..]}} */
    public static String access(Step step) {
        Access access = step.access();
        return "reads %s writes %s tells %s"
                .formatted(
                        new TreeSet<>(access.reads()), new TreeSet<>(access.writes()), new TreeSet<>(access.tells()));
    }
}
