package dev.restage.report;

import dev.restage.plan.Facts;
import dev.restage.plan.ResetPlan;
import dev.restage.run.Entry;
import dev.restage.run.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Follows a run by its entries: which steps are under way, and the line that remains of each when it ends. */
final class RunLines {

    private final Map<String, RunningStep> running = new LinkedHashMap<>();
    private final Map<String, Instant> startedAt = new HashMap<>();
    private final Map<String, Map<String, String>> facts = new HashMap<>();
    private final Glyphs glyphs;

    RunLines(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** How a line is marked, and coloured where there is colour. */
    enum Mark {
        DONE,
        WARNED,
        FAILED,
        QUIET
    }

    /**
     * A line that stays.
     *
     * @param mark how it is marked
     * @param sign the sign at its front
     * @param head the part that is never cut before the rest
     * @param rest figures that may be cut
     */
    record Line(Mark mark, String sign, String head, String rest) {

        /** The line in so many columns. */
        String in(int columns, Glyphs glyphs) {
            return Columns.fit(sign + " " + head + (rest.isEmpty() ? "" : "  " + rest), columns, glyphs.cut());
        }
    }

    Map<String, RunningStep> running() {
        return running;
    }

    static String opening(ResetPlan plan, String runId) {
        return Columns.clean("%s: %s from %s, run %s"
                .formatted(plan.name(), plan.target().name(), plan.source().name(), runId));
    }

    Line closing(Receipt receipt) {
        Mark mark = receipt.succeeded() ? Mark.DONE : Headlines.undone(receipt) ? Mark.QUIET : Mark.FAILED;
        String sign = switch (mark) {
            case DONE -> glyphs.done();
            case QUIET -> glyphs.undone();
            case WARNED, FAILED -> glyphs.failed();
        };
        return new Line(mark, sign, Columns.clean(Headlines.verdict(receipt)), "");
    }

    /** Takes an entry in and returns the line that remains of it, or a line without head if none does. */
    Line take(Entry entry) {
        String step = Columns.clean(entry.step());
        return switch (entry.kind()) {
            case STEP_STARTED -> {
                running.put(entry.step(), new RunningStep(entry.step(), entry.at()));
                startedAt.put(entry.step(), entry.at());
                yield new Line(Mark.QUIET, "", "", "");
            }
            case FACT -> {
                facts.computeIfAbsent(entry.step(), name -> new TreeMap<>()).put(entry.name(), entry.value());
                yield new Line(Mark.QUIET, "", "", "");
            }
            case COUNT -> {
                facts.computeIfAbsent(entry.step(), name -> new TreeMap<>())
                        .merge(entry.name(), entry.value(), Facts::sum);
                yield new Line(Mark.QUIET, "", "", "");
            }
            case WARNING -> new Line(Mark.WARNED, glyphs.warned(), step + ": " + Columns.clean(entry.value()), "");
            case STEP_DONE -> ended(entry, Mark.DONE, glyphs.done(), known(entry));
            case STEP_SKIPPED -> ended(entry, Mark.QUIET, glyphs.skipped(), "was done before");
            case STEP_FAILED -> ended(entry, Mark.FAILED, glyphs.failed(), Columns.clean(entry.value()));
            case STEP_BLOCKED ->
                ended(
                        entry,
                        Mark.QUIET,
                        glyphs.blocked(),
                        "not begun, since " + Columns.clean(entry.value()) + " failed");
            case STEP_UNDONE -> ended(entry, Mark.QUIET, glyphs.undone(), "undone");
            case STEP_UNCHANGED -> ended(entry, Mark.QUIET, glyphs.undone(), "nothing to undo");
            case STEP_IRREVERSIBLE ->
                ended(entry, Mark.WARNED, glyphs.warned(), "cannot be undone: " + Columns.clean(entry.value()));
            case BRACKET_ENDED -> ended(entry, Mark.DONE, glyphs.done(), "ended");
            case BRACKET_LEFT -> ended(entry, Mark.WARNED, glyphs.warned(), Columns.clean(entry.value()));
            case KEPT, RUN_STARTED, RUN_RESUMED, RUN_DONE, RUN_FAILED, RUN_UNDONE -> new Line(Mark.QUIET, "", "", "");
        };
    }

    private Line ended(Entry entry, Mark mark, String sign, String rest) {
        running.remove(entry.step());
        Instant start = startedAt.remove(entry.step());
        String time = start == null ? "" : "  " + Figures.duration(Duration.between(start, entry.at()));
        return new Line(mark, sign, Columns.clean(entry.step()) + time, rest);
    }

    private String known(Entry entry) {
        return Headlines.facts(facts.getOrDefault(entry.step(), Map.of()));
    }
}
