package dev.restage.postgres.bench;

import static dev.restage.postgres.bench.BenchmarkOptions.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Medians of all rounds, with the ratios to other ways beside the goals. */
final class Report {

    private static final double CLIENT_SECONDS_PER_GIGABYTE = 2.5;

    private Report() {}

    static String of(Map<Way, List<Measurement>> results) {
        Map<String, List<Measurement>> byName = results.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
        List<String> lines = new ArrayList<>();
        lines.add("| way | wall s | CPU s | client | source | target | heap MB | wall as a ratio to (goal) |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- | --- |");
        results.forEach((way, measurements) -> lines.add("| "
                + String.join(
                        " | ",
                        way.name(),
                        number(Measurement.median(measurements, Measurement::wall)),
                        number(Measurement.median(measurements, Measurement::cpu)),
                        number(Measurement.median(measurements, Measurement::client)),
                        number(Measurement.median(measurements, Measurement::source)),
                        number(Measurement.median(measurements, Measurement::target)),
                        heap(measurements),
                        ratios(way, measurements, byName))
                + " |"));
        return String.join("\n", lines);
    }

    /** What our own clients need for each gigabyte that goes through them. */
    static String ofClients(Map<Way, List<Measurement>> results, double gigabytes) {
        return results.entrySet().stream()
                .filter(entry -> !heap(entry.getValue()).isEmpty())
                .map(entry -> "%s: %s client CPU s per GB of COPY text (goal: %s)"
                        .formatted(
                                entry.getKey().name(),
                                number(Measurement.median(entry.getValue(), Measurement::client) / gigabytes),
                                number(CLIENT_SECONDS_PER_GIGABYTE)))
                .collect(Collectors.joining("\n"));
    }

    private static String heap(List<Measurement> measurements) {
        double most = measurements.stream().mapToDouble(Measurement::heap).max().orElse(0);
        return most == 0 ? "" : number(most);
    }

    private static String ratios(Way way, List<Measurement> own, Map<String, List<Measurement>> all) {
        double wall = Measurement.median(own, Measurement::wall);
        List<String> ratios = new ArrayList<>();
        new TreeMap<>(way.goals()).forEach((peer, goal) -> {
            List<Measurement> measured = all.get(peer);
            if (measured != null) {
                double ratio = wall / Measurement.median(measured, Measurement::wall);
                ratios.add(
                        "%s: %s (%s)%s".formatted(peer, number(ratio), number(goal), ratio <= goal ? "" : " MISSED"));
            }
        });
        return String.join(", ", ratios);
    }
}
