package dev.restage.step.database;

import static dev.restage.trial.World.SOURCE;
import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Step;
import dev.restage.provider.database.Incomplete;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareDatabasesTest {

    private static final String WORDS = "PostgreSQL 18.1, 1 tables, about %d rows, 2.5 MB";

    private final Step step = new CompareDatabases(SOURCE, TARGET);
    private final World world = new World();

    @TempDir
    private Path home;

    @Test
    void onlyLooks() {
        assertThat(Trial.access(step)).isEqualTo("reads [fake:source, fake:target] writes [] tells []");
    }

    @Test
    void saysWhatBothAre() {
        world.source.holds(90);
        world.target.holds(70);
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.decision().changes()).isEmpty();
            assertThat(trial.decision().notes())
                    .containsExactly("source " + WORDS.formatted(90), "target " + WORDS.formatted(70));
        }
    }

    @Test
    void recordsWhatBothAreAndHowManyRowsTheTargetHad() {
        world.source.holds(90);
        world.target.holds(70);
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of(
                            "source",
                            WORDS.formatted(90),
                            "target",
                            WORDS.formatted(70),
                            "rows.before",
                            "70",
                            "target.rows",
                            "70"));
        }
    }

    @Test
    void ofAHalfFilledTargetItRecordsWhatIsRememberedOfTheStateBefore() {
        world.target.incomplete = new Incomplete(Trial.NOW, "a copy", null, Map.of("target.rows", "55"));
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.decision().notes())
                    .contains(
                            "target is incomplete since 2026-11-30T10:00:00Z, not yet a copy; it held nothing before");
            assertThat(trial.run().facts()).containsEntry("rows.before", "55").containsEntry("target.rows", "55");
        }
    }

    @Test
    void recordsNoRowsIfNothingIsRemembered() {
        world.target.incomplete = new Incomplete(Trial.NOW, "a copy", null, Map.of());
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().facts()).containsOnlyKeys("source", "target");
        }
    }

    @Test
    void isNotAskedAgainWhenTheTargetIsReplacedAlready() {
        world.target.holds(70);
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff();
            world.target.holds(90);

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(trial.facts()).containsEntry("rows.before", "70");
        }
    }
}
