package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.run.Entry.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The closing table. */
class RunSummaryTest {

    @Test
    void hasALineForEachStepAndFact() {
        assertThat(lines(
                        new RunFixture()
                                .step("copy", 0, 12, "rows", "34000", "bytes", "2000")
                                .step("migrate", 12, 13),
                        Kind.RUN_DONE))
                .containsExactly(
                        "2026-11-24-0300-k7q2 succeeded in 20 s: 2 of 2 steps done",
                        "",
                        "copy     done      12 s",
                        "    bytes                 2.0 kB",
                        "    rows                  34 000",
                        "migrate  done      1 s");
    }

    @Test
    void tellsWarningsAndWhyAStepFailed() {
        assertThat(lines(
                        new RunFixture()
                                .note(1, Kind.WARNING, "copy", "", "a table has no key")
                                .step("copy", 0, 2, Kind.STEP_FAILED, "the disk is full: choose a larger plan"),
                        Kind.RUN_FAILED))
                .endsWith(
                        "copy  failed    2 s",
                        "    ! a table has no key",
                        "    the disk is full: choose a larger plan");
    }

    @Test
    void saysOfSeveralLinesHowManyThereAre() {
        assertThat(lines(new RunFixture().step("migrate", 0, 1, "output", "one\ntwo\nthree\n"), Kind.RUN_DONE))
                .endsWith("    output                one (and 2 more lines)");
    }

    @Test
    void aStepThatRunsHasNoTime() {
        List<String> lines = lines(new RunFixture().note(0, Kind.STEP_STARTED, "copy", "", ""), Kind.RUN_FAILED);

        assertThat(lines).endsWith("copy  running");
    }

    @Test
    void keepsToEightyColumnsWhateverItIsTold() {
        String word = "w".repeat(200);
        List<String> lines = lines(
                new RunFixture()
                        .step(
                                "a step with a name that is far too long for a table",
                                0,
                                1,
                                Kind.STEP_FAILED,
                                word + " " + "some words ".repeat(30) + word,
                                "a.very.long.name.of.a.fact",
                                word)
                        .note(1, Kind.WARNING, "日本", "", "日本語".repeat(60)),
                Kind.RUN_FAILED);

        assertThat(lines).allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
        assertThat(lines).anyMatch(line -> line.startsWith("a step with a name that...  failed"));
    }

    @Test
    void hostileTextsStayOnTheirLine() {
        List<String> lines = lines(
                new RunFixture().step("co\u001b[2Jpy", 0, 1, Kind.STEP_FAILED, "a\r\u001b[31mb", "f\u0007", "v\u001b"),
                Kind.RUN_FAILED);

        assertThat(String.join("\n", lines)).doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
        assertThat(lines).contains("    a [31mb");
    }

    private static List<String> lines(RunFixture fixture, Kind end) {
        return RunSummary.of(fixture.ended(20, end))
                .lines()
                .map(String::stripTrailing)
                .toList();
    }
}
