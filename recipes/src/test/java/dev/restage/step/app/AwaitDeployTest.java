package dev.restage.step.app;

import static dev.restage.trial.World.APP;
import static dev.restage.trial.World.CODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Step;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.FakeRepository;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitDeployTest {

    private final Step step = new AwaitDeploy(APP, CODE, Duration.ofMinutes(1));
    private final World world = new World();

    @TempDir
    private Path home;

    @BeforeEach
    void oneHead() {
        world.code.heads.put("staging", FakeRepository.commit('b'));
    }

    @Test
    void onlyLooks() {
        assertThat(Trial.access(step)).isEqualTo("reads [fake:app, fake:code#staging] writes [] tells []");
    }

    @Test
    void saysWhatRunsNow() {
        world.app.deployed = FakeRepository.commit('a');
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.changes())
                    .containsExactly("fake:app will run the new commit of fake:code#staging; it runs aaaaaaaaaa now");
        }
    }

    @Test
    void saysThatThePlatformDoesNotKnowWhatRuns() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.changes()).singleElement().asString().endsWith("it runs an unknown commit now");
        }
    }

    @Test
    void waitsUntilTheNewestCommitRuns() {
        world.app.deployed = FakeRepository.commit('a');
        try (Trial trial = Trial.of(world, home, step)) {
            var approved = trial.approved();
            AtomicInteger looks = new AtomicInteger();
            world.app.beforeLook = () -> {
                if (looks.incrementAndGet() == 3) {
                    world.app.deployed = FakeRepository.commit('b');
                }
            };

            assertThat(trial.run(approved).facts())
                    .isEqualTo(Map.of("commit", FakeRepository.commit('b').value()));
            assertThat(looks).hasValueGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void failsWhenTheDeploymentDoesNotCome() {
        try (Trial trial = Trial.of(world, home, new AwaitDeploy(APP, CODE, Duration.ZERO))) {
            assertThat(trial.fails())
                    .hasMessageContaining(
                            "waited for the deployment of bbbbbbbbbb to fake:app for 0 s in vain: look why it takes so long")
                    .hasMessageContaining("Nothing was changed");
        }
    }

    @Test
    void failsWhenThereIsNoBranch() {
        world.code.heads.clear();
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.fails())
                    .hasMessageContaining(
                            "fake:code#staging does not exist, so it cannot be deployed: create the branch");
        }
    }

    @Test
    void whatRunsIsTheNewestCommitOfNowAndNotThatOfTheFirstAttempt() {
        world.app.deployed = FakeRepository.commit('b');
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff();
            world.code.heads.put("staging", FakeRepository.commit('c'));
            world.app.deployed = FakeRepository.commit('c');

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
        }
    }

    @Test
    void aBranchThatIsGoneIsNotWhatAnAppOfAnUnknownCommitRuns() {
        world.app.deployed = FakeRepository.commit('b');
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff();
            world.code.heads.clear();
            world.app.deployed = null;

            assertThat(trial.failsToResume()).hasMessageContaining("does not exist, so it cannot be deployed");
        }
    }

    @Test
    void holdsNoMoreWhenAnotherCommitRuns() {
        world.app.deployed = FakeRepository.commit('b');
        try (Trial trial = Trial.of(world, home, new AwaitDeploy(APP, CODE, Duration.ZERO))) {
            trial.runAndBreakOff();
            world.app.deployed = FakeRepository.commit('a');

            assertThat(trial.failsToResume()).hasMessageContaining("waited for the deployment of bbbbbbbbbb");
        }
    }
}
