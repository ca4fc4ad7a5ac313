package dev.restage.report;

import dev.restage.run.Entry;
import dev.restage.run.Receipt;
import dev.restage.run.StepRecord;
import dev.restage.run.StepRecord.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The short forms in which a step and a run are told. */
final class Headlines {

    /** A longer value is no headline; the report shows it in full. */
    private static final int LONGEST_VALUE = 32;

    private Headlines() {}

    /** The facts worth a place on one line, figures first: {@code rows 34 000, masked 12 000}. */
    static String facts(Map<String, String> facts) {
        return facts.entrySet().stream()
                // how it was before matters less than how it is now
                .filter(fact -> !fact.getKey().endsWith("before"))
                .filter(fact -> !fact.getValue().isBlank()
                        && fact.getValue().length() <= LONGEST_VALUE
                        && fact.getValue().indexOf('\n') < 0)
                .sorted(Comparator.comparing(
                                (Map.Entry<String, String> fact) -> Figures.isNumber(fact.getValue()) ? 0 : 1)
                        .thenComparing(Map.Entry::getKey))
                .map(fact -> Columns.clean(words(fact.getKey()) + " " + Figures.fact(fact.getKey(), fact.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** A fact's name as words. */
    static String words(String name) {
        return name.replace('.', ' ').replace('-', ' ');
    }

    static Duration duration(StepRecord step, Instant now) {
        return Duration.between(step.startedAt(), Objects.requireNonNullElse(step.endedAt(), now));
    }

    static Duration duration(Receipt receipt) {
        return receipt.entries().isEmpty() ? Duration.ZERO : Duration.between(receipt.startedAt(), receipt.endedAt());
    }

    static boolean undone(Receipt receipt) {
        List<Entry> entries = receipt.entries();
        return !entries.isEmpty() && entries.get(entries.size() - 1).kind() == Entry.Kind.RUN_UNDONE;
    }

    /** How the run ended, in one line. */
    static String verdict(Receipt receipt) {
        String how = receipt.succeeded() ? "succeeded" : undone(receipt) ? "was undone" : "failed";
        long done = receipt.steps().stream()
                .filter(step -> step.outcome() == Outcome.DONE
                        || step.outcome() == Outcome.SKIPPED
                        || step.outcome() == Outcome.ENDED)
                .count();
        int warnings = receipt.warnings().size();
        return "%s %s in %s: %d of %d steps done%s"
                .formatted(
                        receipt.runId(),
                        how,
                        Figures.duration(duration(receipt)),
                        done,
                        receipt.steps().size(),
                        warnings == 0 ? "" : warnings == 1 ? ", 1 warning" : ", " + warnings + " warnings");
    }
}
