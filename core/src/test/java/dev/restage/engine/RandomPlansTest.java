package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.RestageException;
import dev.restage.run.RunException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guards against plans of all kinds of mistakes: as many as {@code -Drestage.plans=10000} says, from {@code -Drestage.seed=7}. */
class RandomPlansTest {

    private final World world = new World();

    @TempDir
    private Path home;

    @Test
    void whatIsWrongIsRefusedAndWritesNothingAndWhatIsRightIsNot() {
        long seed = Long.getLong("restage.seed", 7);
        int count = Integer.getInteger("restage.plans", 300);
        int accepted = 0;
        RandomPlans.COMPANIONS.forEach(
                (thing, companion) -> world.companions.put(thing, Set.of(Address.of("fake:" + companion))));
        RandomPlans plans = new RandomPlans(seed);
        try (Restage restage = Restage.builder()
                .module(world)
                .variables(Map.of("RESTAGE_HOME", home.toString()))
                .build()) {
            for (int i = 0; i < count; i++) {
                RandomPlans.Drawn drawn = plans.next();
                accepted += judge(restage, drawn, "plan %d of seed %d".formatted(i, seed)) ? 1 : 0;
            }
        }
        assertThat(accepted).as("of %d plans of seed %d", count, seed).isBetween(count / 5, count * 4 / 5);
    }

    /** {@return whether the plan was run} */
    private boolean judge(Restage restage, RandomPlans.Drawn drawn, String which) {
        world.unreachable.clear();
        world.unreachable.add(drawn.unreachable());
        world.writes.clear();
        world.locks.clear();
        world.events.clear();
        try {
            ResetPlan plan = drawn.plan().get();
            restage.run(restage.preview(plan));
            check(drawn.right() && !drawn.sly(), which, "was not refused: " + plan.toJson());
        } catch (RunException e) {
            check(drawn.right() && drawn.sly(), which, "failed: " + e.getMessage());
        } catch (RestageException e) {
            check(!drawn.right(), which, "was refused although it is right: " + e.getMessage());
            check(world.writes.isEmpty() && world.events.isEmpty(), which, "was refused too late");
        }
        for (String write : world.writes) {
            String thing = write.substring(0, write.indexOf('='));
            check(drawn.target().contains(thing), which, "wrote " + thing);
            check(!RandomPlans.isProductions(thing, drawn.plan().get().source()), which, "wrote production's " + thing);
        }
        return !world.events.isEmpty();
    }

    private static void check(boolean good, String which, String otherwise) {
        if (!good) {
            fail(which + " " + otherwise);
        }
    }
}
