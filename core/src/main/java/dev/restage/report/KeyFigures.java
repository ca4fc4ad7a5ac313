package dev.restage.report;

import dev.restage.run.StepRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The few numbers of a run that everybody asks for, taken from facts by their names. */
final class KeyFigures {

    /**
     * A number and what it counts.
     *
     * @param number the number for people
     * @param label what it counts
     */
    record Figure(String number, String label) {}

    private static final Map<String, Set<String>> LABELS = new LinkedHashMap<>();

    static {
        LABELS.put("rows copied", Set.of("rows", "rows.copied"));
        LABELS.put("values masked", Set.of("masked", "values.masked"));
        LABELS.put("media files copied", Set.of("objects.copied", "media.copied", "copied"));
        LABELS.put("branches merged", Set.of("merged", "branches.merged"));
        LABELS.put("cache entries purged", Set.of("purged", "keys.purged"));
    }

    private KeyFigures() {}

    static List<Figure> of(Collection<StepRecord> steps) {
        List<Figure> figures = new ArrayList<>();
        LABELS.forEach((label, names) -> {
            long sum = steps.stream()
                    .filter(step -> isAbout(label, step))
                    .flatMap(step -> step.facts().entrySet().stream())
                    .filter(fact -> names.contains(fact.getKey()))
                    .mapToLong(fact -> counted(fact.getValue()))
                    .sum();
            if (sum > 0) {
                figures.add(new Figure(Figures.count(sum), label));
            }
        });
        return figures;
    }

    /** Rows that a statement changed were not copied, and a branch merged elsewhere was not merged by the run. */
    private static boolean isAbout(String label, StepRecord step) {
        Set<String> names = step.facts().keySet();
        return switch (label) {
            case "rows copied" -> names.contains("rows.copied") || (names.contains("rows") && names.contains("tables"));
            case "branches merged" -> names.contains("branches.merged") || names.contains("head.after");
            default -> true;
        };
    }

    /** A number, or how many names a list has. */
    private static long counted(String value) {
        if (Figures.isNumber(value)) {
            return Long.parseLong(value);
        }
        if (value.isBlank() || value.equals("none") || value.equals("accepted")) {
            return 0;
        }
        Set<String> names = new LinkedHashSet<>(List.of(value.strip().split("\\s*[,\n]\\s*", -1)));
        return names.size();
    }
}
