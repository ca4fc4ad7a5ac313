package dev.restage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.run.Receipt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The front door. */
class RestageTest {

    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00.5Z");

    @TempDir
    private Path home;

    @Test
    void opensToReadAndToWrite() {
        World world = new World();
        try (Restage restage = open(world)) {
            Cell read = restage.open("fake:a", Cell.class);

            assertThat(read.read()).isEqualTo("empty");
            assertThatThrownBy(() -> read.write("x"))
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("fake:a was opened to be read");
            restage.openToWrite("fake:a", Cell.class).write("x");
            assertThat(read.read()).isEqualTo("x");
        }
        assertThat(world.events).containsExactly("closed a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "fake", "FAKE:a", "fake:a?off=b", "feke:a"})
    void refusesWhatItCannotOpen(String address) {
        try (Restage restage = open(new World())) {
            assertThatThrownBy(() -> restage.open(address, Cell.class))
                    .isInstanceOfAny(PlanException.class, IllegalArgumentException.class)
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void keepsItsJournalsInItsHomeAndTellsTheTimeOfItsClock() {
        try (Restage restage = open(new World())) {
            Receipt receipt = restage.run(restage.preview(plan()));

            assertThat(receipt.startedAt()).isEqualTo(NOW);
            assertThat(receipt.runId()).startsWith("20261124-030000-");
            assertThat(Files.exists(
                            home.resolve("runs").resolve(receipt.runId()).resolve("journal.jsonl")))
                    .isTrue();
            assertThat(restage.receipt(receipt.runId())).isEqualTo(receipt);
        }
    }

    @Test
    void anotherOneGoesOnWithARun() {
        World world = new World();
        world.failing.add("a");
        String id;
        try (Restage restage = open(world)) {
            id = org.assertj.core.api.Assertions.catchThrowableOfType(
                            dev.restage.run.RunException.class, () -> restage.run(restage.preview(plan())))
                    .receipt()
                    .runId();
        }
        world.failing.clear();

        try (Restage other = open(world)) {
            assertThat(other.resume(id).succeeded()).isTrue();
            assertThat(other.undo(id).succeeded()).isFalse();
        }
        assertThat(world.values).containsEntry("a", "empty");
    }

    @Test
    void closesOnce() {
        World world = new World();
        Restage restage = open(world);
        restage.open("fake:a", Cell.class);

        restage.close();

        assertThatCode(restage::close).doesNotThrowAnyException();
        assertThat(world.events).containsExactly("closed a");
    }

    @Test
    void refusesWhatIsAskedOfItAfterItWasClosed() {
        Restage restage = open(new World());
        dev.restage.plan.PlanPreview preview = restage.preview(plan());
        restage.close();

        for (Runnable late : java.util.List.<Runnable>of(
                () -> restage.preview(plan()),
                () -> restage.run(preview),
                () -> restage.start(preview),
                () -> restage.resume("x"),
                () -> restage.undo("x"),
                () -> restage.receipt("x"),
                restage::runs,
                () -> restage.open("fake:a", Cell.class))) {
            assertThatThrownBy(late::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("this Restage is closed")
                    .hasMessageContaining("make another one");
        }
    }

    private Restage open(World world) {
        return Restage.builder()
                .module(world)
                .variables(Map.of("RESTAGE_HOME", home.toString()))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    private static ResetPlan plan() {
        return ResetPlan.builder(
                        "p",
                        Environment.production("prod").build(),
                        Environment.staging("stage").also("fake:a").build())
                .add("put", new Put("fake:a", "x"))
                .build();
    }
}
