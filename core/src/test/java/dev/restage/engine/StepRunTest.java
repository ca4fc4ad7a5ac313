package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Cell;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.CodeStep;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Lockable;
import dev.restage.provider.Notifier;
import dev.restage.provider.PlanException;
import dev.restage.provider.Progress.Unit;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.RunException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a step is given to work with. */
@Timeout(60)
class StepRunTest {

    private static final Address CELL = Address.of("fake:a");
    private static final Address OTHER = Address.of("fake:b");

    private final World world = new World();
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();

    @TempDir
    private Path home;

    private Restage restage = Restage.builder().build();

    @BeforeEach
    void open() {
        restage.close();
        restage = Stage.open(world, home, heard::add);
    }

    @AfterEach
    void close() {
        restage.close();
    }

    @Test
    void usesWhatItDeclares() {
        world.values.put("b", "read");

        run(Step.of(
                        "copy",
                        context -> context.use(CELL, Cell.class)
                                .write(context.use(OTHER, Cell.class).read()))
                .reading(OTHER)
                .writing(CELL));

        assertThat(world.values).containsEntry("a", "read");
    }

    @Test
    void readsWhatItMayWrite() {
        AtomicReference<String> seen = new AtomicReference<>("");

        run(Step.of("read", context -> seen.set(context.use(CELL, Cell.class).read()))
                .writing(CELL));

        assertThat(seen).hasValue("empty");
    }

    @Test
    void getsNothingThatItDoesNotDeclare() {
        assertThat(failureOf(Step.of("grab", context -> context.use(OTHER, Cell.class))
                        .writing(CELL)))
                .hasMessageContaining("the step step asks for fake:b, which its access() does not declare: declare it");
    }

    @Test
    void writesNothingThatItDeclaresToRead() {
        assertThat(failureOf(Step.of(
                                "grab",
                                context -> context.use(OTHER, Cell.class).write("mine"))
                        .reading(OTHER)))
                .hasMessageContaining("has declared only to read fake:b, so it may not write (write was called)");
        assertThat(world.writes).isEmpty();
    }

    @Test
    void usesWhatItTellsAsANotifierOnly() {
        assertThat(failureOf(Step.of("tell", context -> context.use(OTHER, Cell.class))
                        .telling(OTHER)))
                .hasMessageContaining("has declared to send messages to fake:b, so it may use it as a Notifier only");
        assertThat(failureOf(Step.of("tell", context -> context.use(OTHER, Notifier.class))
                        .telling(OTHER)))
                .hasMessageContaining("fake:b cannot be used as a Notifier: it is a Cell, Lockable");
    }

    @Test
    void usesAResourceInEachOfItsRoles() {
        run(Step.of("lock", context -> context.use(CELL, Lockable.class)).writing(CELL));
    }

    @Test
    void makesWhatItKeepsOnce() {
        AtomicInteger made = new AtomicInteger();

        Receipt receipt = run(Step.of("choose", context -> {
            assertThat(context.kept("chosen")).isEmpty();
            assertThat(context.keep("chosen", () -> "blue " + made.incrementAndGet()))
                    .isEqualTo("blue 1");
            assertThat(context.keep("chosen", () -> "red " + made.incrementAndGet()))
                    .isEqualTo("blue 1");
            assertThat(context.kept("chosen")).contains("blue 1");
        }));

        assertThat(made).hasValue(1);
        assertThat(receipt.kept("step", "chosen")).contains("blue 1");
        assertThat(receipt.facts().find("step", "chosen"))
                .as("no message quotes it")
                .isEmpty();
    }

    @Test
    void whatCouldNotBeMadeIsMadeByTheNextCall() {
        Receipt receipt = run(Step.of("choose", context -> {
            assertThatThrownBy(() -> context.keep("chosen", () -> {
                        throw new IllegalStateException("nobody answers");
                    }))
                    .hasMessage("nobody answers");
            context.keep("chosen", () -> "blue");
        }));

        assertThat(receipt.kept("step", "chosen")).contains("blue");
    }

    @Test
    void theLastWordOfAFactCountsAndWorkIsAddedUp() {
        Receipt receipt = run(Step.of("copy", context -> {
            context.fact("verdict", "red");
            context.count("objects", 900);
            context.fact("verdict", "green");
            context.count("objects", 100);
            assertThat(context.fact("verdict")).contains("green");
            assertThat(context.fact("objects")).contains("1000");
        }));

        assertThat(receipt.facts().find("step", "verdict")).contains("green");
        assertThat(receipt.facts().find("step", "objects")).contains("1000");
        assertThat(receipt.steps().get(0).facts()).containsEntry("objects", "1000");
    }

