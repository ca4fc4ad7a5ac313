package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Cell;
import dev.restage.Put;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.notify.NotifyModule;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the guard makes of things of production that do not say which they are, or are known by a name only. */
@Timeout(60)
class IdentitiesTest {

    private final World world = new World();

    @TempDir
    private Path home;

    @AutoClose
    private Restage restage = Restage.builder().build();

    @BeforeEach
    void open() {
        restage.close();
        restage = Restage.builder()
                .module(world)
                .module(new NotifyModule())
                .variables(Map.of("RESTAGE_HOME", home.toString()))
                .build();
    }

    @Test
    void refusesToWriteWhatMayBeAThingOfProductionThatCannotBeAsked() {
        world.companions.put("prod/db", Set.of(Address.of("fake:app")));
        world.unreachable.add("app");

        assertThatThrownBy(() -> restage.preview(
                        plan().add("put", new Put("fake:stage/db", "new")).build()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("which thing fake:app is, which belongs to fake:prod/db of prod, cannot be told"
                        + " (app does not answer), so it may be what the step put would write (fake:stage/db)")
                .hasMessageContaining("add .apart(\"fake:app\") to prod");
        world.unreachable.add("prod/db");
        assertThatThrownBy(() -> restage.preview(
                        plan().add("put", new Put("fake:stage/db", "new")).build()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("which thing fake:prod/db of prod is cannot be told (prod/db does not answer)");
        assertThat(world.locks).isEmpty();
    }

    @Test
    void refusesToWriteWhileProductionDoesNotTellWhatBelongsToIt() {
        world.secretive.add("prod/db");

        assertThatThrownBy(() -> restage.preview(
                        plan().add("put", new Put("fake:stage/db", "new")).build()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining(
                        "what else belongs to fake:prod/db of prod cannot be told (prod/db keeps that to itself)");
    }

    @Test
    void writesBesideAThingOfProductionThatSomebodyVouchesFor() {
        world.companions.put("prod/db", Set.of(Address.of("fake:app"), Address.of("unheard:of")));
        world.unreachable.add("app");
        Environment vouched = Environment.production("prod")
                .database("fake:prod/db")
                .apart("fake:app")
                .build();
        ResetPlan plan = ResetPlan.builder(
                        "test",
                        vouched,
                        Environment.staging("stage").database("fake:stage/db").build())
                .add("put", new Put("fake:stage/db", "new"))
                .build();

        PlanPreview preview = restage.preview(ResetPlan.fromYaml(plan.toYaml()));

        assertThat(preview.toString())
                .contains("could not compare with fake:app: app does not answer")
                .contains("could not compare with unheard:of: no provider serves");
        restage.run(preview);
        assertThat(world.writes).containsExactly("stage/db=new");
    }

    @Test
    void onlyNotesAThingThatCannotBeWhatIsWrittenAsItPlaysNoneOfItsRoles() {
        world.unreachable.add("prod/db");
        Address file = Address.of("message-file:" + home.resolve("messages.md"));

        PlanPreview preview = restage.preview(ResetPlan.builder(
                        "test",
                        Environment.production("prod").database("fake:prod/db").build(),
                        Environment.staging("stage").also(file.toString()).build())
                .add("tell", Step.of("tell", context -> {}).writing(file))
                .build());

        assertThat(preview.toString()).contains("could not compare with fake:prod/db: prod/db does not answer");
    }

    @Test
    void undoesARunAlthoughAThingOfProductionHasFallenSilentSince() {
        String runId = restage.run(restage.preview(
                        plan().add("put", new Put("fake:stage/db", "new")).build()))
                .runId();
        world.unreachable.add("prod/db");

        restage.undo(runId);

        assertThat(world.writes.get(0)).isEqualTo("stage/db=new");
    }

    @Test
    void undoesARunAlthoughWhatItHasReadOfProductionIsSilent() {
        Step copy = Step.of(
                        "copy",
                        context -> context.use(Address.of("fake:stage/db"), Cell.class)
                                .write("copied"))
                .reading(Address.of("fake:prod/db"))
                .writing(Address.of("fake:stage/db"));
        String runId = restage.run(restage.preview(plan().add("put", new Put("fake:stage/db", "new"))
                        .add("copy", copy, "put")
                        .build()))
                .runId();
        world.unreachable.add("prod/db");

        restage.undo(restage.previewUndo(runId).evenSo());

        assertThat(world.values).containsEntry("stage/db", "empty");
    }

    @Test
    void undoesNothingInAnotherThingWhileProductionCannotBeComparedWithIt() {
        String runId = restage.run(restage.preview(
                        plan().add("put", new Put("fake:stage/db", "new")).build()))
                .runId();
        world.moved.put("stage/db", "prod/db");
        world.unreachable.add("prod/db");

        assertThatThrownBy(() -> restage.undo(runId))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("fake:stage/db is another thing now (cell prod/db) than the run has changed (cell"
                        + " stage/db), and which thing fake:prod/db of prod is cannot be told");
        assertThat(world.writes).containsExactly("stage/db=new");
    }

    @Test
    void aThingOfProductionThatNoStepUsesMayAnswerOrNotBetweenPreviewAndRun() {
        Environment production = Environment.production("prod")
                .database("fake:prod/db")
                .also("fake:other")
                .apart("fake:other")
                .build();
        PlanPreview preview = restage.preview(ResetPlan.builder(
                        "test",
                        production,
                        Environment.staging("stage").database("fake:stage/db").build())
                .add("put", new Put("fake:stage/db", "new"))
                .build());
        world.unreachable.add("other");

        restage.run(preview);

        assertThat(world.writes).containsExactly("stage/db=new");
    }

    @Test
    void refusesATargetThatLooksLikeAThingOfProductionThoughItsNameIsAnother() {
        world.resemblances.put("stage/db", "prod/db");
        assertThatThrownBy(() -> restage.preview(
                        plan().add("put", new Put("fake:stage/db", "new")).build()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("fake:stage/db, which looks like the same thing as fake:prod/db of prod")
                .hasMessageContaining("or add .apart(\"fake:prod/db\") to prod");
        world.companions.put("prod/db", Set.of(Address.of("fake:app")));
        world.resemblances.put("stage/db", "app");
        assertThatThrownBy(() -> restage.preview(
                        plan().add("put", new Put("fake:stage/db", "new")).build()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("fake:app, which belongs to fake:prod/db of prod");
    }

    @Test
    void takesTheWordOfWhoKnowsThatTwoThingsAreNotOneButNotAgainstTheThingItself() {
        world.resemblances.put("stage/db", "prod/db");
        Environment vouched = Environment.production("prod")
                .database("fake:prod/db")
                .apart("fake:prod/db")
                .build();
        ResetPlan.Builder builder = ResetPlan.builder(
                "test",
                vouched,
                Environment.staging("stage")
                        .database("fake:stage/db")
                        .also("fake:x?of=prod/db")
                        .build());

        assertThat(restage.preview(builder.add("put", new Put("fake:stage/db", "new"))
                                .build())
                        .steps())
                .hasSize(1);
        assertThatThrownBy(() -> restage.preview(
                        builder.add("oops", new Put("fake:x?of=prod/db", "new")).build()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("is the same thing as fake:prod/db of prod");
    }

    private static ResetPlan.Builder plan() {
        return ResetPlan.builder(
                "test",
                Environment.production("prod").database("fake:prod/db").build(),
                Environment.staging("stage").database("fake:stage/db").build());
    }
}
