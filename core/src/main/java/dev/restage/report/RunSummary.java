package dev.restage.report;

import dev.restage.run.Receipt;
import dev.restage.run.StepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The closing table of a run as plain text: what each step recorded, within 80 columns. */
public final class RunSummary {

    private static final int WIDTH = 80;
    private static final int LONGEST_NAME = 26;

    private RunSummary() {}

    /**
     * Writes the table.
     *
     * @param receipt what was done
     * @return lines of at most 80 columns: the verdict, one line per fact, warnings and failures
     */
    public static String of(Receipt receipt) {
        List<String> lines = new ArrayList<>();
        lines.add(Columns.fit(Columns.clean(Headlines.verdict(receipt)), WIDTH, "..."));
        lines.add("");
        int names = Math.min(
                LONGEST_NAME,
                receipt.steps().stream()
                        .mapToInt(step -> Columns.width(Columns.clean(step.name())))
                        .max()
                        .orElse(0));
        for (StepRecord step : receipt.steps()) {
            describe(step, names, lines);
        }
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static void describe(StepRecord step, int names, List<String> lines) {
        String outcome = step.outcome().name().toLowerCase(java.util.Locale.ROOT);
        String time = step.endedAt() == null ? "" : Figures.duration(Headlines.duration(step, step.startedAt()));
        lines.add(Columns.pad(Columns.fit(Columns.clean(step.name()), names, "..."), names) + "  "
                + Columns.pad(outcome, 8) + "  " + time);
        new TreeMap<>(step.facts()).forEach((name, value) -> lines.add(fact(name, value)));
        step.warnings().forEach(warning -> lines.addAll(wrapped("! ", warning)));
        if (!step.message().isBlank()) {
            lines.addAll(wrapped("", step.message()));
        }
    }

    private static String fact(String name, String value) {
        String[] all = value.strip().split("\n", -1);
        String shown =
                Figures.fact(name, all[0]) + (all.length > 1 ? " (and " + (all.length - 1) + " more lines)" : "");
        return Columns.fit(
                "    " + Columns.pad(Columns.clean(Headlines.words(name)), 20) + "  " + Columns.clean(shown),
                WIDTH,
                "...");
    }

    private static List<String> wrapped(String mark, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("    " + mark);
        for (String word : Columns.clean(text).split(" ", -1)) {
            if (Columns.width(line + word) > WIDTH
                    && line.toString().strip().length() > mark.strip().length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder("    " + " ".repeat(mark.length()));
            }
            line.append(Columns.fit(word, WIDTH - 6, "...")).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