    @Test
    void seesTheFactsOfEarlierSteps() {
        AtomicReference<Optional<String>> seen = new AtomicReference<>(Optional.empty());

        Stage.run(
                restage,
                Stage.plan()
                        .add("first", Step.of("first", context -> context.fact("rows", "7")))
                        .add(
                                "second",
                                Step.of(
                                        "second",
                                        context -> seen.set(context.facts().find("first", "rows"))),
                                "first")
                        .build());

        assertThat(seen.get()).contains("7");
    }

    @Test
    void tellsHowFarItIs() {
        Receipt receipt = run(Step.of("count", context -> {
            context.progress().report(Unit.ROWS, 5, 0);
            context.progress().report(Unit.ROWS, 7, 9);
        }));

        assertThat(heard)
                .filteredOn(RunEvent.Progressed.class::isInstance)
                .containsExactly(
                        new RunEvent.Progressed(receipt.runId(), "step", Unit.ROWS, 5, 0),
                        new RunEvent.Progressed(receipt.runId(), "step", Unit.ROWS, 7, 9));
    }

    @Test
    void getsSecretsByNameAndMemoryInTheHomeFolder() {
        AtomicReference<Secret> secret = new AtomicReference<>();
        AtomicReference<Path> memory = new AtomicReference<>();

        Receipt receipt = run(Step.of("ask", context -> {
            secret.set(context.secret("TOKEN", "to ask"));
            memory.set(context.memory());
            context.fact("secret", String.valueOf(secret.get()));
        }));

        assertThat(secret.get()).isEqualTo(Secret.of("t0ken"));
        assertThat(memory.get()).isEqualTo(home.resolve("memory"));
        assertThat(receipt.toJson()).doesNotContain("t0ken");
    }

    @Test
    void knowsItsRunAndWhenThatBegan() {
        List<String> ids = new ArrayList<>();
        AtomicReference<java.time.Instant> began = new AtomicReference<>();

        Receipt receipt = run(Step.of("look", context -> {
            ids.add(context.runId());
            began.set(context.startedAt());
        }));

        assertThat(ids).containsExactly(receipt.runId());
        assertThat(began.get()).isEqualTo(receipt.startedAt());
    }

    @Test
    void waitsForWhatBecomesTrue() {
        AtomicInteger asked = new AtomicInteger();

        run(Step.of(
                "wait",
                context ->
                        context.await("the third answer", Duration.ofSeconds(30), () -> asked.incrementAndGet() == 3)));

        assertThat(asked).hasValue(3);
    }

    @Test
    void doesNotWaitForWhatIsTrueAlready() {
        run(Step.of("wait", context -> context.await("nothing", Duration.ZERO, () -> true)));
    }

    @Test
    void endsWaitingWhenItIsInterrupted() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();

        failureOf(Step.of("wait", context -> {
            Thread.currentThread().interrupt();
            try {
                context.await("an answer", Duration.ofMinutes(5), () -> false);
            } catch (ProviderException e) {
                thrown.set(e);
                throw e;
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }));

        assertThat(thrown.get())
                .hasMessage("interrupted while waiting for an answer")
                .asInstanceOf(type(ProviderException.class))
                .returns(ProviderException.Kind.UNAVAILABLE, ProviderException::kind);
    }

    @Test
    void whatIsAskedThrowsWhatItThrows() {
        assertThat(failureOf(Step.of(
                        "wait",
                        context -> context.await("x", Duration.ofMinutes(5), () -> {
                            throw new ProviderException(ProviderException.Kind.DENIED, "you may not ask", null);
                        }))))
                .hasMessageContaining("The step step: you may not ask");
    }

    @Test
    void inAPreviewItRecordsNothingAndHasNoRun() {
        List<String> seen = new ArrayList<>();

        restage.preview(Stage.plan("a").add("step", new Asked(seen::add)).build());

        assertThat(seen).containsExactly("preview", "[]", "[]");
    }

    private Receipt run(CodeStep step) {
        return Stage.run(restage, Stage.plan("a", "b").add("step", step).build());
    }

    private RunException failureOf(CodeStep step) {
        RunException[] failure = new RunException[1];
        assertThatThrownBy(() -> run(step)).isInstanceOfSatisfying(RunException.class, e -> failure[0] = e);
        return failure[0];
    }

    private record Asked(Consumer<String> seen) implements Step {

        @Override
        public dev.restage.plan.Access access() {
            return dev.restage.plan.Access.NONE;
        }

        @Override
        public Decision decide(StepContext context) {
            seen.accept(context.runId());
            seen.accept(context.kept("x").stream().toList().toString());
            seen.accept(context.facts().byStep().keySet().toString());
            context.progress().report(Unit.BYTES, 1, 1);
            for (Runnable recording : List.<Runnable>of(
                    () -> context.fact("x", "y"), () -> context.count("x", 1), () -> context.keep("x", () -> "y"))) {
                assertThatThrownBy(recording::run)
                        .isInstanceOf(PlanException.class)
                        .hasMessageContaining("the step step records in its preview");
            }
            return Decision.NOTHING;
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            throw new IllegalStateException("not asked to run");
        }
    }
}
