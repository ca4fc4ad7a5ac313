package dev.restage.step.app;

import static dev.restage.trial.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Step;
import dev.restage.provider.app.CommandResult;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Changes.Accident;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that tell an app to do one thing, and remember that it did. */
class AppStepsTest {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final World world = new World();

    @TempDir
    private Path home;

    static List<Step> steps() {
        return List.of(
                new RestartApp(APP),
                new ResetAppRepository(APP),
                new RunCommand(APP, "python manage.py migrate", LIMIT));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void changesNothingButTheApp(Step step) {
        assertThat(Trial.access(step)).isEqualTo("reads [] writes [fake:app] tells []");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void askedWhatItWouldDoItDoesNothing(Step step) {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.changes()).singleElement().asString().startsWith("fake:app will ");
        }

        assertThat(world.changes.made()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void isNotDoneAgainWhenARunGoesOn(Step step) {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff().resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.changes.made()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void isDoneAgainWhenNobodyKnowsWhetherItWasDone(Step step) {
        world.changes.goWrong(1, Accident.AFTER);
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.fails()).hasMessageContaining("the line broke");
            trial.resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(world.changes.made())
                .hasSize(2)
                .containsOnly(world.changes.made().get(0));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void hasNothingToPutBack(Step step) {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.run();
            List<String> made = world.changes.made();
            trial.undo();

            if (step instanceof RestartApp) {
                assertThat(world.changes.made())
                        .as("nothing of the new data stays in memory")
                        .containsExactly("restart", "restart");
            } else {
                assertThat(world.changes.made()).isEqualTo(made);
            }
        }
    }

    @Test
    void restartsTheApp() {
        try (Trial trial = Trial.of(world, home, new RestartApp(APP))) {
            assertThat(trial.changes()).containsExactly("fake:app will be restarted");
            assertThat(trial.run().facts()).isEqualTo(Map.of("restarted", "yes"));
        }
        assertThat(world.changes.made()).containsExactly("restart");
    }

    @Test
    void emptiesTheRepositoryOfThePlatform() {
        try (Trial trial = Trial.of(world, home, new ResetAppRepository(APP))) {
            assertThat(trial.changes())
                    .containsExactly(
                            "fake:app will lose the history in its own git repository; what is deployed stays");
            assertThat(trial.run().facts()).isEqualTo(Map.of("reset", "yes"));
        }
        assertThat(world.changes.made()).containsExactly("reset repository");
    }

    @Test
    void runsACommandWithinItsLimitAndKeepsWhatItPrinted() {
        world.app.commands.put("make it", new CommandResult(0, "one\n\n  \ntwo\n"));
        try (Trial trial = Trial.of(world, home, new RunCommand(APP, "make it", LIMIT))) {
            assertThat(trial.changes()).containsExactly("fake:app will run \"make it\"");
            assertThat(trial.run().facts()).isEqualTo(Map.of("output", "one\ntwo"));
        }
        assertThat(world.changes.made()).containsExactly("run make it within PT30M");
    }

    @Test
    void keepsTheLastTwentyLinesOfACommand() {
        String output =
                IntStream.rangeClosed(1, 25).mapToObj(line -> "line " + line).collect(Collectors.joining("\n"));
        world.app.commands.put("talk", new CommandResult(0, output));
        try (Trial trial = Trial.of(world, home, new RunCommand(APP, "talk", LIMIT))) {
            assertThat(trial.run().facts())
                    .hasEntrySatisfying(
                            "output",
                            kept -> assertThat(kept.lines())
                                    .hasSize(20)
                                    .startsWith("line 6")
                                    .endsWith("line 25"));
        }
    }

    @Test
    void failsWithACommandAndQuotesItsEnd() {
        world.app.commands.put("fail", new CommandResult(2, "Traceback\nValueError: no such table\n"));
        try (Trial trial = Trial.of(world, home, new RunCommand(APP, "fail", LIMIT))) {
            assertThat(trial.fails())
                    .hasMessageContaining(
                            "\"fail\" on fake:app ended with exit status 2: Traceback\nValueError: no such table");
            assertThat(trial.facts()).isEmpty();
        }
    }

    @Test
    void saysThatAFailedCommandPrintedNothing() {
        world.app.commands.put("false", new CommandResult(1, " \n"));
        try (Trial trial = Trial.of(world, home, new RunCommand(APP, "false", LIMIT))) {
            assertThat(trial.fails()).hasMessageContaining("ended with exit status 1: it printed nothing");
        }
    }

    @Test
    void aFailedCommandIsRunAgainWhenTheRunGoesOn() {
        world.app.commands.put("fail", new CommandResult(1, "the server is down"));
        try (Trial trial = Trial.of(world, home, new RunCommand(APP, "fail", LIMIT))) {
            assertThat(trial.fails()).hasMessageContaining("the server is down");
            world.app.commands.put("fail", new CommandResult(0, "done"));

            assertThat(trial.resume().facts()).isEqualTo(Map.of("output", "done"));
        }
    }
}
