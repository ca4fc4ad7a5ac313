package dev.restage.step.code;

import static dev.restage.trial.World.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.PlanPreview;
import dev.restage.plan.Step;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.code.CiState;
import dev.restage.provider.code.CiState.Verdict;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.FakeRepository;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCiTest {

    private final Step patient = new CheckCi(CODE, Duration.ofMinutes(1));
    private final Step impatient = new CheckCi(CODE, Duration.ZERO);
    private final World world = new World();

    @TempDir
    private Path home;

    @BeforeEach
    void oneHead() {
        world.code.heads.put("staging", FakeRepository.commit('a'));
    }

    private void answers(CiState... states) {
        world.code.checks.clear();
        world.code.checks.addAll(List.of(states));
    }

    @Test
    void onlyLooks() {
        assertThat(Trial.access(patient)).isEqualTo("reads [fake:code#staging] writes [] tells []");
    }

    @Test
    void saysWhatTheChecksOfThePresentCommitSay() {
        answers(new CiState(Verdict.FAILED, List.of("test: failure", "lint: success")));
        try (Trial trial = Trial.of(world, home, patient)) {
            assertThat(trial.decision().notes())
                    .containsExactly("checks of the present commit: test: failure, lint: success");
        }
        answers(new CiState(Verdict.NONE, List.of()));
        try (Trial trial = Trial.of(world, home, patient)) {
            assertThat(trial.decision().notes()).containsExactly("checks of the present commit: none");
        }
    }

    @Test
    void refusesInThePreviewABranchThatIsNotThere() {
        world.code.heads.clear();
        try (Trial trial = Trial.of(world, home, patient)) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                    .hasMessage("fake:code#staging does not exist: create the branch");
        }
    }

    @Test
    void waitsUntilTheChecksHaveEnded() {
        answers(new CiState(Verdict.PASSED, List.of("test: success")));
        try (Trial trial = Trial.of(world, home, patient)) {
            PlanPreview approved = trial.approved();
            answers(
                    new CiState(Verdict.NONE, List.of()),
                    new CiState(Verdict.NONE, List.of()),
                    new CiState(Verdict.PENDING, List.of("test: queued")),
                    new CiState(Verdict.PASSED, List.of("test: success", "lint: success")));

            assertThat(trial.run(approved).facts())
                    .isEqualTo(Map.of("verdict", "passed", "checks", "test: success\nlint: success"));
            assertThat(trial.warnings()).isEmpty();
        }
    }

    @Test
    void warnsOfChecksThatFailed() {
        answers(new CiState(Verdict.FAILED, List.of("test: failure", "lint: success")));
        try (Trial trial = Trial.of(world, home, patient)) {
            assertThat(trial.run().facts()).containsEntry("verdict", "failed");
            assertThat(trial.warnings())
                    .containsExactly(
                            "checks of the newest commit of fake:code#staging failed: test: failure, lint: success");
        }
    }

    @Test
    void warnsOfChecksThatAreNotFinishedInTime() {
        answers(new CiState(Verdict.PENDING, List.of("test: queued")));
        try (Trial trial = Trial.of(world, home, impatient)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("verdict", "pending", "checks", "test: queued"));
            assertThat(trial.warnings())
                    .containsExactly("checks of the newest commit of fake:code#staging are not finished after 0 s:"
                            + " test: queued");
        }
    }

    @Test
    void warnsThatNoCheckReports() {
        try (Trial trial = Trial.of(world, home, impatient)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("verdict", "none", "checks", ""));
            assertThat(trial.warnings())
                    .containsExactly(
                            "no check reports on the newest commit of fake:code#staging: look whether CI works");
        }
    }

    @Test
    void isNotAskedAgainWhenTheRunGoesOn() {
        answers(new CiState(Verdict.PASSED, List.of("test: success")));
        try (Trial trial = Trial.of(world, home, patient)) {
            trial.runAndBreakOff();
            answers(new CiState(Verdict.FAILED, List.of("test: failure")));

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
        }
    }
}
