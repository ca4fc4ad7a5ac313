package dev.restage.step.code;

import static dev.restage.trial.World.CODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Step;
import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.BranchStatus.State;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.FakeRepository;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportBranchesTest {

    private final Step step = new ReportBranches(CODE, "main", Duration.ofDays(90));
    private final World world = new World();

    @TempDir
    private Path home;

    private void branch(String name, State state, int daysOld) {
        world.code.branches.add(new BranchStatus(
                name, FakeRepository.commit('a'), Trial.NOW.minus(Duration.ofDays(daysOld)), "Ada", state, 3));
    }

    @Test
    void onlyLooks() {
        assertThat(Trial.access(step)).isEqualTo("reads [fake:code#staging] writes [] tells []");
    }

    @ParameterizedTest
    @CsvSource({
        "IN_BASE, 1, in base, 2026-11-29",
        "SQUASHED_INTO_BASE, 1, squashed into base, 2026-11-29",
        "MERGED, 90, merged, 2026-09-01",
        "MERGED, 91, 'merged, stale', 2026-08-31",
        "PARTLY_MERGED, 200, 'partly merged, stale', 2026-05-14",
        "OPEN, 200, open, 2026-05-14"
    })
    void saysOfEachBranchHowItStands(State state, int daysOld, String words, String day) {
        branch("feature", state, daysOld);
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.decision().changes()).isEmpty();
            assertThat(trial.decision().notes())
                    .containsExactly("branch feature: %s, 3 commits not in main, last %s by Ada".formatted(words, day));
        }
    }

    @Test
    void recordsTheBranchesByWhatIsToBeDecidedOfThem() {
        branch("z-merged", State.MERGED, 1);
        branch("old", State.PARTLY_MERGED, 100);
        branch("squashed", State.SQUASHED_INTO_BASE, 100);
        branch("open", State.OPEN, 100);
        branch("done", State.IN_BASE, 100);
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of(
                            "merged", "old, z-merged",
                            "stale", "old",
                            "squashed", "squashed",
                            "open", "open",
                            "branches", "5"));
        }
    }

    @Test
    void recordsNothingOfWhatThereIsNoneOf() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.decision().notes()).isEmpty();
            assertThat(trial.run().facts()).isEqualTo(Map.of("branches", "0"));
        }
    }

    @Test
    void isNotAskedAgainWhenTheRunGoesOn() {
        branch("one", State.OPEN, 1);
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff();
            world.code.branches.clear();

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(trial.facts()).containsEntry("open", "one");
        }
    }
}
