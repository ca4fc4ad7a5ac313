package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Cell;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A step that says something else each time it is asked what it uses. */
@Timeout(60)
class FickleStepTest {

    private static final Address PRODUCTION = Address.of("fake:prod/db");
    private static final Address STAGING = Address.of("fake:stage/db");

    private final World world = new World();

    @TempDir
    private Path home;

    @AutoClose
    private Restage restage = Restage.builder().build();

    @BeforeEach
    void open() {
        restage.close();
        restage = Stage.open(world, home);
    }

    @Test
    void isHeldToWhatItSaidWhenItWasPlannedHoweverOftenItChangesItsMind() {
        for (int honest = 1; honest < 12; honest++) {
            Fickle step = new Fickle(new AtomicInteger(honest));
            ResetPlan plan = Stage.plan().add("sly", step).build();
            PlanPreview preview = restage.preview(plan);

            assertThatThrownBy(() -> restage.run(preview))
                    .as("honest for %d answers", honest)
                    .hasMessageContaining("asks for fake:prod/db, which its access() does not declare");
        }

        assertThat(world.writes).isEmpty();
    }

    @Test
    void isAskedOnceForEachPlanThatItIsAddedTo() {
        Fickle step = new Fickle(new AtomicInteger(3));

        ResetPlan plan = Stage.plan().add("sly", step).build();
        restage.preview(plan);

        assertThat(step.honest()).hasValue(2);
        assertThat(plan.steps().get(0).access().writes()).isEqualTo(Set.of(STAGING));
    }

    /** Declares staging for so many answers, and then production. */
    record Fickle(AtomicInteger honest) implements Step {

        @Override
        public Access access() {
            return Access.NONE.writing(honest.getAndDecrement() > 0 ? STAGING : PRODUCTION);
        }

        @Override
        public Decision decide(StepContext context) {
            return Decision.NOTHING;
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            context.use(PRODUCTION, Cell.class).write("x");
        }
    }
}
