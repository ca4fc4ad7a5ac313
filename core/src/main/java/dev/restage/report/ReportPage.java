package dev.restage.report;

import dev.restage.plan.PlanPreview.StepDecision;
import dev.restage.run.Receipt;
import dev.restage.run.StepRecord;
import dev.restage.run.StepRecord.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the report's template shows, in its words: every component is a place in {@code report.mustache}. */
record ReportPage(
        String css,
        String plan,
        String source,
        String target,
        String runId,
        String tone,
        String verdict,
        String sentence,
        String next,
        String when,
        String took,
        List<KeyFigures.Figure> figures,
        List<Timeline.Row> timeline,
        List<Timeline.Tick> ticks,
        List<Told> warnings,
        List<Compared> compared,
        List<Told> messages,
        List<Section> steps,
        int entries,
        String seal,
        boolean intact) {

    /** Something that a step says. */
    record Told(String step, String text) {}

    /** A fact with its value before and after. */
    record Compared(String step, String name, String before, String after) {}

    /** A fact; folded if it is long. */
    record Shown(String name, String value, boolean isLong, String hint) {}

    /** One step. */
    record Section(
            String name,
            String outcome,
            String tone,
            String time,
            String message,
            List<String> changes,
            List<String> notes,
            List<Shown> facts,
            List<String> warnings) {

        boolean hasAnnounced() {
            return !changes.isEmpty() || !notes.isEmpty();
        }

        boolean hasFacts() {
            return !facts.isEmpty();
        }
    }

    private static final int LONGEST_LINE = 120;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static ReportPage of(Receipt receipt, List<StepDecision> previews, String css) {
        List<StepRecord> steps = receipt.steps();
        JsonNode plan = plan(receipt);
        String tone = receipt.succeeded() ? receipt.warnings().isEmpty() ? "good" : "warned" : "bad";
        if (Headlines.undone(receipt)) {
            tone = "quiet";
        }
        boolean begun = !receipt.entries().isEmpty();
        Map<String, StepDecision> announced = previews.stream()
                .collect(Collectors.toMap(StepDecision::name, preview -> preview, (one, other) -> one));
        return new ReportPage(
                css,
                plan.path("name").asString("A reset"),
                plan.path("source").path("name").asString("production"),
                plan.path("target").path("name").asString("staging"),
                receipt.runId(),
                tone,
                verdict(receipt),
                sentence(steps),
                next(receipt),
                begun ? TIME.format(receipt.startedAt()) : "",
                Figures.duration(Headlines.duration(receipt)),
                KeyFigures.of(steps),
                Timeline.rows(receipt),
                Timeline.ticks(receipt),
                steps.stream()
                        .flatMap(step -> step.warnings().stream().map(warning -> new Told(step.name(), warning)))
                        .toList(),
                compared(steps),
                steps.stream()
                        .flatMap(step -> step.facts().entrySet().stream()
                                .filter(fact -> fact.getKey().equals("message"))
                                .map(fact -> new Told(step.name(), fact.getValue())))
                        .toList(),
                steps.stream()
                        .map(step -> section(step, announced.get(step.name()), receipt))
                        .toList(),
                receipt.entries().size(),
                begun ? receipt.entries().get(receipt.entries().size() - 1).hash() : "",
                receipt.intact());
    }

    private static JsonNode plan(Receipt receipt) {
        // read as JSON only: the classes of its steps need not be here
        try {
            return receipt.entries().isEmpty()
                    ? MAPPER.createObjectNode()
                    : MAPPER.readTree(receipt.entries().get(0).value());
        } catch (JacksonException e) {
            return MAPPER.createObjectNode();
        }
    }

    private static String verdict(Receipt receipt) {
        if (receipt.succeeded()) {
            return receipt.warnings().isEmpty() ? "Succeeded" : "Succeeded with warnings";
        }
        return Headlines.undone(receipt) ? "Undone" : "Failed";
    }

    private static String sentence(List<StepRecord> steps) {
        return steps.stream()
                .filter(step -> step.outcome() == Outcome.FAILED)
                .map(step -> "The step " + step.name() + ": " + step.message())
                .collect(Collectors.joining("\n"));
    }

    private static String next(Receipt receipt) {
        if (receipt.succeeded() || Headlines.undone(receipt)) {
            return "";
        }
        return "Correct the cause, then go on with resume(\"%s\"): what is done is not done again. Or put things back with undo(\"%s\")."
                .formatted(receipt.runId(), receipt.runId());
    }

    private static List<Compared> compared(List<StepRecord> steps) {
        // before and after may be facts of two steps: a comparison before the copy and one after it
        Map<String, String[]> found = new LinkedHashMap<>();
        for (StepRecord step : steps) {
            new TreeMap<>(step.facts()).forEach((name, value) -> {
                String stem = Figures.stem(name);
                if (stem.equals(name)) {
                    return;
                }
                boolean paired = step.facts().containsKey(stem + other(name)) || stem.isEmpty();
                String key = (paired ? step.name() : "") + "\n" + stem;
                String[] row = found.computeIfAbsent(key, any -> new String[] {"not recorded", "not recorded"});
                row[name.endsWith("before") ? 0 : 1] = Figures.fact(name, value);
            });
        }
        List<Compared> rows = new ArrayList<>();
        found.forEach((key, row) -> {
            String[] parts = key.split("\n", 2);
            rows.add(new Compared(parts[0], Headlines.words(parts[1]), row[0], row[1]));
        });
        return rows;
    }

    private static String other(String name) {
        boolean before = name.endsWith("before");
        String separator = name.substring(Figures.stem(name).length(), name.length() - (before ? 6 : 5));
        return separator + (before ? "after" : "before");
    }

    private static Section section(StepRecord step, @Nullable StepDecision preview, Receipt receipt) {
        Instant now = receipt.endedAt();
        Duration took = Headlines.duration(step, now);
        List<Shown> facts = new TreeMap<>(step.facts())
                .entrySet().stream()
                        .map(fact -> shown(fact.getKey(), fact.getValue()))
                        .toList();
        boolean ran = step.outcome() != Outcome.BLOCKED;
        return new Section(
                step.name(),
                outcome(step),
                Timeline.tone(step),
                ran ? Figures.duration(took) : "",
                step.outcome() == Outcome.BLOCKED ? "Not begun, since " + step.message() + " failed." : step.message(),
                preview == null
                        ? List.of()
                        : preview.decision().changes().stream()
                                .map(Object::toString)
                                .toList(),
                preview == null ? List.of() : preview.decision().notes(),
                facts,
                step.warnings());
    }

    private static Shown shown(String name, String value) {
        boolean isLong = value.indexOf('\n') >= 0 || value.length() > LONGEST_LINE;
        long lines = value.lines().count();
        return new Shown(name, Figures.fact(name, value), isLong, lines > 1 ? lines + " lines" : "show");
    }

    static String outcome(StepRecord step) {
        return switch (step.outcome()) {
            case RUNNING -> "not ended";
            case DONE -> step.warnings().isEmpty() ? "done" : "done, warned";
            case SKIPPED -> "done before";
            case FAILED -> "failed";
            case BLOCKED -> "not begun";
            case UNDONE -> "undone";
            case UNCHANGED -> "nothing to undo";
            case IRREVERSIBLE -> "cannot be undone: " + step.message();
            case ENDED -> "ended";
            case LEFT -> "left as it is: " + step.message();
        };
    }

    boolean hasFigures() {
        return !figures.isEmpty();
    }

    boolean hasTimeline() {
        return !timeline.isEmpty();
    }

    boolean hasWarnings() {
        return !warnings.isEmpty();
    }

    boolean hasCompared() {
        return !compared.isEmpty();
    }

    boolean hasMessages() {
        return !messages.isEmpty();
    }

    boolean hasSteps() {
        return !steps.isEmpty();
    }
}
