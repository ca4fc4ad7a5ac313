package dev.restage.step.code;

import static dev.restage.trial.World.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.PlanPreview;
import dev.restage.plan.Step;
import dev.restage.provider.GuardException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.Rebuild;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Changes.Accident;
import dev.restage.trial.FakeRepository;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RebuildBranchTest {

    private static final CommitId OLD = FakeRepository.commit('0');
    private static final CommitId MAIN = FakeRepository.commit('a');
    private static final CommitId SEARCH = FakeRepository.commit('b');
    private static final CommitId FOOTER = FakeRepository.commit('c');

    private final Step step = new RebuildBranch(CODE, "main", List.of("search", "footer"), "Ada <ada@acme.example>");
    private final World world = repository();

    @TempDir
    private Path home;

    private static World repository() {
        World world = new World();
        world.code.heads.putAll(Map.of("staging", OLD, "main", MAIN, "search", SEARCH, "footer", FOOTER));
        return world;
    }

    private CommitId head() {
        return world.code.head("staging").orElseThrow();
    }

    @Test
    void changesNothingButTheBranch() {
        assertThat(Trial.access(step)).isEqualTo("reads [] writes [fake:code#staging] tells []");
    }

    @Test
    void rehearsesTheMergesAndSaysWhatTheyRestOn() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.changes())
                    .containsExactly(
                            "fake:code#staging will be reset to main (aaaaaaaaaa) and get merges of search, footer");
            assertThat(trial.decision().pins())
                    .isEqualTo(Map.of(
                            "head of staging", OLD.value(),
                            "head of main", MAIN.value(),
                            "head of search", SEARCH.value(),
                            "head of footer", FOOTER.value()));
        }
        assertThat(world.code.rehearsed).isNotEmpty();
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void withoutMergesItIsTheBaseAgain() {
        try (Trial trial = Trial.of(world, home, new RebuildBranch(CODE, "main", List.of(), "Ada <a@b.example>"))) {
            assertThat(trial.changes()).containsExactly("fake:code#staging will be reset to main (aaaaaaaaaa)");
            assertThat(trial.run().facts()).doesNotContainKey("merged");
        }
    }

    @Test
    void mergesInTheGivenOrderAtTheTimeWhenTheRunBegan() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.run();
        }
        assertThat(world.code.rehearsed)
                .endsWith(new Rebuild(
                        MAIN, Map.of("search", SEARCH, "footer", FOOTER), "Ada <ada@acme.example>", Trial.NOW));
        assertThat(world.code
                        .rehearsed
                        .get(world.code.rehearsed.size() - 1)
                        .merges()
                        .keySet())
                .containsExactly("search", "footer");
    }

    @Test
    void recordsWhatWasThereWhatWasMergedAndWhatBecameOfIt() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of(
                            "head.before", OLD.value(),
                            "head.after", head().value(),
                            "merged", "search, footer"));
        }
    }

    @Test
    void aConflictStopsThePreview() {
        world.code.conflicting = "footer";
        try (Trial trial = Trial.of(world, home, step)) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("the merge of footer conflicts in app.py: merge it by hand");
        }
        assertThat(head()).isEqualTo(OLD);
    }

    @Test
    void aBranchThatIsNotThereStopsThePreview() {
        world.code.heads.remove("footer");
        try (Trial trial = Trial.of(world, home, step)) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                    .hasMessage(
                            "the repository of fake:code#staging has no branch footer: correct the name, or leave it"
                                    + " out of the plan");
        }
    }

    @Test
    void refusesToRunWhenAMergedBranchHasMovedSinceThePreview() {
        try (Trial trial = Trial.of(world, home, step)) {
            PlanPreview approved = trial.approved();
            world.code.heads.put("search", FakeRepository.commit('d'));

            assertThatThrownBy(() -> trial.run(approved))
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("step: head of search was " + SEARCH);
        }
        assertThat(head()).isEqualTo(OLD);
    }

    @Test
    void makesABranchThatWasNotThereAndRemovesIt() {
        world.code.heads.remove("staging");
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.decision().pins()).containsEntry("head of staging", "none");
            assertThat(trial.run().facts()).containsEntry("head.before", "none");
            assertThat(world.code.heads).containsKey("staging");
            trial.undo();
        }
        assertThat(world.code.heads).doesNotContainKey("staging");
    }

    @ParameterizedTest
    @EnumSource(Accident.class)
    void goesOnWithTheSameCommitAfterAnAccidentThoughTheBasesHaveMoved(Accident accident) {
        world.changes.goWrong(1, accident);
        try (Trial trial = Trial.of(world, home, step)) {
            trial.fails();
            String decided = trial.kept("made").orElseThrow();
            world.code.heads.put("main", FakeRepository.commit('e'));
            world.code.heads.put("search", FakeRepository.commit('f'));
            trial.resume();

            assertThat(head().value()).isEqualTo(decided);
            assertThat(trial.facts()).containsEntry("head.before", OLD.value());
        }
    }

    @Test
    void survivesAccidents() {
        CommitId once = after();

        int changes = Trial.survivesAccidents(
                home,
                RebuildBranchTest::repository,
                step,
                Map.of(),
                after -> assertThat(after.code.head("staging")).contains(once));

        assertThat(changes).isEqualTo(1);
    }

    private CommitId after() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.run();
            return head();
        }
    }

    @Test
    void isNotPushedAgainWhileItIsWhatWasMade() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff().resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.changes.made()).hasSize(1);
    }

    @Test
    void doesNotPushOverWhatSomebodyHasPushedMeanwhile() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff();
            world.code.heads.put("staging", FakeRepository.commit('9'));

            assertThat(trial.failsToResume()).hasMessageContaining("staging is at 9999999999");
        }
        assertThat(head()).isEqualTo(FakeRepository.commit('9'));
    }

    @Test
    void undoPutsTheBranchBack() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.run().undo();
        }
        assertThat(head()).isEqualTo(OLD);
    }

    @ParameterizedTest
    @EnumSource(Accident.class)
    void undoPutsTheBranchBackAlsoIfNobodyKnowsWhetherItWasPushed(Accident accident) {
        world.changes.goWrong(1, accident);
        try (Trial trial = Trial.of(world, home, step)) {
            trial.fails();
            trial.undo();
        }
        assertThat(head()).isEqualTo(OLD);
    }

    @Test
    void undoDoesNotTakeBackWhatSomebodyHasPushedSinceUntilToldTo() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.run();
            world.code.heads.put("staging", FakeRepository.commit('9'));

            CommitId pushed = FakeRepository.commit('9');
            assertThat(trial.lostByUndo()).singleElement().asString().contains("it is at " + pushed);
            assertThatThrownBy(trial::undo)
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("what was pushed to staging since");
            assertThat(head()).isEqualTo(pushed);

            trial.undoEvenSo();
        }
        assertThat(head()).isEqualTo(OLD);
    }

    @Test
    void aConflictThatHasComeUpSinceThePreviewStopsTheRun() {
        try (Trial trial = Trial.of(world, home, step)) {
            PlanPreview approved = trial.approved();
            world.code.conflicting = "footer";
            assertThatThrownBy(() -> trial.run(approved)).hasMessageContaining("conflicts");
        }
        assertThat(world.changes.made()).isEmpty();
    }
}
