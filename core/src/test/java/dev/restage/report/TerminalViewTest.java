package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Progress.Unit;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TerminalViewTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    private final AtomicInteger seconds = new AtomicInteger();

    @Test
    void plainLinesTellBeginProgressAndEndWithoutControlCharacters() {
        RunListener view = new PlainView(out, Glyphs.ASCII, clock());
        start(view, "copy");
        for (int second = 0; second <= 12; second++) {
            seconds.set(second);
            view.on(new RunEvent.Progressed(RunFixture.RUN, "copy", Unit.ROWS, second * 1000L, 24_000));
        }
        recorded(view, Kind.FACT, "copy", "rows", "24000");
        recorded(view, Kind.WARNING, "copy", "", "no key in \u001b[2J legacy");
        recorded(view, Kind.STEP_DONE, "copy", "", "");

        assertThat(lines())
                .containsExactly(
                        "> copy",
                        "  copy:  25 %, 6000 of 24 000 rows, 0:06, ~0:18 left, 1000 rows/s",
                        "  copy:  50 %, 12 000 of 24 000 rows, 0:12, ~0:12 left, 1000 rows/s",
                        "! copy: no key in [2J legacy",
                        "ok copy  12 s  rows 24 000");
    }

    @Test
    void unitsThatAreCountedSideBySideAreShownSideBySideUntilOneGoesOnAlone() {
        RunListener view = new PlainView(out, Glyphs.ASCII, clock());
        start(view, "copy");
        for (int second = 0; second <= 6; second++) {
            seconds.set(second);
            view.on(new RunEvent.Progressed(RunFixture.RUN, "copy", Unit.ROWS, second * 1000L, 0));
            view.on(new RunEvent.Progressed(RunFixture.RUN, "copy", Unit.BYTES, second * 100_000_000L, 2_400_000_000L));
        }
        for (int second = 7; second <= 24; second++) {
            seconds.set(second);
            view.on(new RunEvent.Progressed(RunFixture.RUN, "copy", Unit.ROWS, second * 10L, 1000));
        }

        assertThat(lines())
                .contains(
                        "  copy:  20 %, 500 MB of 2.4 GB, 6000 rows, 0:06, ~0:23 left, 83.3 MB/s",
                        "  copy:  24 %, 240 of 1000 rows, 0:24, ~1:16 left, 10 rows/s");
    }

    @Test
    void aStreamThatIsNoTerminalGetsPlainLines() {
        RunFixture fixture = RunFixture.failed();
        Receipt receipt = fixture.ended(317, Kind.RUN_FAILED);
        TerminalView view = TerminalView.on(out);

        replay(view, fixture, receipt);

        assertThat(text()).doesNotContain("\u001b").contains("the disk of the target is full", "failed in 5 min 17 s");
        assertThat(lines()).anyMatch(line -> line.endsWith("not begun, since copy-database failed"));
    }

    @Test
    void movingLinesFitTheWindowAndAreMeasuredAgain() {
        AtomicInteger width = new AtomicInteger(100);
        LiveView view = live(width);
        start(view, "copy-database");
        start(view, "copy-media");
        view.on(new RunEvent.Progressed(RunFixture.RUN, "copy-database", Unit.BYTES, 0, 2_400_000_000L));
        seconds.set(65);
        view.on(new RunEvent.Progressed(RunFixture.RUN, "copy-database", Unit.BYTES, 1_200_000_000L, 2_400_000_000L));
        view.on(new RunEvent.Progressed(RunFixture.RUN, "copy-media", Unit.OBJECTS, 34_000, 0));
        for (int columns : new int[] {100, 80, 40, 24}) {
            width.set(columns);
            bytes.reset();
            view.tick();
            assertThat(lines())
                    .allSatisfy(line -> assertThat(Columns.width(visible(line))).isLessThan(columns));
        }
        width.set(100);
        bytes.reset();
        view.tick();

        assertThat(visible(text()))
                .contains("copy-database  ███", " 50 %  1.2 GB of 2.4 GB  1:05  ~1:05 left", "34 000 objects  1:05");
    }

    @Test
    void endedStepsStayAboveTheMovingLinesAndTheEndLeavesNoThread() {
        LiveView view = live(new AtomicInteger(60));
        RunFixture fixture = RunFixture.staging();
        Receipt receipt = fixture.ended(642, Kind.RUN_DONE);

        replay(view, fixture, receipt);

        List<String> screen = screen();
        assertThat(screen).contains("✓ check-site  13 s  pages 12");
        assertThat(screen).noneMatch(line -> Glyphs.UNICODE.spinner().stream().anyMatch(line::startsWith));
        assertThat(screen.get(screen.size() - 1)).startsWith("✓ 2026-11-24-0300-k7q2 succeeded in 10 min 42 s");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("restage-terminal"));
    }

    @Test
    void terminalsWithoutColourOrCursorAreNotLive() {
        assertThat(Window.isLive(System.out, Map.of())).isFalse();
        assertThat(Window.isLive(System.out, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Window.isLive(System.out, Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Window.isLive(System.out, Map.of("TERM", "xterm", "CI", "true")))
                .isFalse();
        assertThat(Window.isLive(out, Map.of("TERM", "xterm"))).isFalse();
    }

    @Test
    void signsAreAsciiWhereTheStreamHasNoOthers() {
        assertThat(Glyphs.of(StandardCharsets.US_ASCII)).isEqualTo(Glyphs.ASCII);
        assertThat(Glyphs.of(StandardCharsets.ISO_8859_1)).isEqualTo(Glyphs.ASCII);
        assertThat(Glyphs.of(StandardCharsets.UTF_8)).isEqualTo(Glyphs.UNICODE);
    }

    @Test
    void theSummaryFitsEightyColumns() {
        String summary = RunSummary.of(RunFixture.failed().ended(317, Kind.RUN_FAILED));

        assertThat(summary.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(summary.lines())
                .anyMatch(line -> line.matches("    objects copied +1822"))
                .anyMatch(line -> line.matches("    bytes +732 MB"))
                .anyMatch(line -> line.contains("copying content_page to"));
    }

    @Test
    void jsonLinesHoldOneEntryEach() {
        RunFixture fixture = RunFixture.failed();
        Receipt receipt = fixture.ended(317, Kind.RUN_FAILED);

        replay(JsonLines.to(bytes), fixture, receipt);

        assertThat(lines()).hasSameSizeAs(receipt.entries());
        assertThat(lines().get(1))
                .startsWith("{\"run\":\"" + RunFixture.RUN
                        + "\",\"number\":2,\"at\":\"2026-11-24T03:00:00Z\",\"kind\":\"STEP_STARTED\"");
    }

    private LiveView live(AtomicInteger width) {
        return new LiveView(out, Glyphs.UNICODE, clock(), new Window() {
            @Override
            public int columns() {
                return width.get();
            }

            @Override
            public int rows() {
                return 30;
            }
        });
    }

    private void replay(RunListener view, RunFixture fixture, Receipt receipt) {
        view.on(new RunEvent.Started(receipt.runId(), fixture.plan()));
        receipt.entries().forEach(entry -> view.on(new RunEvent.Recorded(RunFixture.RUN, entry)));
        view.on(new RunEvent.Ended(receipt, fixture.previews()));
    }

    private void start(RunListener view, String step) {
        recorded(view, Kind.STEP_STARTED, step, "", "");
    }

    private void recorded(RunListener view, Kind kind, String step, String name, String value) {
        view.on(new RunEvent.Recorded(RunFixture.RUN, new Entry(1, clock().instant(), kind, step, name, value, "")));
    }

    private List<String> lines() {
        return text().lines().toList();
    }

    private String text() {
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What a terminal shows after all that was written, with the cursor movements that we use. */
    private List<String> screen() {
        java.util.ArrayList<String> rows = new java.util.ArrayList<>();
        int row = 0;
        for (String part : text().split("(?<=\n)|(?=\r)|(?=\u001b\\[\\d+A)", -1)) {
            String rest = part.replace("\r", "");
            java.util.regex.Matcher up =
                    java.util.regex.Pattern.compile("^\u001b\\[(\\d+)A").matcher(rest);
            if (up.find()) {
                row -= Integer.parseInt(up.group(1));
            }
            boolean clears = rest.contains("\u001b[J");
            if (clears) {
                rows.subList(row, rows.size()).clear();
            }
            if (rest.endsWith("\n")) {
                String shown = visible(rest).replace("\n", "");
                if (row < rows.size()) {
                    rows.set(row, shown);
                } else {
                    rows.add(shown);
                }
                row++;
            }
        }
        return rows;
    }

    private static String visible(String text) {
        return text.replaceAll("\u001b\\[[0-9]*[A-Za-z]", "").replace("\r", "");
    }

    private Clock clock() {
        return new Clock() {
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
                return RunFixture.START.plusSeconds(seconds.get());
            }
        };
    }
}
