package dev.restage.run;

import dev.restage.plan.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step in a run.
 *
 * @param name the step
 * @param outcome how it ended
 * @param startedAt when it began
 * @param endedAt when it ended; null while it runs, or if the run died in it
 * @param facts what it recorded
 * @param warnings what it warned of
 * @param message why it failed or did not begin; empty otherwise
 */
public record StepRecord(
        String name,
        Outcome outcome,
        Instant startedAt,
        @Nullable Instant endedAt,
        Map<String, String> facts,
        List<String> warnings,
        String message) {

    /** How a step ended. */
    public enum Outcome {
        /** It has begun and not ended. */
        RUNNING,
        /** It ended well. */
        DONE,
        /** It was done before, and still held. */
        SKIPPED,
        /** It failed. */
        FAILED,
        /** It did not begin because one that it depends on had failed. */
        BLOCKED,
        /** It was undone. */
        UNDONE,
        /** There was nothing of it to undo. */
        UNCHANGED,
        /** It changed something that cannot be undone. */
        IRREVERSIBLE,
        /** A bracket that was closed. */
        ENDED,
        /** A bracket that stays open. */
        LEFT
    }

    /**
     * Copies the collections.
     *
     * @param name the step
     * @param outcome how it ended
     * @param startedAt when it began
     * @param endedAt when it ended; null while it runs, or if the run died in it
     * @param facts what it recorded
     * @param warnings what it warned of
     * @param message why it failed or did not begin; empty otherwise
     */
    public StepRecord {
        facts = Map.copyOf(facts);
        warnings = List.copyOf(warnings);
    }

    static StepRecord begun(Entry entry) {
        return new StepRecord(entry.step(), Outcome.RUNNING, entry.at(), null, Map.of(), List.of(), "");
    }

    StepRecord with(Entry entry) {
        return switch (entry.kind()) {
            case STEP_STARTED -> new StepRecord(name, Outcome.RUNNING, startedAt, null, facts, warnings, "");
            case FACT -> {
                Map<String, String> more = new TreeMap<>(facts);
                more.put(entry.name(), entry.value());
                yield new StepRecord(name, outcome, startedAt, endedAt, more, warnings, message);
            }
            case COUNT -> {
                Map<String, String> more = new TreeMap<>(facts);
                more.merge(entry.name(), entry.value(), Facts::sum);
                yield new StepRecord(name, outcome, startedAt, endedAt, more, warnings, message);
            }
            case WARNING -> {
                List<String> more = new ArrayList<>(warnings);
                more.add(entry.value());
                yield new StepRecord(name, outcome, startedAt, endedAt, facts, more, message);
            }
            case STEP_DONE -> ended(Outcome.DONE, entry);
            case STEP_SKIPPED -> ended(Outcome.SKIPPED, entry);
            case STEP_FAILED -> ended(Outcome.FAILED, entry);
            case STEP_BLOCKED -> ended(Outcome.BLOCKED, entry);
            case STEP_UNDONE -> ended(Outcome.UNDONE, entry);
            case STEP_UNCHANGED -> ended(Outcome.UNCHANGED, entry);
            case STEP_IRREVERSIBLE -> ended(Outcome.IRREVERSIBLE, entry);
            case BRACKET_ENDED -> ended(Outcome.ENDED, entry);
            case BRACKET_LEFT -> ended(Outcome.LEFT, entry);
            case KEPT, RUN_STARTED, RUN_RESUMED, RUN_DONE, RUN_FAILED, RUN_UNDONE -> this;
        };
    }

    private StepRecord ended(Outcome how, Entry entry) {
        return new StepRecord(name, how, startedAt, entry.at(), facts, warnings, entry.value());
    }
}
