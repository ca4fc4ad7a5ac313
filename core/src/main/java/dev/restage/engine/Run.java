package dev.restage.engine;

import dev.restage.plan.Decision;
import dev.restage.plan.Facts;
import dev.restage.plan.Holds;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Variables;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.run.UndoPreview;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a plan: does its steps, keeps its journal, tells its listeners. */
final class Run implements StepRun.Run, AutoCloseable {

    private final String id;
    private final Journal journal;
    private final Resources resources;
    private final Variables variables;
    private final Listeners listeners;
    private final Locks locks;
    private final Failures failures = new Failures();
    private final Map<List<String>, Object> making = new ConcurrentHashMap<>();
    private final Set<String> doneNow = ConcurrentHashMap.newKeySet();

    Run(String id, Journal journal, Resources resources, Variables variables, Listeners listeners, Locks locks) {
        this.id = id;
        this.journal = journal;
        this.resources = resources;
        this.variables = variables;
        this.listeners = listeners;
        this.locks = locks;
    }

    /** Does what was approved. */
    Receipt execute(PlanPreview approved) {
        begin(approved, Kind.RUN_STARTED, approved.toJson());
        return steps(approved);
    }

    /** Goes on with what was approved when the run began. */
    Receipt goOn(PlanPreview approved) {
        begin(approved, Kind.RUN_RESUMED, "");
        return steps(approved);
    }

    private void begin(PlanPreview approved, Kind kind, String value) {
        listeners.tell(new RunEvent.Started(id, approved.plan()));
        try {
            journal.write(kind, "", "", value);
        } catch (ProviderException e) {
            listeners.tell(new RunEvent.Ended(journal.receipt(), approved.steps()));
            throw e;
        }
    }

    private Receipt steps(PlanPreview approved) {
        ResetPlan plan = approved.plan();
        Map<String, Outcome> before = journal.receipt().outcomes();
        Brackets brackets = new Brackets(approved, this, journal, failures);
        locks.notes().forEach(note -> journal.tryWrite(Kind.WARNING, "", "", note));
        @Nullable InterruptedException interruption = null;
        boolean well = false;
        try {
            well = new Schedule(plan)
                    .run(
                            step -> step.isBracket()
                                    ? brackets.end(step)
                                    : perform(
                                            step,
                                            approved.decision(step.name()),
                                            Optional.ofNullable(before.get(step.name())),
                                            brackets),
                            (step, failed) -> journal.tryWrite(Kind.STEP_BLOCKED, step.name(), "", failed));
        } catch (InterruptedException e) {
            brackets.endAll();
            Thread.currentThread().interrupt();
            interruption = e;
        }
        journal.tryWrite(well ? Kind.RUN_DONE : Kind.RUN_FAILED, "", "", "");
        journal.failure().ifPresent(failures::ofJournal);
        Receipt receipt = journal.receipt();
        listeners.tell(new RunEvent.Ended(receipt, approved.steps()));
        if (!well || !failures.none()) {
            throw failures.ofRun(plan, receipt, interruption);
        }
        return receipt;
    }

    private boolean perform(PlanStep step, Decision decision, Optional<Outcome> before, Brackets brackets) {
        try {
            if (isDone(step, decision, before)) {
                return true;
            }
            Optional<String> closed = brackets.begin(step);
            if (closed.isPresent()) {
                journal.tryWrite(Kind.STEP_BLOCKED, step.name(), "", closed.get());
                return false;
            }
            begun(step);
            doneNow.add(step.name());
            locks.whileHeld(() -> step.step().execute(new StepRun(this, step, StepRun.Mode.ACT), decision));
            if (holds(step, decision) == Holds.NO) {
                throw new ProviderException(
                        ProviderException.Kind.FAILED,
                        "the step " + step.name() + " ran to its end, but what it is for is not true afterwards:"
                                + " something else may have changed the target meanwhile; resume the run",
                        null);
            }
            journal.note(Kind.STEP_DONE, step.name(), "", "");
            return true;
        } catch (RuntimeException | Error e) {
            // an error of a custom step's code must not pass for success
            failures.add(step.name(), e);
            journal.tryWrite(Kind.STEP_FAILED, step.name(), "", Failures.message(e));
            return false;
        }
    }

