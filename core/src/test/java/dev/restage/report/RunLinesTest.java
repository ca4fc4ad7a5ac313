package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.report.RunLines.Line;
import dev.restage.report.RunLines.Mark;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The line that remains of a step. */
class RunLinesTest {

    private final RunLines lines = new RunLines(Glyphs.ASCII);
    private int second;

    @ParameterizedTest
    @CsvSource({
        "STEP_DONE, DONE, ok copy  1 s",
        "STEP_SKIPPED, QUIET, ok copy  1 s  was done before",
        "STEP_FAILED, FAILED, FAILED copy  1 s  the reason",
        "STEP_BLOCKED, QUIET, '- copy  1 s  not begun, since the reason failed'",
        "STEP_UNDONE, QUIET, undone copy  1 s  undone"
    })
    void tellsHowAStepEnded(Kind kind, Mark mark, String expected) {
        take(Kind.STEP_STARTED, "copy", "", "");

        Line line = take(kind, "copy", "", "the reason");

        assertThat(line.mark()).isEqualTo(mark);
        assertThat(line.in(80, Glyphs.ASCII)).isEqualTo(expected);
        assertThat(lines.running()).isEmpty();
    }

    @Test
    void aStepThatNeverBeganHasNoTime() {
        assertThat(take(Kind.STEP_BLOCKED, "copy", "", "backup").in(80, Glyphs.ASCII))
                .isEqualTo("- copy  not begun, since backup failed");
        assertThat(take(Kind.STEP_SKIPPED, "copy", "", "").in(80, Glyphs.ASCII)).isEqualTo("ok copy  was done before");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RUN_STARTED", "RUN_DONE", "RUN_FAILED", "RUN_UNDONE", "FACT", "STEP_STARTED"})
    void saysNothingOfWhatEndsNoStep(Kind kind) {
        assertThat(take(kind, "copy", "rows", "7").head()).isEmpty();
    }

    @Test
    void followsStepsSideBySideAndOneThatBeginsAgain() {
        take(Kind.STEP_STARTED, "copy", "", "");
        take(Kind.STEP_STARTED, "sync", "", "");
        assertThat(lines.running()).containsOnlyKeys("copy", "sync");

        take(Kind.STEP_FAILED, "copy", "", "down");
        take(Kind.STEP_STARTED, "copy", "", "");

        assertThat(lines.running().keySet()).containsExactly("sync", "copy");
        assertThat(take(Kind.STEP_DONE, "copy", "", "").in(80, Glyphs.ASCII)).isEqualTo("ok copy  1 s");
    }

    @Test
    void tellsTheFactsOfAStepWithItsEnd() {
        take(Kind.STEP_STARTED, "copy", "", "");
        take(Kind.FACT, "copy", "rows", "34000");
        take(Kind.FACT, "copy", "rows.before", "1");
        take(Kind.FACT, "other", "rows", "5");

        assertThat(take(Kind.STEP_DONE, "copy", "", "").in(80, Glyphs.ASCII)).isEqualTo("ok copy  4 s  rows 34 000");
    }

    @Test
    void whatIsCutIsCutAtTheEnd() {
        take(Kind.STEP_STARTED, "copy-database", "", "");

        Line line = take(Kind.STEP_FAILED, "copy-database", "", "the disk of the target is full");

        assertThat(line.in(30, Glyphs.ASCII)).isEqualTo("FAILED copy-database  1 s...");
        assertThat(line.in(40, Glyphs.UNICODE))
                .startsWith("FAILED copy-database  1 s  the")
                .endsWith("…");
    }

    @Test
    void hostileNamesAndTextsCannotMoveTheCursor() {
        take(Kind.STEP_STARTED, "co\u001b[2Jpy", "", "");

        assertThat(take(Kind.WARNING, "co\u001b[2Jpy", "", "a\nb\u0007\u001b[31m")
                        .in(80, Glyphs.ASCII))
                .isEqualTo("! co[2Jpy: a b[31m");
        assertThat(take(Kind.STEP_FAILED, "co\u001b[2Jpy", "", "x\r\ny").in(80, Glyphs.ASCII))
                .isEqualTo("FAILED co[2Jpy  2 s  x y");
    }

    @Test
    void theClosingLineSaysHowTheRunEnded() {
        assertThat(closing(RunFixture.staging(), Kind.RUN_DONE))
                .isEqualTo("ok 2026-11-24-0300-k7q2 succeeded in 10 min 42 s: 25 of 25 steps done, 1 warning");
        assertThat(closing(RunFixture.failed(), Kind.RUN_FAILED))
                .startsWith("FAILED 2026-11-24-0300-k7q2 failed in 5 min 17 s: 11 of 14 steps done");
        assertThat(closing(new RunFixture().step("a", 0, 1, Kind.STEP_UNDONE, ""), Kind.RUN_UNDONE))
                .isEqualTo("undone 2026-11-24-0300-k7q2 was undone in 10 min 42 s: 0 of 1 steps done");
    }

    @Test
    void theOpeningLineIsOneLine() {
        assertThat(RunLines.opening(RunFixture.staging().plan(), "r\n1"))
                .isEqualTo("nightly-reset: acme staging from acme production, run r 1");
    }

    private String closing(RunFixture fixture, Kind end) {
        int seconds = end == Kind.RUN_FAILED ? 317 : 642;
        return lines.closing(fixture.ended(seconds, end)).in(200, Glyphs.ASCII);
    }

    private Line take(Kind kind, String step, String name, String value) {
        Instant at = RunFixture.START.plusSeconds(second++);
        return lines.take(new Entry(second, at, kind, step, name, value, ""));
    }
}
