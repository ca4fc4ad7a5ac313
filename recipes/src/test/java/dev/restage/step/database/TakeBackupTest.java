package dev.restage.step.database;

import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Step;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.SnapshotId;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Changes.Accident;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TakeBackupTest {

    private static final Incomplete HALF_FILLED =
            new Incomplete(Trial.NOW, "a copy of production", new SnapshotId("b000"), Map.of());

    private final Step step = new TakeBackup(TARGET);
    private final World world = new World();

    @TempDir
    private Path home;

    @Test
    void changesNothingButTheDatabase() {
        assertThat(Trial.access(step)).isEqualTo("reads [] writes [fake:target] tells []");
    }

    @Test
    void saysHowManyBackupsThereAre() {
        world.target.snapshots.put("b001", "older");
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.changes()).containsExactly("fake:target will be backed up; it has 1 backups now");
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void recordsTheBackupAndItsSize() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("snapshot", "b001", "bytes", "1234567"));
        }
        assertThat(world.target.snapshots).isEqualTo(Map.of("b001", "target"));
    }

    @Test
    void takesNoSecondBackupWhenTheRunGoesOn() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff();
            world.target.content = "half filled";

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.target.snapshots).hasSize(1);
    }

    @Test
    void failsWhenTheBackupIsGone() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff();
            world.target.snapshots.clear();

            assertThat(trial.failsToResume()).hasMessageContaining("what it is for is not true afterwards");
        }
    }

    @Test
    void undoRestoresTheBackup() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.run();
            world.target.content = "masked source";
            trial.undo();
        }
        assertThat(world.target.content).isEqualTo("target");
    }

    @Test
    void undoFailsWhenTheBackupIsGone() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.run();
            world.target.snapshots.clear();

            assertThat(trial.failsToUndo()).hasMessageContaining("there is no snapshot b001");
        }
        assertThat(world.target.content).isEqualTo("target");
    }

    @Test
    void undoDoesNothingIfNoBackupWasTaken() {
        world.changes.goWrong(1, Accident.BEFORE);
        try (Trial trial = Trial.of(world, home, step)) {
            trial.fails();
            trial.undo();
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Accident.class)
    void theWayBackIsOneOfTheSameStateAfterAnAccident(Accident accident) {
        world.changes.goWrong(1, accident);
        try (Trial trial = Trial.of(world, home, step)) {
            trial.fails();
            trial.resume();
            world.target.content = "masked source";
            trial.undo();
        }
        assertThat(world.target.content).isEqualTo("target");
    }

    @Test
    void ofADatabaseThatAnEarlierRunLeftHalfFilledTheStateBeforeThatRunCounts() {
        world.target.content = "half filled";
        world.target.snapshots.put("b000", "as it was");
        world.target.incomplete = HALF_FILLED;
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.decision().changes()).isEmpty();
            assertThat(trial.decision().notes())
                    .containsExactly(
                            "fake:target is incomplete since 2026-11-30T10:00:00Z, not yet a copy of production;"
                                    + " its state before is the snapshot b000, and so is not backed up as it is");
            assertThat(trial.run().facts()).containsEntry("snapshot", "b000");
            trial.undo();
        }
        assertThat(world.target.snapshots).hasSize(1);
        assertThat(world.target.content).isEqualTo("as it was");
    }

    @Test
    void aHalfFilledDatabaseWithoutAStateBeforeIsBackedUpAsItIs() {
        world.target.incomplete = new Incomplete(Trial.NOW, "a copy of production", null, Map.of());
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.changes()).containsExactly("fake:target will be backed up; it has 0 backups now");
            assertThat(trial.run().facts()).containsEntry("snapshot", "b001");
        }
    }
}
