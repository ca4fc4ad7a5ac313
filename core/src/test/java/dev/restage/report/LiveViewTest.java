package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Progress.Unit;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the cursor does. No test starts a run, so that no thread draws. */
class LiveViewTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

    @Test
    void goesUpByAsManyRowsAsItDrew() {
        LiveView view = view(Window.of(60, 30));
        record(view, Kind.STEP_STARTED, "copy");
        assertThat(text()).doesNotContain("\u001b[1A");
        bytes.reset();

        record(view, Kind.STEP_STARTED, "sync");
        assertThat(text()).startsWith("\r\u001b[1A");
        bytes.reset();

        view.tick();
        assertThat(text()).startsWith("\r\u001b[2A").endsWith("\u001b[J");
    }

    @Test
    void countsTheRowsThatLinesTakeInANarrowerWindow() {
        int[] columns = {60};
        LiveView view = view(new Window() {
            @Override
            public int columns() {
                return columns[0];
            }

            @Override
            public int rows() {
                return 30;
            }
        });
        record(view, Kind.STEP_STARTED, "copy");
        view.on(new RunEvent.Progressed(RunFixture.RUN, "copy", Unit.ROWS, 50, 100));
        view.tick();
        columns[0] = 25;
        bytes.reset();

        view.tick();

        assertThat(text()).as("59 columns are three rows of 25").startsWith("\r\u001b[3A");
    }

    @Test
    void leavesTheLastColumnFree() {
        LiveView view = view(Window.of(40, 30));
        record(view, Kind.STEP_STARTED, "a-step-with-a-long-name");
        view.on(new RunEvent.Progressed(RunFixture.RUN, "a-step-with-a-long-name", Unit.BYTES, 500_000, 1_000_000));
        bytes.reset();

        view.tick();

        assertThat(visible()).allSatisfy(line -> assertThat(Columns.width(line)).isLessThan(40));
    }

    @Test
    void aTinyWindowStillShowsSomething() {
        LiveView view = view(Window.of(1, 1));
        record(view, Kind.STEP_STARTED, "copy");
        record(view, Kind.STEP_STARTED, "sync");
        bytes.reset();

        view.tick();

        assertThat(visible()).anyMatch(line -> line.contains("copy")).anyMatch(line -> line.equals("  and 1 more"));
    }

    @Test
    void saysHowManyStepsHaveNoRoom() {
        LiveView view = view(Window.of(60, 5));
        for (int i = 0; i < 7; i++) {
            record(view, Kind.STEP_STARTED, "step-" + i);
        }
        bytes.reset();

        view.tick();

        assertThat(visible()).hasSize(4).last().isEqualTo("  and 4 more");
    }

    @Test
    void neverCutsWhatWentWrong() {
        LiveView view = view(Window.of(40, 30));
        String reason = "the disk of the target is full: choose a larger plan and resume the run";

        view.on(new RunEvent.Recorded(RunFixture.RUN, entry(Kind.STEP_FAILED, "copy", reason)));

        assertThat(text()).contains(reason).contains("\u001b[31m✗\u001b[0m");
    }

    @Test
    void coloursTheSignOnly() {
        LiveView view = view(Window.of(60, 30));

        record(view, Kind.STEP_STARTED, "copy");
        record(view, Kind.STEP_DONE, "copy");

        assertThat(text()).contains("\u001b[32m✓\u001b[0m copy");
    }

    @Test
    void drawsNothingOfStepsThatItDoesNotKnow() {
        LiveView view = view(Window.of(60, 30));

        view.on(new RunEvent.Progressed(RunFixture.RUN, "unknown", Unit.ROWS, 1, 2));
        view.tick();

        assertThat(text()).isEmpty();
    }

    @Test
    void aFactDrawsNothing() {
        LiveView view = view(Window.of(60, 30));

        view.on(new RunEvent.Recorded(
                RunFixture.RUN, new Entry(1, RunFixture.START, Kind.FACT, "copy", "rows", "7", "")));

        assertThat(text()).isEmpty();
    }

    private LiveView view(Window window) {
        return new LiveView(out, Glyphs.UNICODE, Clock.fixed(RunFixture.START, ZoneOffset.UTC), window);
    }

    private static void record(LiveView view, Kind kind, String step) {
        view.on(new RunEvent.Recorded(RunFixture.RUN, entry(kind, step, "")));
    }

    private static Entry entry(Kind kind, String step, String value) {
        return new Entry(1, RunFixture.START, kind, step, "", value, "");
    }

    private String text() {
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private List<String> visible() {
        return text().replaceAll("\u001b\\[[0-9]*[A-Za-z]", "")
                .replace("\r", "")
                .lines()
                .toList();
    }
}