    /** What changes nothing needs no record before it acts: a machine that dies meanwhile has lost nothing but the look. */
    private void begun(PlanStep step) {
        if (step.access().writes().isEmpty() && step.access().tells().isEmpty()) {
            journal.note(Kind.STEP_STARTED, step.name(), "", "");
        } else {
            journal.write(Kind.STEP_STARTED, step.name(), "", "");
        }
    }

    /**
     * Asks the world of a step that was begun before. What comes after a step that was done again is done again, too: it rests on
     * what that step has left.
     */
    private boolean isDone(PlanStep step, Decision decision, Optional<Outcome> before) {
        if (before.isEmpty()
                || before.get() == Outcome.BLOCKED
                || step.after().stream().anyMatch(doneNow::contains)) {
            return false;
        }
        boolean done = before.get() == Outcome.DONE || before.get() == Outcome.SKIPPED;
        Holds holds = holds(step, decision);
        if (holds == Holds.YES || (done && holds == Holds.NOTHING_LASTING)) {
            journal.note(done ? Kind.STEP_SKIPPED : Kind.STEP_DONE, step.name(), "", "");
            return true;
        }
        return false;
    }

    private Holds holds(PlanStep step, Decision decision) {
        return step.step().holds(new StepRun(this, step, StepRun.Mode.ASK), decision);
    }

    /** Finds out what undoing would do. */
    UndoPreview previewUndo() {
        return new Undoing(this, journal.receipt()).preview();
    }

    /**
     * Puts back what the run has changed.
     *
     * @param allowed what people have done since and may lose
     */
    Receipt undo(ResetPlan plan, Set<String> allowed) {
        Undoing undoing = new Undoing(this, journal.receipt());
        undoing.refuseToLose(allowed);
        listeners.tell(new RunEvent.Started(id, plan));
        Brackets brackets = new Brackets(journal.receipt().approved(), this, journal, failures);
        locks.whileHeld(() -> {
            if (undoing.changed().isEmpty() || brackets.beginAll()) {
                undoing.undo(journal, failures);
                brackets.endAll();
            }
        });
        journal.tryWrite(failures.none() ? Kind.RUN_UNDONE : Kind.RUN_FAILED, "", "", "");
        journal.failure().ifPresent(failures::ofJournal);
        Receipt receipt = journal.receipt();
        listeners.tell(new RunEvent.Ended(receipt, receipt.approved().steps()));
        if (!failures.none()) {
            throw failures.ofUndo(plan, receipt);
        }
        return receipt;
    }

    @Override
    public Resources resources() {
        return resources;
    }

    @Override
    public void checkLocks() {
        locks.check();
    }

    @Override
    public Variables variables() {
        return variables;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Instant startedAt() {
        return journal.receipt().startedAt();
    }

    @Override
    public Facts facts() {
        return journal.receipt().facts();
    }

    @Override
    public void record(String step, String name, String value) {
        journal.write(Kind.FACT, step, name, value);
    }

    @Override
    public void count(String step, String name, long more) {
        journal.write(Kind.COUNT, step, name, Long.toString(more));
    }

    @Override
    public String keep(String step, String name, Supplier<String> value) {
        // two threads of a step may ask for one thing: it is made by the first, and the second waits for it
        synchronized (making.computeIfAbsent(List.of(step, name), key -> new Object())) {
            return kept(step, name).orElseGet(() -> {
                String made = value.get();
                journal.write(Kind.KEPT, step, name, made);
                return made;
            });
        }
    }

    @Override
    public Optional<String> kept(String step, String name) {
        return journal.receipt().kept(step, name);
    }

    @Override
    public void warn(String step, String message) {
        journal.write(Kind.WARNING, step, "", message);
    }

    @Override
    public Consumer<RunEvent> progress() {
        return listeners::tell;
    }

    @Override
    public void close() {
        journal.close();
    }
}
