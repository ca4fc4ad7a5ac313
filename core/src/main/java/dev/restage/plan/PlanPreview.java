package dev.restage.plan;

import dev.restage.provider.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a whole plan would do, found out without changing anything. Running it is the approval.
 *
 * @param plan the plan
 * @param steps what each step would do, in the plan's order
 * @param identities which thing each address turned out to be
 * @param digest SHA-256 in hexadecimal over the plan, the identities and what the steps' decisions rest on: two
 *     previews with the same digest lead to the same changes
 */
public record PlanPreview(ResetPlan plan, List<StepDecision> steps, Map<String, String> identities, String digest) {

    /**
     * What one step would do.
     *
     * @param name the step
     * @param decision what it would do
     */
    public record StepDecision(String name, Decision decision) {}

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
        identities = Collections.unmodifiableSortedMap(new TreeMap<>(identities));
    }

    /**
     * {@return what was decided for a step; nothing if it is not in the plan}
     *
     * @param step the step
     */
    public Decision decision(String step) {
        return steps.stream()
                .filter(one -> one.name().equals(step))
                .map(StepDecision::decision)
                .findFirst()
                .orElse(Decision.NOTHING);
    }

    /** {@return how much is lost, replaced and new in each resource over all steps, of what is counted} */
    public Map<Address, List<Change.Figure>> sums() {
        Map<Address, Map<Change.Effect, SortedMap<String, Long>>> sums = new TreeMap<>();
        for (StepDecision step : steps) {
            for (Change change : step.decision().changes()) {
                for (Change.Figure figure : change.figures()) {
                    sums.computeIfAbsent(change.target(), target -> new EnumMap<>(Change.Effect.class))
                            .computeIfAbsent(figure.effect(), effect -> new TreeMap<>())
                            .merge(figure.unit(), figure.number(), Long::sum);
                }
            }
        }
        Map<Address, List<Change.Figure>> all = new TreeMap<>();
        sums.forEach((target, effects) -> {
            List<Change.Figure> figures = new ArrayList<>();
            effects.forEach((effect, units) ->
                    units.forEach((unit, number) -> figures.add(new Change.Figure(effect, number, unit))));
            all.put(target, figures);
        });
        return all;
    }

    /** {@return the preview as JSON on one line, for {@link #fromJson}} */
    public String toJson() {
        return PlanFormat.JSON.writePreview(this);
    }

    /**
     * Reads a preview.
     *
     * @param json what {@link #toJson} wrote
     * @return the preview
     * @throws dev.restage.provider.PlanException if it cannot be read; the message says where and why
     */
    public static PlanPreview fromJson(String json) {
        return PlanFormat.JSON.readPreview(json);
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
        for (StepDecision step : steps) {
            List<Change> changes = step.decision().changes();
            List<String> notes = step.decision().notes();
            if (changes.isEmpty() && notes.isEmpty()) {
                continue;
            }
            text.append("%n%s%n".formatted(step.name()));
            changes.forEach(change -> text.append("  * %s%n".formatted(change)));
            notes.forEach(note -> text.append("  - %s%n".formatted(note)));
        }
        Map<Address, List<Change.Figure>> sums = sums();
        if (!sums.isEmpty()) {
            text.append("%nin all%n".formatted());
            sums.forEach((target, figures) -> text.append("  %s: %s%n".formatted(target, sentence(figures))));
        }
        return text.toString();
    }

    private static String sentence(List<Change.Figure> figures) {
        return figures.stream()
                .map(figure -> String.format(
                        Locale.ROOT,
                        "%,d %s %s",
                        figure.number(),
                        figure.unit(),
                        figure.effect().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    }
}
