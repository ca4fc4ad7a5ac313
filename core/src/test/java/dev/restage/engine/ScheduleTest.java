package dev.restage.engine;

import static dev.restage.engine.Stage.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScheduleTest {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Map<String, String> blocked = new LinkedHashMap<>();

    @Test
    void nothingToDoIsDoneWell() throws InterruptedException {
        assertThat(run(List.of(), step -> false)).isTrue();
    }

    @Test
    void beginsAStepWhenAllThatItDependsOnIsDone() throws InterruptedException {
        List<PlanStep> steps = List.of(step("a"), step("b", "a"), step("c", "a"), step("d", "b", "c"), step("e", "d"));

        assertThat(run(steps, this::note)).isTrue();

        assertThat(done).hasSize(5).startsWith("a").endsWith("d", "e").contains("b", "c");
        assertThat(blocked).isEmpty();
    }

    @Test
    void keepsBackAllThatFollowsFromAFailureAndNamesWhatEachWaitsFor() throws InterruptedException {
        List<PlanStep> steps = List.of(
                step("a"), step("fails"), step("b", "a", "fails"), step("c", "b"), step("d", "a"), step("e", "c"));

        boolean well = run(steps, step -> !step.name().equals("fails") && note(step));

        assertThat(well).isFalse();
        assertThat(done).containsExactlyInAnyOrder("a", "d");
        assertThat(blocked).containsExactly(Map.entry("b", "fails"), Map.entry("c", "b"), Map.entry("e", "c"));
    }

    @Test
    void tellsAStepOnceThatWaitsForTwoFailures() throws InterruptedException {
        List<PlanStep> steps = List.of(step("one"), step("two"), step("both", "one", "two"));
        CountDownLatch together = new CountDownLatch(2);
        List<String> told = new ArrayList<>();

        boolean well = new Schedule(plan(steps))
                .run(
                        step -> {
                            together.countDown();
                            await(together);
                            return false;
                        },
                        (step, failed) -> told.add(step.name()));

        assertThat(well).isFalse();
        assertThat(told).containsExactly("both");
    }

    @Test
    void endsARunningStepAlthoughAnotherFailed() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        List<PlanStep> steps = List.of(step("long"), step("short"), step("after long", "long"));

        boolean well = run(steps, step -> {
            if (step.name().equals("short")) {
                failed.countDown();
                return false;
            }
            await(failed);
            return note(step);
        });

        assertThat(well).isFalse();
        assertThat(done).containsExactly("long", "after long");
    }

    @Test
    void runsEightAtOnceAndNoMore() throws InterruptedException {
        List<PlanStep> steps = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            steps.add(step("step " + i));
        }
        CountDownLatch eight = new CountDownLatch(8);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        boolean well = run(steps, step -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            eight.countDown();
            await(eight);
            now.decrementAndGet();
            return note(step);
        });

        assertThat(well).isTrue();
        assertThat(most).hasValue(8);
        assertThat(done).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void interruptsWhatRunsAndWaitsForItsEnd() {
        CountDownLatch inside = new CountDownLatch(1);
        Thread runner = Thread.currentThread();
        List<PlanStep> steps = List.of(step("waits"), step("never", "waits"));
        Thread interrupter = new Thread(() -> {
            await(inside);
            runner.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> run(steps, step -> {
                    inside.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        done.add("interrupted");
                    }
                    return false;
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(done).containsExactly("interrupted");
        assertThat(Thread.interrupted()).as("told by the exception").isFalse();
    }

    @Test
    void stepsHaveThreadsOfTheirOwn() throws InterruptedException {
        List<String> threads = new CopyOnWriteArrayList<>();

        run(List.of(step("a")), step -> threads.add(Thread.currentThread().getName()));

        assertThat(threads).containsExactly("restage-step-1");
    }

    @Test
    void aDependencyThatIsNamedOnceMoreChangesNothing() throws InterruptedException {
        List<PlanStep> steps =
                List.of(step("a"), new PlanStep("b", step("b").step(), Set.of("a")), step("c", "a", "b"));

        assertThat(run(steps, this::note)).isTrue();
        assertThat(done).containsExactly("a", "b", "c");
    }

    private boolean run(List<PlanStep> steps, Predicate<PlanStep> work) throws InterruptedException {
        return new Schedule(plan(steps)).run(work, (step, failed) -> blocked.put(step.name(), failed));
    }

    private boolean note(PlanStep step) {
        return done.add(step.name());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ResetPlan plan(List<PlanStep> steps) {
        return new ResetPlan("test", Stage.PRODUCTION, Stage.plan().build().target(), steps);
    }
}
