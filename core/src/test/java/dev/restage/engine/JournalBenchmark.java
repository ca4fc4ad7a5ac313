package dev.restage.engine;

import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a run of a hundred steps that do nothing costs, one after the other.
 * Run {@link #main} with a folder on the disk that is asked about.
 */
final class JournalBenchmark {

    private static final int STEPS = 100;
    private static final int ROUNDS = 9;

    private JournalBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        WatchedStore store = new WatchedStore(home, new WatchedStore.Watcher() {});
        long[] millis = new long[ROUNDS];
        try (Restage restage = Stage.open(new World(), home, store)) {
            for (int round = 0; round < ROUNDS; round++) {
                PlanPreview preview = restage.preview(plan());
                long before = System.nanoTime();
                restage.run(preview);
                millis[round] = (System.nanoTime() - before) / 1_000_000;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "%d empty steps: %d ms in the middle, %d to %d; %.1f syncs and %.1f writes a run%n",
                STEPS,
                millis[ROUNDS / 2],
                millis[0],
                millis[ROUNDS - 1],
                (double) store.syncs.get() / ROUNDS,
                (double) store.appends.get() / ROUNDS);
    }

    private static ResetPlan plan() {
        ResetPlan.Builder plan = Stage.plan();
        for (int i = 0; i < STEPS; i++) {
            String[] after = i == 0 ? new String[0] : new String[] {"step " + (i - 1)};
            plan.add("step " + i, Step.of("nothing", context -> {}), after);
        }
        return plan.build();
    }
}
