package dev.restage.report;

import dev.restage.run.Receipt;
import dev.restage.run.StepRecord;
import dev.restage.run.StepRecord.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Steps over time, in per cent of the run. */
final class Timeline {

    private static final int[] SPACINGS = {1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400};
    private static final int MOST_TICKS = 7;

    /** A bar: where it begins and how long it is, in per cent. */
    record Row(String name, String tone, String outcome, String from, String length, String time) {}

    /** A mark on the axis. */
    record Tick(String at, String label) {}

    private Timeline() {}

    static List<Row> rows(Receipt receipt) {
        return receipt.steps().stream()
                .filter(step -> step.outcome() != Outcome.BLOCKED)
                .map(step -> row(step, receipt))
                .toList();
    }

    static List<Tick> ticks(Receipt receipt) {
        long seconds = Headlines.duration(receipt).toSeconds();
        int spacing = SPACINGS[SPACINGS.length - 1];
        for (int candidate : SPACINGS) {
            if (seconds / candidate < MOST_TICKS) {
                spacing = candidate;
                break;
            }
        }
        List<Tick> ticks = new ArrayList<>();
        // the label needs room to the right of its mark
        for (long second = 0; second < seconds * 0.88; second += spacing) {
            ticks.add(new Tick(percent(second * 1000, seconds * 1000), Figures.clock(Duration.ofSeconds(second))));
        }
        return ticks;
    }

    static String tone(StepRecord step) {
        return switch (step.outcome()) {
            case DONE, ENDED -> step.warnings().isEmpty() ? "good" : "warned";
            case FAILED -> "bad";
            case RUNNING, IRREVERSIBLE, LEFT -> "warned";
            case SKIPPED, BLOCKED, UNDONE, UNCHANGED -> "quiet";
        };
    }

    private static Row row(StepRecord step, Receipt receipt) {
        long whole = Headlines.duration(receipt).toMillis();
        Instant end = step.endedAt() == null ? receipt.endedAt() : step.endedAt();
        long from = Duration.between(receipt.startedAt(), step.startedAt()).toMillis();
        Duration took = Duration.between(step.startedAt(), end);
        return new Row(
                step.name(),
                tone(step),
                ReportPage.outcome(step),
                percent(from, whole),
                percent(took.toMillis(), whole),
                Figures.duration(took));
    }

    private static String percent(long part, long whole) {
        double share = whole <= 0 ? 0 : Math.max(0, Math.min(1, (double) part / whole));
        return String.format(Locale.ROOT, "%.2f", share * 100);
    }
}
