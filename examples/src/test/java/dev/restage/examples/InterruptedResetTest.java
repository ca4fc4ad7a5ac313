package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Restage;
import dev.restage.plan.ResetPlan;
import dev.restage.run.Receipt;
import dev.restage.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reset whose process is killed in the middle, and what a second process makes of it. */
class InterruptedResetTest {

    private static final long LONGEST_WAIT_SECONDS = 240;

    @TempDir
    private Path folder;

    /** Runs a plan in a process of its own, for the test to kill. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws IOException {
            ResetPlan plan = ResetPlan.fromJson(Files.readString(Path.of(arguments[0])));
            try (Restage restage = Restage.create()) {
                restage.run(restage.preview(plan));
            }
        }
    }

    @Test
    void aKilledResetIsResumedToTheSameEnd() throws IOException, InterruptedException {
        try (Sandbox sandbox = Sandbox.start();
                Restage restage = Acme.restage(sandbox)) {
            Map<String, Object> production = production(sandbox);
            Path plan = Files.writeString(
                    folder.resolve("plan.json"), Acme.reset(sandbox).toJson());
            for (String step : List.of("closed", "copy-database", "rewrite-sites", "restart")) {
                String runId = killedAt(step, sandbox, plan);

                Receipt receipt = restage.resume(runId);

                assertThat(receipt.succeeded()).as(step).isTrue();
                assertThat(receipt.intact()).as(step).isTrue();
                assertThat(Outcome.of(sandbox).toString()).as(step).doesNotContain("FAIL");
            }
            assertThat(production(sandbox)).isEqualTo(production);
        }
    }

    private static Map<String, Object> production(Sandbox sandbox) throws IOException {
        try {
            return Fingerprint.ofProduction(sandbox);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the run that was killed as soon as its journal named a step} */
    private static String killedAt(String step, Sandbox sandbox, Path plan) throws IOException, InterruptedException {
        Path runs =
                Path.of(sandbox.variables().getOrDefault("RESTAGE_HOME", "")).resolve("runs");
        List<Path> known = journals(runs);
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                plan.toString());
        builder.environment().putAll(sandbox.variables());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
            while (System.nanoTime() < deadline && process.isAlive()) {
                for (Path journal : journals(runs)) {
                    if (!known.contains(journal)
                            && Files.readString(journal).contains("\"STEP_STARTED\",\"step\":\"" + step + "\"")) {
                        return String.valueOf(journal.getName(journal.getNameCount() - 2));
                    }
                }
                // Looked at often enough to kill it within the step, and without taking its processor.
                Thread.sleep(2);
            }
            throw new AssertionError("the reset never came to %s and is %s"
                    .formatted(step, process.isAlive() ? "still running" : "over: " + process.exitValue()));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<Path> journals(Path runs) throws IOException {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(runs)) {
            return found.filter(file -> file.endsWith("journal.jsonl")).toList();
        }
    }
}
