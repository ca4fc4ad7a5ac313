package dev.restage.run;

import dev.restage.plan.Change;
import dev.restage.plan.WayBack;
import java.util.ArrayList;
import java.util.List;

/**
 * What undoing a run would do, found out without changing anything.
 *
 * @param runId the run
 * @param steps what would become of each step that was begun, in the order in which that would happen
 * @param losing whether what people have done since may be lost
 */
public record UndoPreview(String runId, List<StepUndo> steps, boolean losing) {

    /**
     * What would become of one step.
     *
     * @param name the step
     * @param kind whether it can be undone
     * @param why why it cannot be undone; empty otherwise
     * @param changes what would be put back
     * @param lost what people have done since and would lose, by name
     */
    public record StepUndo(String name, WayBack.Kind kind, String why, List<Change> changes, List<String> lost) {

        /**
         * Copies the lists.
         *
         * @param name the step
         * @param kind whether it can be undone
         * @param why why it cannot be undone
         * @param changes what would be put back
         * @param lost what people would lose
         */
        public StepUndo {
            changes = List.copyOf(changes);
            lost = List.copyOf(lost);
        }
    }

    /**
     * Copies the list.
     *
     * @param runId the run
     * @param steps what would become of each step
     * @param losing whether what people have done since may be lost
     */
    public UndoPreview {
        steps = List.copyOf(steps);
    }

    /** {@return what people have done since the run and would lose, each as {@code step: what}} */
    public List<String> lost() {
        List<String> all = new ArrayList<>();
        steps.forEach(step -> step.lost().forEach(work -> all.add(step.name() + ": " + work)));
        return all;
    }

    /** {@return the same, and what {@link #lost} names may go} */
    public UndoPreview evenSo() {
        return new UndoPreview(runId, steps, true);
    }

    /** {@return the preview as text for people} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("undo of run %s%n".formatted(runId));
        for (StepUndo step : steps) {
            switch (step.kind()) {
                case OPEN, OTHERS, AFTERWARDS -> {
                    text.append("%n%s%n".formatted(step.name()));
                    step.changes().forEach(change -> text.append("  * %s%n".formatted(change)));
                    step.lost().forEach(work -> text.append("  ! lost: %s%n".formatted(work)));
                }
                case NONE -> text.append("%n%s%n  ! cannot be undone: %s%n".formatted(step.name(), step.why()));
                case NOTHING -> {
                    // Nothing to say of what was not changed.
                }
            }
        }
        return text.toString();
    }
}
