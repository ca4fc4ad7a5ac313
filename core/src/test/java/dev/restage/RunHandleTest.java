package dev.restage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.RunException;
import dev.restage.run.RunInfo;
import dev.restage.run.RunState;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run as an object, and the list of runs. */
@Timeout(60)
class RunHandleTest {

    private final World world = new World();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    @TempDir
    private Path home;

    @Test
    void isKnownWhileItGoesOnAndWhenItIsOver() {
        try (Restage restage = builder().build()) {
            Run run = restage.start(restage.preview(plan(this::waitInside)));
            await(inside);

            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            assertThat(restage.runs())
                    .extracting(RunInfo::id, RunInfo::state)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(run.id(), RunState.RUNNING));
            assertThat(run.receipt().condition()).isEqualTo(Receipt.Condition.UNFINISHED);
            assertThatThrownBy(() -> restage.previewUndo(run.id()))
                    .hasMessageContaining("is going on in another process or thread");
            free.countDown();
            Receipt receipt = run.await();

            assertThat(receipt.succeeded()).isTrue();
            assertThat(run.state()).isEqualTo(RunState.DONE);
            assertThat(run.receipt()).isEqualTo(receipt);
            RunInfo listed = restage.runs().get(0);
            assertThat(listed)
                    .isEqualTo(
                            new RunInfo(run.id(), "p", "stage", receipt.startedAt(), RunState.DONE, receipt.endedAt()));
        }
    }

    @Test
    void isCancelledAndResumed() {
        try (Restage restage = builder().build()) {
            ResetPlan plan = plan(this::waitInside);
            Run run = restage.start(restage.preview(plan));
            await(inside);

            run.cancel();

            assertThatThrownBy(run::await).isInstanceOf(RunException.class).hasMessageContaining("It was interrupted");
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            free.countDown();
            assertThatThrownBy(() -> restage.resume(run.id()))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("has steps of code (code)");
            assertThat(restage.resume(run.id(), plan).succeeded()).isTrue();
        }
    }

    @Test
    void isNotResumedWithAnotherPlan() {
        try (Restage restage = builder().build()) {
            Run run = restage.start(restage.preview(plan(context -> {
                throw new IllegalStateException("broken");
            })));
            assertThatThrownBy(run::await).isInstanceOf(RunException.class);
            ResetPlan other = plan(context -> {}).toBuilder()
                    .replace("put", new Put("fake:a", "another"))
                    .build();

            assertThatThrownBy(() -> restage.resume(run.id(), other))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("this is not the plan of run " + run.id() + ": its step put was ")
                    .hasMessageContaining("another");
        }
    }

    @Test
    void goesOnOnTheHostsThreadsAndIsCancelledBeforeItBegins() {
        Queue<Runnable> given = new ArrayDeque<>();
        try (Restage restage = builder().executor(given::add).build()) {
            Run first = restage.start(restage.preview(plan(context -> {})));
            Run second = restage.start(restage.preview(plan(context -> {})));
            assertThat(first.receipt().entries()).isEmpty();
            second.cancel();
            given.forEach(Runnable::run);

            assertThat(first.await().succeeded()).isTrue();
            assertThatThrownBy(second::await)
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("was cancelled before it began");
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void closingWaitsForItsEnd() throws InterruptedException {
        Restage restage = builder().build();
        Run run = restage.start(restage.preview(plan(this::waitInside)));
        await(inside);
        Thread closing = new Thread(restage::close);
        closing.start();
        assertThat(world.events).doesNotContain("closed a");

        free.countDown();
        closing.join(30_000);

        assertThat(run.await().succeeded()).isTrue();
        assertThat(world.events).contains("closed a");
    }

    @Test
    void manyTellTheirListenerWhoseEventItIsAndEachInOrder() {
        Map<String, List<Long>> numbers = new ConcurrentHashMap<>();
        try (Restage restage = builder()
                .listener(event -> {
                    if (event instanceof RunEvent.Recorded recorded) {
                        numbers.computeIfAbsent(recorded.runId(), id -> new CopyOnWriteArrayList<>())
                                .add(recorded.entry().number());
                    }
                })
                .build()) {
            Map<String, Integer> entries = new HashMap<>();
            List<Run> runs = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 20; i++) {
                runs.add(restage.start(restage.preview(reading())));
            }
            runs.forEach(run -> entries.put(run.id(), run.await().entries().size()));

            assertThat(entries).hasSize(20);
            entries.forEach(
                    (id, size) -> assertThat(numbers.get(id)).hasSize(size).isSorted());
        }
    }

    private void waitInside(StepContext context) {
        inside.countDown();
        await(free);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Restage.Builder builder() {
        return Restage.builder().module(world).variables(Map.of("RESTAGE_HOME", home.toString()));
    }

    private static ResetPlan reading() {
        return ResetPlan.builder(
                        "p",
                        Environment.production("prod").build(),
                        Environment.staging("stage").also("fake:a").build())
                .add("look", Step.of("look", context -> context.fact("seen", "yes")))
                .build();
    }

    private static ResetPlan plan(Consumer<StepContext> code) {
        return ResetPlan.builder(
                        "p",
                        Environment.production("prod").build(),
                        Environment.staging("stage").also("fake:a").build())
                .add("put", new Put("fake:a", "x"))
                .add("code", Step.of("do it", code), "put")
                .build();
    }
}
