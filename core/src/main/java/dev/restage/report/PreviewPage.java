package dev.restage.report;

import dev.restage.plan.Change;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.PlanPreview.StepDecision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the page of a preview shows, in the words of {@code preview.mustache}. */
record PreviewPage(
        String css,
        String plan,
        String source,
        String target,
        String digest,
        List<Row> resources,
        List<Section> steps,
        List<Section> notes,
        List<Identity> identities) {

    /** A resource: how much is lost, replaced and new, and by which steps. */
    record Row(String name, String lost, String replaced, String added, String steps) {}

    /** What one step would do, or has to say. */
    record Section(String name, List<String> lines) {}

    /** Which thing an address is. */
    record Identity(String address, String thing) {}

    static PreviewPage of(PlanPreview preview, String css) {
        return new PreviewPage(
                css,
                preview.plan().name(),
                preview.plan().source().name(),
                preview.plan().target().name(),
                preview.digest(),
                rows(preview),
                preview.steps().stream()
                        .filter(step -> !step.decision().changes().isEmpty())
                        .map(step -> new Section(
                                step.name(),
                                step.decision().changes().stream()
                                        .map(Change::toString)
                                        .toList()))
                        .toList(),
                preview.steps().stream()
                        .filter(step -> !step.decision().notes().isEmpty())
                        .map(step -> new Section(step.name(), step.decision().notes()))
                        .toList(),
                preview.identities().entrySet().stream()
                        .map(known -> new Identity(known.getKey(), known.getValue()))
                        .toList());
    }

    /** Every resource that changes, counted or not. */
    private static List<Row> rows(PlanPreview preview) {
        Map<String, TreeSet<String>> changing = new TreeMap<>();
        for (StepDecision step : preview.steps()) {
            for (Change change : step.decision().changes()) {
                changing.computeIfAbsent(change.target().toString(), target -> new TreeSet<>())
                        .add(step.name());
            }
        }
        Map<String, List<Change.Figure>> sums = new TreeMap<>();
        preview.sums().forEach((target, figures) -> sums.put(target.toString(), figures));
        return changing.entrySet().stream()
                .map(entry -> {
                    List<Change.Figure> figures = sums.getOrDefault(entry.getKey(), List.of());
                    return new Row(
                            entry.getKey(),
                            amount(figures, Change.Effect.LOST),
                            amount(figures, Change.Effect.REPLACED),
                            amount(figures, Change.Effect.NEW),
                            String.join(", ", entry.getValue()));
                })
                .toList();
    }

    private static String amount(List<Change.Figure> figures, Change.Effect effect) {
        return figures.stream()
                .filter(figure -> figure.effect() == effect)
                .map(figure -> figure.unit().equals("bytes")
                        ? Figures.bytes(figure.number())
                        : Figures.count(figure.number()) + " " + figure.unit())
                .collect(Collectors.joining(", "));
    }

    boolean hasResources() {
        return !resources.isEmpty();
    }

    boolean hasNotes() {
        return !notes.isEmpty();
    }
}
