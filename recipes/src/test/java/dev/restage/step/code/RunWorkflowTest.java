package dev.restage.step.code;

import static dev.restage.trial.World.CODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Step;
import dev.restage.provider.code.WorkflowRun;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Changes.Accident;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunWorkflowTest {

    private final Step step =
            new RunWorkflow(CODE, "flightpath.yml", "main", Map.of("from", "production"), Duration.ofMinutes(5));
    private final World world = new World();

    @TempDir
    private Path home;

    @Test
    void changesNothingButTheRepository() {
        assertThat(Trial.access(step)).isEqualTo("reads [] writes [fake:code#staging] tells []");
    }

    @Test
    void saysWhatWillRunAndStartsNothingYet() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.changes())
                    .containsExactly("fake:code#staging will run the workflow flightpath.yml of main");
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void startsItWithItsInputsAndKeepsWhatItSaid() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of("run", "17", "url", "https://ci.example/17", "log", "the end of the log"));
        }
        assertThat(world.changes.made()).containsExactly("dispatch flightpath.yml of main with {from=production}");
    }

    @ParameterizedTest
    @CsvSource({"FAILED, failed", "RUNNING, has not ended after 300 s"})
    void failsWhenTheWorkflowDoesNotEndWell(WorkflowRun.State ends, String words) {
        world.code.ends = ends;
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.fails())
                    .hasMessageContaining(
                            "the workflow flightpath.yml of fake:code#staging %s: look at https://ci.example/17"
                                    .formatted(words));
            assertThat(trial.facts()).containsOnlyKeys("run");
        }
    }

    @Test
    void goesOnWaitingForTheWorkflowThatItHasStarted() {
        world.code.ends = WorkflowRun.State.RUNNING;
        try (Trial trial = Trial.of(world, home, step)) {
            trial.fails();
            world.code.ends = WorkflowRun.State.SUCCEEDED;

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(world.changes.made()).hasSize(1);
    }

    @Test
    void startsItAnewWhenItHasFailed() {
        world.code.ends = WorkflowRun.State.FAILED;
        try (Trial trial = Trial.of(world, home, step)) {
            trial.fails();
            trial.failsToResume();
            assertThat(world.changes.made()).as("each attempt has one run").hasSize(2);
        }
    }

    @Test
    void startsItWhenItWasNotStarted() {
        world.changes.goWrong(1, Accident.BEFORE);
        try (Trial trial = Trial.of(world, home, step)) {
            trial.fails();

            assertThat(trial.resume().facts()).containsEntry("run", "17");
        }
        assertThat(world.changes.made()).hasSize(1);
    }

    @Test
    void isNotStartedAgainWhenTheRunGoesOn() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff().resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.changes.made()).hasSize(1);
    }
}
