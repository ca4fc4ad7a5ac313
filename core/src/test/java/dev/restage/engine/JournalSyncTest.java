package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Put;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.ProviderException;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.store.RunLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a run waits for its disk, and what it does when that takes no more. */
class JournalSyncTest {

    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

    @TempDir
    private Path home;

    @Test
    void stepsThatChangeNothingWaitForNoDisk() {
        WatchedStore store = new WatchedStore(home, new WatchedStore.Watcher() {});
        ResetPlan.Builder hundred = Stage.plan();
        for (int i = 0; i < 100; i++) {
            hundred.add(
                    "step " + i,
                    Step.of("nothing", context -> {}),
                    i == 0 ? new String[0] : new String[] {"step " + (i - 1)});
        }
        try (Restage restage = Stage.open(new World(), home, store)) {
            Receipt receipt = Stage.run(restage, hundred.build());

            assertThat(receipt.entries()).hasSize(202);
        }
        assertThat(store.syncs).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void aStepThatWritesIsOnDiskBeforeItBegins() {
        List<Integer> syncsAtWrites = new ArrayList<>();
        WatchedStore store = new WatchedStore(home, new WatchedStore.Watcher() {});
        ResetPlan plan = Stage.plan("a")
                .add("put", new Put("fake:a", "x"))
                .add("look", Step.of("look", context -> syncsAtWrites.add(store.syncs.get())), "put")
                .build();
        try (Restage restage = Stage.open(new World(), home, store)) {
            Stage.run(restage, plan);
        }

        // the beginning of the run, of the step, and its way back
        assertThat(syncsAtWrites).containsExactly(3);
    }

    @Test
    void isCutBackAfterAFailedWriteAndTakesNoMore() {
        WatchedStore store = new WatchedStore(home, new WatchedStore.Watcher() {
            @Override
            public void before(RunLog log, long length, byte[] entry) throws IOException {
                if (new String(entry, java.nio.charset.StandardCharsets.UTF_8).contains("too much")) {
                    log.append(length, Arrays.copyOf(entry, 20));
                    throw new IOException("No space left on device");
                }
            }
        });
        try (Journal journal = Journal.create(store, "run", Clock.fixed(NOW, ZoneOffset.UTC), entry -> {})) {
            journal.write(Kind.RUN_STARTED, "", "", "{}");
            assertThatThrownBy(() -> journal.write(Kind.FACT, "copy", "rows", "too much"))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("the journal of run run cannot be written, so no step goes on");
            assertThatThrownBy(() -> journal.write(Kind.STEP_FAILED, "copy", "", "small"))
                    .as("what came behind a gap could not be relied on")
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("No space left on device");
            journal.tryWrite(Kind.RUN_FAILED, "", "", "");
            assertThat(journal.failure()).isPresent();
        }

        try (Journal again = Journal.open(store, "run", Clock.fixed(NOW, ZoneOffset.UTC), entry -> {})) {
            again.write(Kind.RUN_FAILED, "", "", "");
        }
        assertThat(Journal.receipt(store, "run").entries())
                .extracting(Entry::kind)
                .containsExactly(Kind.RUN_STARTED, Kind.RUN_FAILED);
    }

    @Test
    void entriesStayInOrderWhenTheClockIsSetBack() {
        List<Instant> times = new ArrayList<>(List.of(NOW, NOW.minus(Duration.ofHours(1)), NOW.plusMillis(5)));
        WatchedStore store = new WatchedStore(home, new WatchedStore.Watcher() {});
        try (Journal journal = Journal.create(store, "run", new Jumping(times), entry -> {})) {
            journal.write(Kind.RUN_STARTED, "", "", "{}");
            journal.write(Kind.STEP_STARTED, "a", "", "");
            journal.write(Kind.STEP_DONE, "a", "", "");
        }

        assertThat(Journal.receipt(store, "run").entries())
                .extracting(Entry::at)
                .containsExactly(NOW, NOW, NOW.plusMillis(5));
    }

    @Test
    void aJournalOfALaterFormIsNamed() throws IOException {
        WatchedStore store = new WatchedStore(home, new WatchedStore.Watcher() {});
        try (RunLog log = store.create("run")) {
            log.append(0, "{\"name\":\"journal 7\",\"new\":true}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> Journal.receipt(store, "run"))
                .hasMessageContaining("has the form \"journal 7\" and this library reads \"journal 1\"")
                .hasMessageContaining("use a newer library");
    }

    private static final class Jumping extends Clock {

        private final List<Instant> times;

        Jumping(List<Instant> times) {
            this.times = times;
        }

        @Override
        public Instant instant() {
            return times.remove(0);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
