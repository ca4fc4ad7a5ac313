package dev.restage.engine;

import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Variables;
import dev.restage.run.Entry;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.RunId;
import dev.restage.run.RunInfo;
import dev.restage.run.RunListener;
import dev.restage.run.RunState;
import dev.restage.run.UndoPreview;
import dev.restage.store.RunStore;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** Previews, runs, resumes and undoes plans. */
public final class Engine implements AutoCloseable {

    private final Resources resources;
    private final Variables variables;
    private final RunStore store;
    private final Clock clock;
    private final List<RunListener> listeners;
    private final Previewer previewer;
    private final RunTasks tasks;

    /**
     * Makes an engine.
     *
     * @param resources opens what the plans name
     * @param variables where secrets are looked up
     * @param store keeps the journals
     * @param clock tells the time
     * @param listeners hear of runs
     * @param executor where runs go on that nobody waits for
     */
    public Engine(
            Resources resources,
            Variables variables,
            RunStore store,
            Clock clock,
            List<RunListener> listeners,
            Executor executor) {
        this.resources = resources;
        this.variables = variables;
        this.store = store;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
        this.previewer = new Previewer(resources, variables);
        this.tasks = new RunTasks(executor);
    }

    /**
     * Finds out what a plan would do.
     *
     * @param plan the plan
     * @return what it would do
     */
    public PlanPreview preview(ResetPlan plan) {
        tasks.refuseIfClosed();
        return previewer.preview(plan, clock.instant());
    }

    /**
     * Runs what was previewed, if the world has not moved.
     *
     * @param approved the preview
     * @return what was done
     */
    public Receipt run(PlanPreview approved) {
        return tasks.here(first(approved));
    }

    /**
     * Begins to run what was previewed, if the world has not moved.
     *
     * @param approved the preview
     * @return the run, which goes on elsewhere
     */
    public RunTask start(PlanPreview approved) {
        return tasks.elsewhere(first(approved));
    }

    private RunTask first(PlanPreview approved) {
        String id = RunId.create(clock.instant());
        return new RunTask(
                id,
                () -> alone(approved.plan(), id, identities -> {}, (told, locks) -> {
                    Previewer.refuseIfMoved(approved, previewer.preview(approved.plan(), clock.instant()));
                    try (Run run = run(Journal.create(store, id, clock, recorded(id, told)), id, told, locks)) {
                        return run.execute(approved);
                    }
                }));
    }

    /**
     * Goes on with a run that failed or died. What is done and still holds is not done again.
     *
     * @param runId the run
     * @return what was done in all
     */
    public Receipt resume(String runId) {
        Receipt before = receipt(runId);
        Endings.refuseResume(before);
        PlanPreview approved = before.approved();
        Endings.refuseMissingCode(approved.plan(), runId);
        return goOn(runId, approved);
    }

    /**
     * Goes on with a run whose plan has code.
     *
     * @param runId the run
     * @param plan its plan, with the code
     * @return what was done in all
     */
    public Receipt resume(String runId, ResetPlan plan) {
        Receipt before = receipt(runId);
        Endings.refuseResume(before);
        return goOn(runId, SamePlan.approved(runId, before.entries().get(0).value(), plan));
    }

    private Receipt goOn(String runId, PlanPreview approved) {
        return again(runId, approved.plan(), identities -> {}, Endings::refuseResume, run -> run.goOn(approved));
    }

    /**
     * Finds out what undoing a run would do.
     *
     * @param runId the run
     * @return what would be put back, and what would be lost
     */
    public UndoPreview previewUndo(String runId) {
        Endings.refuseUndo(receipt(runId));
        try (Listeners nobody = new Listeners(runId, List.of(), Listeners.PATIENCE);
                Run run = run(Journal.open(store, runId, clock, entry -> {}), runId, nobody, Locks.none())) {
            return run.previewUndo();
        }
    }

    /**
     * Puts back what a run has changed, the last step first.
     *
     * @param approved what was found out of it
     * @return the run's record with what was undone
     */
    public Receipt undo(UndoPreview approved) {
        return undo(approved.runId(), approved.losing() ? Set.copyOf(approved.lost()) : Set.of());
    }

    /**
     * Puts back what a run has changed, if nobody would lose by it.
     *
     * @param runId the run
     * @return the run's record with what was undone
     */
    public Receipt undo(String runId) {
        return undo(runId, Set.of());
    }

    private Receipt undo(String runId, Set<String> allowed) {
        Receipt before = receipt(runId);
        Endings.refuseUndo(before);
        PlanPreview approved = before.approved();
        ResetPlan plan = approved.plan();
        return again(
                runId,
                plan,
                identities -> identities.refuseOthersThan(approved.identities()),
                Endings::refuseUndo,
                run -> run.undo(plan, allowed));
    }

    /** Another process may have been quicker, so the journal is asked once more when nobody else can write it. */
    private Receipt again(
            String runId,
            ResetPlan plan,
            Consumer<Identities> guard,
            Consumer<Receipt> refusal,
            Function<Run, Receipt> work) {
        return tasks.here(new RunTask(
                runId,
                () -> alone(plan, runId, guard, (told, locks) -> {
                    Journal journal = Journal.open(store, runId, clock, recorded(runId, told));
                    try (Run run = run(journal, runId, told, locks)) {
                        refusal.accept(journal.receipt());
                        return work.apply(run);
                    }
                })));
    }

    /**
     * {@return what is recorded of a run}
     *
     * @param runId the run
     */
    public Receipt receipt(String runId) {
        tasks.refuseIfClosed();
        return Journal.receipt(store, runId);
    }

    /**
     * {@return what is recorded of a run so far; no entries if it has not begun}
     *
     * @param runId the run
     */
    public Receipt receiptSoFar(String runId) {
        return new Register(store).receiptSoFar(runId);
    }

    /** {@return all runs of the store, the first one first} */
    public List<RunInfo> runs() {
        tasks.refuseIfClosed();
        return new Register(store).runs();
    }

    /**
     * {@return how a run stands that ended here}
     *
     * @param runId the run
     */
    public RunState stateAtEnd(String runId) {
        return Register.state(receiptSoFar(runId));
    }

    /** The guard comes before the locks: taking one may write, and production is not even locked. */
    private Receipt alone(
            ResetPlan plan, String id, Consumer<Identities> guard, BiFunction<Listeners, Locks, Receipt> work) {
        try (Listeners told = new Listeners(id, listeners, Listeners.PATIENCE)) {
            Identities identities = Identities.of(plan, resources);
            identities.refuseOverlaps();
            guard.accept(identities);
            return Locks.during(plan.writes(), resources, id, plan.name(), locks -> work.apply(told, locks));
        }
    }

    private Run run(Journal journal, String id, Listeners told, Locks locks) {
        return new Run(id, journal, resources, variables, told, locks);
    }

    private static Consumer<Entry> recorded(String runId, Listeners told) {
        return entry -> told.tell(new RunEvent.Recorded(runId, entry));
    }

    /** Takes no more work and waits for the runs that are going on. */
    @Override
    public void close() {
        tasks.close();
    }
}
