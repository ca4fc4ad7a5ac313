package dev.restage.step.app;

import static dev.restage.trial.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Step;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stopping what would write meanwhile, and starting it again. */
class WorkersTest {

    private static final Map<String, Integer> USUAL = Map.of("web", 2, "worker", 3, "clock", 1, "idle", 0);

    private final Step stop = new StopWorkers(APP, Set.of("web"));
    private final World world = usual();

    @TempDir
    private Path home;

    private static World usual() {
        World world = new World();
        world.app.formation.putAll(USUAL);
        return world;
    }

    @Test
    void changesNothingButTheApp() {
        assertThat(Trial.access(stop)).isEqualTo("reads [] writes [fake:app] tells []");
        assertThat(Trial.access(new StartWorkers(APP, "stop"))).isEqualTo("reads [] writes [fake:app] tells []");
    }

    @Test
    void saysWhatWillBeStopped() {
        try (Trial trial = Trial.of(world, home, stop)) {
            assertThat(trial.changes()).containsExactly("fake:app will stop clock=1 worker=3");
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void saysThatNothingHasToBeStopped() {
        try (Trial trial = Trial.of(world, home, new StopWorkers(APP, Set.of("web", "worker", "clock")))) {
            assertThat(trial.decision().changes()).isEmpty();
            assertThat(trial.decision().notes()).containsExactly("no process of fake:app has to be stopped");
            assertThat(trial.run().facts()).isEqualTo(Map.of("before", "", "after", ""));
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void stopsAllThatRunsButWhatStays() {
        try (Trial trial = Trial.of(world, home, stop)) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of("before", "clock=1 worker=3", "after", "clock=0 worker=0"));
        }
        assertThat(world.app.formation).containsAllEntriesOf(Map.of("web", 2, "worker", 0, "clock", 0, "idle", 0));
    }

    @Test
    void stopsWhatSomebodyHasStartedMeanwhile() {
        try (Trial trial = Trial.of(world, home, stop)) {
            trial.runAndBreakOff();
            world.app.formation.put("worker", 1);
            trial.resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.DONE);
            assertThat(trial.facts()).containsEntry("before", "clock=1 worker=3");
        }
        assertThat(world.app.formation).containsEntry("worker", 0);
    }

    @Test
    void doesNotStopTwice() {
        try (Trial trial = Trial.of(world, home, stop)) {
            trial.runAndBreakOff().resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.changes.made()).containsExactly("scale {clock=0, worker=0}");
    }

    @Test
    void undoStartsAsManyAsRanBefore() {
        try (Trial trial = Trial.of(world, home, stop)) {
            trial.run().undo();
        }
        assertThat(world.app.formation).isEqualTo(USUAL);
    }

    @Test
    void undoStartsNothingIfNothingRan() {
        world.app.formation.putAll(Map.of("worker", 0, "clock", 0));
        try (Trial trial = Trial.of(world, home, stop)) {
            trial.run().undo();
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void theWayBackSurvivesAccidents() {
        int changes = Trial.survivesAccidents(
                home,
                WorkersTest::usual,
                stop,
                Map.of(),
                after -> assertThat(after.app.formation)
                        .containsEntry("worker", 0)
                        .containsEntry("clock", 0));

        assertThat(changes).isEqualTo(1);
    }

    @Test
    void startsWhatAnotherStepHasStopped() {
        world.app.formation.putAll(Map.of("worker", 0, "clock", 0));
        try (Trial trial = Trial.of(
                world,
                home,
                new StartWorkers(APP, "stop-workers"),
                Map.of("stop-workers", Map.of("before", "clock=1 worker=3")))) {
            assertThat(trial.changes()).containsExactly("fake:app will start again what stop-workers stopped");
            trial.runAndBreakOff().resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.app.formation).isEqualTo(USUAL);
        assertThat(world.changes.made()).hasSize(1);
    }

    @Test
    void startsAgainWhatHasStoppedMeanwhile() {
        try (Trial trial =
                Trial.of(world, home, new StartWorkers(APP, "stop"), Map.of("stop", Map.of("before", "worker=3")))) {
            trial.runAndBreakOff();
            world.app.formation.put("worker", 0);

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(world.app.formation).containsEntry("worker", 3);
    }

    @ParameterizedTest
    @CsvSource({"stop, ''", "another, worker=3"})
    void startsNothingIfThatStepStoppedNothingOrIsNotInThePlan(String step, String before) {
        try (Trial trial =
                Trial.of(world, home, new StartWorkers(APP, "stop"), Map.of(step, Map.of("before", before)))) {
            trial.run();
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void startingSurvivesAccidents() {
        Trial.survivesAccidents(
                home,
                World::new,
                new StartWorkers(APP, "stop"),
                Map.of("stop", Map.of("before", "worker=3")),
                after -> assertThat(after.app.formation).containsEntry("worker", 3));
    }

    @Test
    void aFormationIsTheSameAfterAWayThroughAFact() {
        assertThat(Formation.write(USUAL)).isEqualTo("clock=1 idle=0 web=2 worker=3");
        assertThat(Formation.read(Formation.write(USUAL))).isEqualTo(USUAL);
        assertThat(Formation.read("")).isEmpty();
        assertThat(Formation.write(Map.of())).isEmpty();
    }
}
