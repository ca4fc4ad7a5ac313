package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Put;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is found out before anything is done, and what has to be as it was when it is done. */
@Timeout(60)
class PreviewerTest {

    private final World world = new World();

    @TempDir
    private Path home;

    private Restage restage = Restage.builder().build();

    @BeforeEach
    void open() {
        restage.close();
        restage = Stage.open(world, home);
    }

    @AfterEach
    void close() {
        restage.close();
    }

    @Test
    void asksEachStepInThePlansOrder() {
        PlanPreview preview = restage.preview(Stage.plan("a", "b")
                .add("b", new Put("fake:b", "x"))
                .add("a", new Put("fake:a", "x"), "b")
                .build());

        assertThat(preview.steps()).extracting(PlanPreview.StepDecision::name).containsExactly("b", "a");
        assertThat(preview.identities())
                .as("what steps use, and not all that production has")
                .containsOnly(Map.entry("fake:a", "cell a"), Map.entry("fake:b", "cell b"));
        assertThat(preview.digest()).matches("[0-9a-f]{64}");
        assertThat(world.writes).isEmpty();
        assertThat(world.locks).isEmpty();
        assertThat(Files.exists(home.resolve("runs"))).as("no journal is begun").isFalse();
    }

    @Test
    void asksStepsSideBySideAlsoThoseThatDependOnEachOther() {
        CountDownLatch both = new CountDownLatch(2);

        assertThat(restage.preview(Stage.plan()
                                .add("one", new Told(() -> meet(both)))
                                .add("two", new Told(() -> meet(both)), "one")
                                .build())
                        .steps())
                .hasSize(2);
    }

    @Test
    void hasTheSameDigestAsLongAsNothingMoves() {
        ResetPlan plan = Stage.plan("a").add("a", new Put("fake:a", "x")).build();
        String first = restage.preview(plan).digest();

        assertThat(restage.preview(plan).digest()).isEqualTo(first);
        world.values.put("b", "of no interest");
        assertThat(restage.preview(plan).digest()).isEqualTo(first);
        world.values.put("a", "moved");
        assertThat(restage.preview(plan).digest()).isNotEqualTo(first);
    }

    @Test
    void hasAnotherDigestForAnotherPlanAndForAnotherThing() {
        String first = restage.preview(
                        Stage.plan("a").add("a", new Put("fake:a", "x")).build())
                .digest();

        assertThat(restage.preview(
                                Stage.plan("a").add("a", new Put("fake:a", "y")).build())
                        .digest())
                .isNotEqualTo(first);
        assertThat(restage.preview(
                                Stage.plan("a").add("b", new Put("fake:a", "x")).build())
                        .digest())
                .isNotEqualTo(first);
        world.moved.put("a", "other");
        assertThat(restage.preview(
                                Stage.plan("a").add("a", new Put("fake:a", "x")).build())
                        .digest())
                .isNotEqualTo(first);
    }

    @Test
    void changesAndNotesAreForPeopleAndMoveFreely() {
        ResetPlan first = Stage.plan()
                .add("say", new Told(() -> {}, Decision.NOTHING.note("it is Monday")))
                .build();
        PlanPreview approved = restage.preview(first);
        PlanPreview now = new PlanPreview(
                first,
                java.util.List.of(new PlanPreview.StepDecision("say", Decision.NOTHING.note("it is Tuesday"))),
                approved.identities(),
                approved.digest());

        assertThatCode(() -> Previewer.refuseIfMoved(approved, now)).doesNotThrowAnyException();
    }

