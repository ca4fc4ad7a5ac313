package dev.restage.step.app;

import static dev.restage.trial.World.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.run.Receipt;
import dev.restage.run.RunException;
import dev.restage.trial.Changes.Accident;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An app that is closed while a step works, and open again whatever becomes of that. */
class ClosedTest {

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
                .variables(Map.of("RESTAGE_HOME", home.toString()))
                .build();
        world.app.formation.putAll(Map.of("worker", 2, "clock", 1));
    }

    private ResetPlan around(Step inside) {
        return ResetPlan.builder(
                        "test",
                        Environment.production("production").build(),
                        Environment.staging("staging").app(APP.toString()).build())
                .add("inside", inside)
                .during("closed", new Closed(APP, Set.of("web", "clock")), "inside")
                .build();
    }

    private Step looking() {
        return Step.of("look", context -> {
            context.fact("maintenance", Boolean.toString(world.app.maintenance));
            context.fact("formation", world.app.formation.toString());
        });
    }

    private Receipt run(ResetPlan plan) {
        return restage.run(restage.preview(plan));
    }

    @Test
    void saysWhatItStops() {
        assertThat(restage.preview(around(looking())).toString())
                .contains("fake:app will show the maintenance page and stop worker=2 meanwhile");
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void isClosedMeanwhileAndOpenAgainAfterwards() {
        Receipt receipt = run(around(looking()));

        assertThat(receipt.facts().find("inside", "maintenance")).contains("true");
        assertThat(receipt.facts().find("inside", "formation")).contains("{clock=1, web=1, worker=0}");
        assertThat(receipt.facts().find("closed", "before")).contains("open clock=1 web=1 worker=2");
        assertAsBefore();
    }

    @Test
    void isOpenAgainAfterARunThatChangedNothing() {
        ResetPlan plan = around(Step.of("fail", context -> {
            throw new IllegalStateException("nobody answers");
        }));

        assertThatThrownBy(() -> run(plan))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("nobody answers")
                .hasMessageContaining("Nothing was changed.");
        assertAsBefore();
    }

    @Test
    void staysClosedWhereTheAppIsLeftHalfDoneAndIsOpenedByTheNextRun() {
        Step half = Step.of("fail", context -> {
                    throw new IllegalStateException("half of it");
                })
                .writing(APP);

        assertThatThrownBy(() -> run(around(half)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("The bracket closed: it stays, since inside is not done.");
        assertThat(world.app.maintenance).isTrue();
        assertThat(world.app.formation).containsEntry("worker", 0);
        assertThat(restage.preview(around(looking())).toString())
                .contains("will be as it was before that one: open clock=1 web=1 worker=2");

        run(around(looking()));

        assertAsBefore();
    }

    @ParameterizedTest
    @EnumSource(Accident.class)
    void whateverGoesWrongWhileItBeginsOrEndsTheNextRunEndsAsItWas(Accident accident) {
        int changes = 6;
        for (int change = 1; change <= changes; change++) {
            World fresh = new World();
            fresh.app.formation.putAll(Map.of("worker", 2, "clock", 1));
            fresh.changes.goWrong(change, accident);
            try (Restage other = Restage.builder()
                    .module(fresh)
                    .variables(Map.of(
                            "RESTAGE_HOME",
                            home.resolve(accident + "-" + change).toString()))
                    .build()) {
                ResetPlan plan = around(Step.of("nothing", context -> {}));
                assertThatThrownBy(() -> other.run(other.preview(plan)))
                        .as("change %d", change)
                        .isInstanceOf(RunException.class);

                other.run(other.preview(plan));
            }
            assertThat(fresh.app.maintenance).as("change %d", change).isFalse();
            assertThat(fresh.app.formation)
                    .as("change %d", change)
                    .containsExactlyInAnyOrderEntriesOf(Map.of("clock", 1, "web", 1, "worker", 2));
            assertThat(fresh.app.settings).as("change %d", change).isEmpty();
        }
    }

    @Test
    void anAppThatWasClosedBeforeStaysSo() {
        world.app.maintenance = true;

        run(around(looking()));

        assertThat(world.app.maintenance).isTrue();
        assertThat(world.app.settings).isEmpty();
    }

    private void assertAsBefore() {
        assertThat(world.app.maintenance).isFalse();
        assertThat(world.app.formation).isEqualTo(Map.of("clock", 1, "web", 1, "worker", 2));
        assertThat(world.app.settings).isEmpty();
    }
}
