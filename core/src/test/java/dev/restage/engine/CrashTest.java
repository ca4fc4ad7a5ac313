package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Put;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.GuardException;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.StepRecord.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process may die between any two lines of its journal. What a run left then, on disk and in the world, is kept for each of these
 * moments, and another process goes on from it.
 */
@Timeout(120)
class CrashTest {

    private static final Map<String, String> BEFORE = Map.of("a", "old a", "b", "old b", "c", "old c");
    private static final Map<String, String> AFTER = Map.of("a", "new", "b", "new", "c", "new");

    /** What was there when a line had just been written. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of these
    private record Moment(byte[] journal, Map<String, String> values) {

        boolean endsWith(Kind kind) {
            String text = new String(journal, StandardCharsets.UTF_8).strip();
            return text.substring(text.lastIndexOf('\n') + 1).contains("\"" + kind + "\"");
        }
    }

    @TempDir
    private Path home;

    private final List<Moment> moments = new ArrayList<>();
    private String runId = "";

    @BeforeEach
    void runOnceAndKeepEachMoment() {
        World world = new World();
        world.values.putAll(BEFORE);
        Path folder = home.resolve("first");
        try (Restage restage = watching(world, folder, moments)) {
            runId = Stage.run(restage, plan()).runId();
        }
    }

    @Test
    void whateverTheMomentAResumeEndsTheRun() {
        assertThat(moments).hasSizeGreaterThan(10);
        for (int i = 0; i < moments.size() - 1; i++) {
            World world = new World();
            try (Restage restage = restart(i, world)) {
                Receipt receipt = restage.resume(runId);

                assertThat(receipt.succeeded()).as("line %d", i + 1).isTrue();
                assertThat(receipt.intact()).as("line %d", i + 1).isTrue();
                assertThat(world.values).as("line %d", i + 1).isEqualTo(AFTER);
                assertThat(receipt.kept("a", "before")).contains("old a");
                assertThat(receipt.kept("c", "before")).contains("old c");
                assertThat(world.locks).isEmpty();
            }
        }
    }

    @Test
    void whateverTheMomentAnUndoPutsEverythingBack() {
        for (int i = 0; i < moments.size(); i++) {
            World world = new World();
            try (Restage restage = restart(i, world)) {
                Receipt receipt = restage.undo(runId);

                assertThat(world.values).as("line %d", i + 1).isEqualTo(BEFORE);
                assertThat(receipt.intact()).isTrue();
                assertThat(receipt.succeeded()).as("undone is no success").isFalse();
                assertThat(Stage.outcomes(receipt).values())
                        .isSubsetOf(Outcome.UNDONE, Outcome.UNCHANGED, Outcome.BLOCKED);
                assertThat(world.locks).isEmpty();
            }
        }
    }

    @Test
    void whateverTheMomentAnUndoIsTheEnd() {
        for (int i = 0; i < moments.size(); i++) {
            World world = new World();
            try (Restage restage = restart(i, world)) {
                restage.undo(runId);

                assertThatThrownBy(() -> restage.resume(runId))
                        .as("line %d", i + 1)
                        .isInstanceOf(GuardException.class);
                assertThatThrownBy(() -> restage.undo(runId)).isInstanceOf(GuardException.class);
                assertThat(world.values).isEqualTo(BEFORE);
            }
        }
    }

    @Test
    void asksTheWorldOfEachStepThatEndedBeforeTheCrash() {
        for (int i = 0; i < moments.size(); i++) {
            if (!moments.get(i).endsWith(Kind.STEP_DONE)) {
                continue;
            }
            World world = new World();
            try (Restage restage = restart(i, world)) {
                world.values.put("a", "disturbed meanwhile");

                Receipt receipt = restage.resume(runId);

                assertThat(world.values).isEqualTo(AFTER);
                assertThat(Stage.outcomes(receipt)).containsEntry("a", Outcome.DONE);
            }
        }
    }

    @Test
    void aSecondResumeIsRefused() {
        World world = new World();
        try (Restage restage = restart(moments.size() / 2, world)) {
            restage.resume(runId);
            world.writes.clear();

            assertThatThrownBy(() -> restage.resume(runId)).isInstanceOf(GuardException.class);

            assertThat(world.writes).isEmpty();
        }
    }

    @Test
    void aRunDiesHalfWayThroughItsUndoAndIsUndoneAllTheSame() {
        Moment end = moments.get(moments.size() - 1);
        assertThat(end.endsWith(Kind.RUN_DONE)).isTrue();
        World world = new World();
        List<Moment> undone = new ArrayList<>();
        Path folder = home.resolve("undo");
        put(folder, end.journal());
        world.values.putAll(end.values());
        try (Restage restage = watching(world, folder, undone)) {
            restage.undo(runId);
        }

        assertThat(undone).hasSize(4);
        for (int i = 0; i < undone.size() - 1; i++) {
            World other = new World();
            other.values.putAll(undone.get(i).values());
            Path next = home.resolve("undo " + i);
            put(next, undone.get(i).journal());
            try (Restage restage = Stage.open(other, next)) {
                restage.undo(runId);
                assertThat(other.values).isEqualTo(BEFORE);
            }
        }
    }

    /** Keeps what is there whenever a line has just been written. */
    private static Restage watching(World world, Path folder, List<Moment> moments) {
        return Stage.open(world, folder, new WatchedStore(folder, new WatchedStore.Watcher() {
            @Override
            public void after(String runId) {
                moments.add(new Moment(read(Stage.journal(folder, runId)), new HashMap<>(world.values)));
            }
        }));
    }

    /** Another process in the world as the first one left it. */
    private Restage restart(int moment, World world) {
        Path folder = home.resolve("again " + moment);
        put(folder, moments.get(moment).journal());
        world.values.putAll(moments.get(moment).values());
        return Stage.open(world, folder);
    }

    private void put(Path folder, byte[] journal) {
        try {
            Path file = Stage.journal(folder, runId);
            Files.createDirectories(file.getParent());
            Files.write(file, journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each step waits for the one before, so that each moment is one state of the world. */
    private static ResetPlan plan() {
        return Stage.plan("a", "b", "c")
                .add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"), "a")
                .add("c", new Put("fake:c", "new"), "b")
                .build();
    }
}