    @Test
    void tellsAllProblemsAtOnce() {
        ResetPlan plan = Stage.plan()
                .add("one", failing(new ProviderException(Kind.DENIED, "no right to look", null)))
                .add("fine", new Told(() -> {}))
                .add("two", failing(new PlanException("no such branch")))
                .build();

        assertThatThrownBy(() -> restage.preview(plan))
                .isInstanceOf(ProviderException.class)
                .hasMessage("no right to look")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                PlanException.class, other -> assertThat(other).hasMessage("no such branch")));
    }

    @Test
    void namesTheStepWhoseCodeIsBroken() {
        ResetPlan plan = Stage.plan()
                .add("odd", failing(new IllegalStateException("a bug")))
                .build();

        assertThatThrownBy(() -> restage.preview(plan))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the preview of the step odd failed unexpectedly")
                .hasRootCauseMessage("a bug");
    }

    @Test
    void aStepHasNobodyToWarnYet() {
        ResetPlan plan = Stage.plan()
                .add("warns", new Step() {
                    @Override
                    public Access access() {
                        return Access.NONE;
                    }

                    @Override
                    public Decision decide(StepContext context) {
                        context.warn("careful");
                        return Decision.NOTHING;
                    }

                    @Override
                    public void execute(StepContext context, Decision decision) {}
                })
                .build();

        assertThatThrownBy(() -> restage.preview(plan))
                .isInstanceOf(PlanException.class)
                .hasMessage("the step warns warns in its preview: use a note");
    }

    @Test
    void namesWhatHasMovedWhatHasComeAndWhatHasGone() {
        PlanPreview approved =
                preview("1", java.util.Map.of("db:a", "database 1", "db:gone", "database 2"), "head", "a");
        PlanPreview now = preview("2", java.util.Map.of("db:a", "database 7", "db:new", "database 3"), "rows", "5");

        assertThatThrownBy(() -> Previewer.refuseIfMoved(approved, now))
                .isInstanceOf(GuardException.class)
                .hasMessage("the world has moved since the preview, so nothing was changed:"
                        + " db:a was database 1 and is database 7;"
                        + " db:gone was database 2 and is absent;"
                        + " db:new was absent and is database 3;"
                        + " put: head was a and is absent;"
                        + " put: rows was absent and is 5."
                        + " Preview again and run that");
    }

    @Test
    void saysSoWhenOnlyThePlanIsAnother() {
        assertThatThrownBy(() -> Previewer.refuseIfMoved(
                        preview("1", java.util.Map.of(), "head", "a"), preview("2", java.util.Map.of(), "head", "a")))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("the plan is another one. Preview again");
    }

    @Test
    void notesWhatCouldNotBeComparedAndStandsInNobodysWay() {
        world.companions.put("prod/db", Set.of(Address.of("nobody:serves")));

        PlanPreview preview =
                restage.preview(Stage.plan("a").add("a", new Put("fake:a", "x")).build());

        assertThat(preview.steps().get(0).name()).isEqualTo("guards");
        assertThat(preview.steps().get(0).decision().notes())
                .singleElement()
                .asString()
                .startsWith("could not compare with nobody:serves: no provider serves the scheme");
        assertThat(restage.run(preview).succeeded())
                .as("the note does not count as a move")
                .isTrue();
    }

    @Test
    void runsNothingThatWasNotPreviewedHere() {
        ResetPlan plan = Stage.plan("a").add("a", new Put("fake:a", "x")).build();
        PlanPreview preview = restage.preview(plan);
        PlanPreview forged = new PlanPreview(plan, preview.steps(), preview.identities(), "0".repeat(64));

        assertThatThrownBy(() -> restage.run(forged)).isInstanceOf(GuardException.class);
        assertThat(world.writes).isEmpty();
        assertThat(world.locks).isEmpty();
    }

    private static PlanPreview preview(
            String digest, java.util.Map<String, String> identities, String basis, String value) {
        ResetPlan plan = ResetPlan.builder(
                        "p",
                        Environment.production("prod").build(),
                        Environment.staging("stage").build())
                .build();
        return new PlanPreview(
                plan,
                java.util.List.of(new PlanPreview.StepDecision("put", Decision.NOTHING.pinning(basis, value))),
                identities,
                digest);
    }

    private static Step failing(RuntimeException failure) {
        return new Told(() -> {
            throw failure;
        });
    }

    private static void meet(CountDownLatch all) {
        all.countDown();
        try {
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Does something in its preview, and nothing else. */
    private record Told(
            @com.fasterxml.jackson.annotation.JsonIgnore Runnable looking, Decision decision) implements Step {

        Told(Runnable looking) {
            this(looking, Decision.of(new Change(Address.of("fake:x"), "stay as it is")));
        }

        @Override
        public Access access() {
            return Access.NONE;
        }

        @Override
        public Decision decide(StepContext context) {
            looking.run();
            return decision;
        }

        @Override
        public void execute(StepContext context, Decision decision) {}
    }
}
