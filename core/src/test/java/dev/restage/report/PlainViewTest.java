package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Progress.Unit;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run as lines of a log, and as lines of JSON. */
class PlainViewTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PlainView view =
            new PlainView(new PrintStream(bytes, false, StandardCharsets.UTF_8), Glyphs.ASCII, new Ticking());
    private Instant now = RunFixture.START;

    @Test
    void tellsOfARunFromBeginningToEnd() {
        RunFixture fixture = new RunFixture().step("copy", 0, 2, "rows", "34000");
        view.on(new RunEvent.Started(RunFixture.RUN, fixture.plan()));
        record(Kind.STEP_STARTED, "copy", "", "");
        record(Kind.FACT, "copy", "rows", "34000");
        now = now.plusSeconds(2);
        record(Kind.STEP_DONE, "copy", "", "");
        view.on(new RunEvent.Ended(fixture.ended(2, Kind.RUN_DONE), List.of()));

        assertThat(lines())
                .containsExactly(
                        "nightly-reset: acme staging from acme production, run 2026-11-24-0300-k7q2",
                        "> copy",
                        "ok copy  2 s  rows 34 000",
                        "ok 2026-11-24-0300-k7q2 succeeded in 2 s: 1 of 1 steps done");
    }

    @Test
    void tellsHowFarAStepIsEveryFiveSeconds() {
        record(Kind.STEP_STARTED, "copy", "", "");
        for (int second = 0; second <= 20; second++) {
            view.on(new RunEvent.Progressed(RunFixture.RUN, "copy", Unit.OBJECTS, second, 0));
            now = now.plusSeconds(1);
        }

        assertThat(lines()).hasSize(4).last().asString().startsWith("  copy: 18 objects, 0:18");
    }

    @Test
    void saysNothingOfTheProgressOfAStepThatHasEndedOrNeverBegan() {
        record(Kind.STEP_STARTED, "copy", "", "");
        record(Kind.STEP_FAILED, "copy", "", "down");
        now = now.plusSeconds(60);
        view.on(new RunEvent.Progressed(RunFixture.RUN, "copy", Unit.ROWS, 1, 2));
        view.on(new RunEvent.Progressed(RunFixture.RUN, "other", Unit.ROWS, 1, 2));

        assertThat(lines()).containsExactly("> copy", "FAILED copy  0 ms  down");
    }

    @Test
    void aLongReasonStaysWholeOnOneLine() {
        record(Kind.STEP_FAILED, "copy", "", "word ".repeat(100) + "\nend");

        assertThat(lines()).singleElement().asString().hasSizeGreaterThan(500).endsWith("word end");
    }

    @Test
    void jsonLinesHoldEntriesOnlyAndEachOnItsLine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonLines json = JsonLines.to(out);
        RunFixture fixture = new RunFixture();

        json.on(new RunEvent.Started(RunFixture.RUN, fixture.plan()));
        json.on(new RunEvent.Progressed(RunFixture.RUN, "copy", Unit.ROWS, 1, 2));
        json.on(new RunEvent.Recorded(RunFixture.RUN, entry(Kind.FACT, "copy", "text", "zwei\nZeilen – ü")));
        json.on(new RunEvent.Ended(fixture.ended(1, Kind.RUN_DONE), List.of()));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"run\":\"2026-11-24-0300-k7q2\",\"number\":1,\"at\":\"2026-11-24T03:00:00Z\",\"kind\":\"FACT\",\"step\":\"copy\","
                                + "\"name\":\"text\",\"value\":\"zwei\\nZeilen – ü\",\"hash\":\"\"}\n");
    }

    @Test
    void aStreamThatTakesNoMoreIsToldToWhoListens() {
        JsonLines json = JsonLines.to(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        });

        assertThatThrownBy(() -> json.on(new RunEvent.Recorded(RunFixture.RUN, entry(Kind.FACT, "a", "b", "c"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the stream of JSON lines takes no more");
    }

    private void record(Kind kind, String step, String name, String value) {
        view.on(new RunEvent.Recorded(RunFixture.RUN, entry(kind, step, name, value)));
    }

    private Entry entry(Kind kind, String step, String name, String value) {
        return new Entry(1, now, kind, step, name, value, "");
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private final class Ticking extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
