package dev.restage.run;

import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Progress;
import java.util.List;

/**
 * What a listener hears of a run. {@link Started} comes first and {@link Ended} last; in between come the journal's
 * entries, and progress, of which some is left out when a listener is slow.
 */
public sealed interface RunEvent {

    /** {@return the run that this is about} */
    String runId();

    /**
     * A run begins or goes on.
     *
     * @param runId the run
     * @param plan its plan
     */
    record Started(String runId, ResetPlan plan) implements RunEvent {}

    /**
     * An entry was written to the journal.
     *
     * @param runId the run
     * @param entry the entry
     */
    record Recorded(String runId, Entry entry) implements RunEvent {}

    /**
     * A step got further.
     *
     * @param runId the run
     * @param step the step
     * @param unit what is counted
     * @param done how many are done
     * @param total how many there are in all; 0 as long as that is not known
     */
    record Progressed(String runId, String step, Progress.Unit unit, long done, long total) implements RunEvent {}

    /**
     * The run is over.
     *
     * @param receipt what it did
     * @param previews what each step had announced
     */
    record Ended(Receipt receipt, List<PlanPreview.StepDecision> previews) implements RunEvent {

        @Override
        public String runId() {
            return receipt.runId();
        }
    }
}
