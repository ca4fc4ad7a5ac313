package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.restage.Put;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.RestageException;
import dev.restage.run.RunState;
import dev.restage.store.RunLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The n-th write to the journal fails, for each n until a run passes. */
@Timeout(120)
class FailingStoreTest {

    private static final Map<String, String> BEFORE = Map.of("a", "old a", "b", "old b");
    private static final Map<String, String> AFTER = Map.of("a", "new", "b", "new");

    /** How a write fails. */
    enum Failure {
        NOTHING_WRITTEN,
        HALF_WRITTEN,
        NOT_ON_DISK
    }

    @TempDir
    private Path home;

    @ParameterizedTest
    @EnumSource(Failure.class)
    void whicheverWriteFailsTheRunIsResumed(Failure failure) {
        for (int n = 1; !runs(failure, n, Restage::resume, AFTER); n++) {
            assertThat(n).isLessThan(100);
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void whicheverWriteFailsTheRunIsUndone(Failure failure) {
        for (int n = 1; !runs(failure, n, Restage::undo, BEFORE); n++) {
            assertThat(n).isLessThan(100);
        }
    }

    /** Repairs a run that failed. */
    private interface Repair {
        Object with(Restage restage, String runId);
    }

    /** Whether the run passed, because it made fewer writes. */
    private boolean runs(Failure failure, int n, Repair repair, Map<String, String> expected) {
        World world = new World();
        world.values.putAll(BEFORE);
        Path folder = home.resolve("failing at " + n);
        RestageException thrown;
        try (Restage restage = Stage.open(world, folder, new WatchedStore(folder, failingAt(failure, n)))) {
            PlanPreview preview = restage.preview(plan());
            thrown = catchThrowableOfType(RestageException.class, () -> restage.run(preview));
        }
        if (thrown == null) {
            assertThat(n).isGreaterThan(3);
            return true;
        }
        assertThat(thrown.getMessage())
                .as("write %d", n)
                .containsOnlyOnce("cannot be written")
                .contains("No space left on device");
        try (Restage restage = Stage.open(world, folder)) {
            String runId = restage.runs().get(0).id();
            RunState state = restage.runs().get(0).state();
            if (expected.equals(AFTER) && state == RunState.DONE) {
                // its last line is there, only nobody knows whether it would outlive the machine
                assertThat(world.values).isEqualTo(AFTER);
            } else if (restage.runs().get(0).startedAt() == null) {
                assertThat(world.values).as("it has not begun").isEqualTo(BEFORE);
            } else {
                repair.with(restage, runId);
                assertThat(world.values).as("write %d", n).isEqualTo(expected);
                assertThat(restage.receipt(runId).intact()).isTrue();
            }
        }
        return false;
    }

    private static WatchedStore.Watcher failingAt(Failure failure, int n) {
        AtomicInteger count = new AtomicInteger();
        return new WatchedStore.Watcher() {
            @Override
            public void before(RunLog log, long length, byte[] entry) throws IOException {
                if (failure != Failure.NOT_ON_DISK && count.incrementAndGet() == n) {
                    if (failure == Failure.HALF_WRITTEN) {
                        log.append(length, Arrays.copyOf(entry, entry.length / 2));
                    }
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void syncing() throws IOException {
                if (failure == Failure.NOT_ON_DISK && count.incrementAndGet() == n) {
                    throw new IOException("No space left on device");
                }
            }
        };
    }

    private static ResetPlan plan() {
        return Stage.plan("a", "b")
                .add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .build();
    }
}
