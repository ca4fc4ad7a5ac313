package dev.restage.aws.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Syncs by each way in turn, and prints medians and ratios. Arguments: rounds, latency in ms, a regular
 * expression for the names of jobs. */
final class Benchmark {

    private static final String AWS = "aws s3 sync";
    private static final String RCLONE = "rclone sync, tuned";
    private static final String STARTED = "Restage, JVM start included";
    private static final String EMBEDDED = "Restage, embedded";

    private final Programs programs;
    private final Path folder;

    private Benchmark(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("restage-bench");
        try (Programs programs = Programs.start(Integer.parseInt(arguments[1]), folder)) {
            Benchmark benchmark = new Benchmark(programs, folder);
            for (Job job : Job.ALL) {
                if (Pattern.compile(arguments[2]).matcher(job.name()).find()) {
                    benchmark.run(job, rounds);
                }
            }
        } finally {
            delete(folder);
        }
    }

    private void run(Job job, int rounds) throws IOException, InterruptedException {
        if (job.atTarget() > 0) {
            // There was a sync before, which has left its journal.
            prepare(job);
            programs.embedded("s3://" + Job.SOURCE, "s3://" + Job.TARGET);
        }
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String way : List.of(AWS, RCLONE, STARTED, EMBEDDED)) {
                if (programs.has(way.replaceFirst(" .*", ""))) {
                    times.computeIfAbsent(way, each -> new ArrayList<>()).add(measure(job, way));
                }
            }
        }
        report(job, times);
    }

    private double measure(Job job, String way) throws IOException, InterruptedException {
        prepare(job);
        String source = "s3://" + Job.SOURCE;
        String target = job.download() ? folder.resolve("files").toString() : "s3://" + Job.TARGET;
        String address = job.download() ? "file:" + target : target;
        double seconds = switch (way) {
            case AWS -> programs.aws(source, target);
            case RCLONE -> programs.rclone(source, target);
            case STARTED -> programs.started(source, address);
            default -> programs.embedded(source, address);
        };
        String requests = programs.server("requests");
        boolean right = job.download()
                ? files(Path.of(target)) == job.atSource()
                : programs.server("same").equals("true");
        if (!right) {
            throw new IllegalStateException("after %s the target is not like the source".formatted(way));
        }
        System.out.printf(Locale.ROOT, "%s, %s: %.2f s %s%n", job.name(), way, seconds, requests);
        return seconds;
    }

    private void prepare(Job job) throws IOException {
        programs.server("fill " + Job.SOURCE + " " + job.atSource());
        programs.server("fill " + Job.TARGET + " " + job.atTarget());
        if (job.changed() > 0) {
            // So that the changed objects are newer, to the second, by which the AWS CLI finds them.
            pause();
            programs.server("change " + job.changed());
        }
        delete(folder.resolve("files"));
        Files.createDirectories(folder.resolve("files"));
        programs.server("requests");
    }

    private static void pause() {
        try {
            Thread.sleep(1100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void report(Job job, Map<String, List<Double>> times) {
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((way, all) -> medians.put(way, median(all)));
        System.out.println();
        medians.forEach((way, seconds) -> System.out.printf(
                Locale.ROOT, "| %s | %s | %.2f |%s |%n", job.name(), way, seconds, ratios(job, way, medians)));
        System.out.println();
    }

    private static String ratios(Job job, String way, Map<String, Double> medians) {
        double ours = medians.getOrDefault(way, 0.0);
        double aws = medians.getOrDefault(AWS, 0.0);
        double rclone = medians.getOrDefault(RCLONE, 0.0);
        return switch (way) {
            case STARTED -> aws == 0 ? "" : ratio(AWS, ours / aws, job.goal());
            case EMBEDDED ->
                (aws == 0 ? "" : " %s: %.2f".formatted(AWS, ours / aws))
                        + (rclone == 0 ? "" : ratio(RCLONE, ours / rclone, 1));
            default -> "";
        };
    }

    private static String ratio(String other, double ratio, double goal) {
        return String.format(Locale.ROOT, " %s: %.2f (%.2f)%s", other, ratio, goal, ratio > goal ? " MISSED" : "");
    }

    private static double median(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg")).count();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
