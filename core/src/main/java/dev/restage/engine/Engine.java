package dev.restage.engine;

import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Variables;
import dev.restage.run.Receipt;
import dev.restage.run.RunListener;
import dev.restage.run.UndoPreview;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Previews, runs, resumes and undoes plans. */
public final class Engine {

    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Resources resources;
    private final Variables variables;
    private final Path journals;
    private final Clock clock;
    private final List<RunListener> listeners;
    private final Previewer previewer;

    /**
     * Makes an engine.
     *
     * @param resources opens what the plans name
     * @param variables where secrets are looked up
     * @param journals the folder of the journals
     * @param clock tells the time
     * @param listeners hear of runs
     */
    public Engine(Resources resources, Variables variables, Path journals, Clock clock, List<RunListener> listeners) {
        this.resources = resources;
        this.variables = variables;
        this.journals = journals;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
        this.previewer = new Previewer(resources, variables);
    }

    /**
     * Finds out what a plan would do.
     *
     * @param plan the plan
     * @return what it would do
     */
    public PlanPreview preview(ResetPlan plan) {
        return previewer.preview(plan, clock.instant());
    }

    /**
     * Runs what was previewed, if the world has not moved.
     *
     * @param approved the preview
     * @return what was done
     */
    public Receipt run(PlanPreview approved) {
        String id = newRunId();
        return alone(approved.plan(), id, () -> {
            Previewer.refuseIfMoved(approved, preview(approved.plan()));
            try (Run run = open(id)) {
                return run.execute(approved);
            }
        });
    }

    /**
     * Goes on with a run that failed or died. What is done and still holds is not done again.
     *
     * @param runId the run
     * @return what was done in all
     */
    public Receipt resume(String runId) {
        ResetPlan plan = Journal.receipt(journals, runId).plan();
        return alone(plan, runId, () -> {
            try (Run run = open(runId)) {
                return run.goOn();
            }
        });
    }

    /**
     * Finds out what undoing a run would do.
     *
     * @param runId the run
     * @return what would be put back, and what would be lost
     */
    public UndoPreview previewUndo(String runId) {
        Journal.receipt(journals, runId);
        try (Run run = open(runId)) {
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
        ResetPlan plan = Journal.receipt(journals, runId).plan();
        return alone(plan, runId, () -> {
            try (Run run = open(runId)) {
                return run.undo(plan, allowed);
            }
        });
    }

    /**
     * {@return what is recorded of a run}
     *
     * @param runId the run
     */
    public Receipt receipt(String runId) {
        return Journal.receipt(journals, runId);
    }

    /** The guard comes before the locks: taking one may write, and production is not even locked. */
    private Receipt alone(ResetPlan plan, String id, Supplier<Receipt> work) {
        Identities.of(plan, resources).refuseOverlaps();
        return Locks.during(plan.writes(), resources, id, work);
    }

    private Run open(String id) {
        return Run.open(id, journals, clock, resources, variables, listeners);
    }

    /** Sorts by time in a folder, and two runs of one second differ. */
    private String newRunId() {
        return "%s-%04x".formatted(RUN_ID.format(clock.instant()), new SecureRandom().nextInt(1 << 16));
    }
}
