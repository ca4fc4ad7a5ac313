package dev.restage.step.app;

import static dev.restage.trial.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.app.PaaS.Switch;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {

    private final World world = new World();

    @TempDir
    private Path home;

    @Test
    void changesNothingButTheApp() {
        assertThat(Trial.access(new SetMaintenance(APP, Switch.ON))).isEqualTo("reads [] writes [fake:app] tells []");
    }

    @ParameterizedTest
    @CsvSource({"ON, show the maintenance page", "OFF, show the site to visitors again"})
    void saysWhatVisitorsWillSee(Switch mode, String what) {
        try (Trial trial = Trial.of(world, home, new SetMaintenance(APP, mode))) {
            assertThat(trial.changes()).containsExactly("fake:app will " + what);
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, ON, open, maintenance", "true, ON, maintenance, maintenance", "true, OFF, maintenance, open"})
    void recordsWhatVisitorsSawBeforeAndAfter(boolean was, Switch mode, String before, String after) {
        world.app.maintenance = was;
        try (Trial trial = Trial.of(world, home, new SetMaintenance(APP, mode))) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("after", after));
            assertThat(trial.kept("before")).contains(before);
        }
        assertThat(world.app.maintenance).isEqualTo(mode == Switch.ON);
    }

    @Test
    void failsIfThePlatformDoesNotDoWhatItIsTold() {
        world.app.obeys = false;
        try (Trial trial = Trial.of(world, home, new SetMaintenance(APP, Switch.ON))) {
            assertThat(trial.fails()).hasMessageContaining("what it is for is not true afterwards");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, SKIPPED", "false, DONE"})
    void isDoneAgainOnlyIfSomebodyHasOpenedTheSiteMeanwhile(boolean still, Outcome outcome) {
        try (Trial trial = Trial.of(world, home, new SetMaintenance(APP, Switch.ON))) {
            trial.runAndBreakOff();
            world.app.maintenance = still;
            trial.resume();

            assertThat(trial.outcome()).isEqualTo(outcome);
        }
        assertThat(world.app.maintenance).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void undoShowsWhatVisitorsSawBeforeTheFirstAttempt(boolean was) {
        world.app.maintenance = was;
        try (Trial trial = Trial.of(world, home, new SetMaintenance(APP, Switch.ON))) {
            trial.runAndBreakOff();
            world.app.maintenance = false;
            trial.resume().undo();
        }
        assertThat(world.app.maintenance).isEqualTo(was);
    }

    @Test
    void survivesAccidents() {
        int changes = Trial.survivesAccidents(
                home,
                World::new,
                new SetMaintenance(APP, Switch.ON),
                Map.of(),
                after -> assertThat(after.app.maintenance).isTrue());

        assertThat(changes).isEqualTo(1);
    }
}
