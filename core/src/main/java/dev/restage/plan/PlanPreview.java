package dev.restage.plan;

import java.util.List;
import java.util.Map;

/**
 * What a whole plan would do, found out without changing anything. Running it is the approval.
 *
 * @param plan the plan
 * @param steps what each step would do, in the plan's order
 * @param identities which thing each address turned out to be
 * @param digest SHA-256 in hexadecimal over the plan, the identities and what the steps' decisions rest on: two
 *     previews with the same digest lead to the same changes
 */
public record PlanPreview(ResetPlan plan, List<StepPreview> steps, Map<String, String> identities, String digest) {

    /**
     * What one step would do.
     *
     * @param name the step
     * @param preview what it would do
     */
    public record StepPreview(String name, Preview preview) {}

    /**
     * Copies the collections.
     *
     * @param plan the plan
     * @param steps what each step would do, in the plan's order
     * @param identities which thing each address turned out to be
     * @param digest see the record
     */
    public PlanPreview {
        steps = List.copyOf(steps);
        identities = Map.copyOf(identities);
    }

    /** {@return the preview as text for people: one paragraph per step that changes something or has a note} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%s: %s -> %s   (digest %s)%n"
                .formatted(
                        plan.name(),
                        plan.source().name(),
                        plan.target().name(),
                        digest.substring(0, Math.min(12, digest.length()))));
        for (StepPreview step : steps) {
            List<Change> changes = step.preview().changes();
            List<String> notes = step.preview().notes();
            if (changes.isEmpty() && notes.isEmpty()) {
                continue;
            }
            text.append("%n%s%n".formatted(step.name()));
            changes.forEach(change -> text.append("  * %s%n".formatted(change)));
            notes.forEach(note -> text.append("  - %s%n".formatted(note)));
        }
        return text.toString();
    }
}
