package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Progress.Unit;
import dev.restage.run.RunEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a step is, in a line. */
class RunningStepTest {

    private final RunningStep step = new RunningStep("copy-database", RunFixture.START);

    @Test
    void saysHowLongItRunsBeforeItSaysHowFarItIs() {
        assertThat(step.plain(RunFixture.START.plusSeconds(65))).isEqualTo("1:05");
        assertThat(line(40, 3, 65)).isEqualTo("\\ copy-database  1:05");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000, 0 %",
        "9, 1000, 0 %",
        "10, 1000, 1 %",
        "999, 1000, 99 %",
        "1000, 1000, 100 %",
        "1200, 1000, 100 %",
        "9223372036854775806, 9223372036854775807, 99 %"
    })
    void isAtAHundredPerCentOnlyWhenItIs(long done, long total, String percent) {
        at(0, Unit.ROWS, done, total);

        assertThat(step.plain(RunFixture.START).strip()).startsWith(percent);
    }

    @Test
    void makesNoForecastFromAMomentsWork() {
        at(0, Unit.ROWS, 0, 1000);
        at(2, Unit.ROWS, 500, 1000);

        assertThat(step.plain(RunFixture.START.plusSeconds(2))).isEqualTo(" 50 %, 500 of 1000 rows, 0:02");
        assertThat(step.plain(RunFixture.START.plusSeconds(5)))
                .isEqualTo(" 50 %, 500 of 1000 rows, 0:05, ~0:05 left, 100 rows/s");
    }

    @Test
    void forgetsItsSpeedWhenItBeginsAnotherPiece() {
        at(0, Unit.BYTES, 0, 10_000_000);
        at(10, Unit.BYTES, 10_000_000, 10_000_000);
        at(11, Unit.BYTES, 0, 5_000_000);
        at(12, Unit.BYTES, 1_000_000, 5_000_000);

        assertThat(step.plain(RunFixture.START.plusSeconds(12))).isEqualTo(" 20 %, 1.0 MB of 5.0 MB, 0:12");
    }

    @Test
    void stallsWithoutAForecast() {
        at(0, Unit.OBJECTS, 5, 10);
        at(60, Unit.OBJECTS, 5, 10);

        assertThat(step.plain(RunFixture.START.plusSeconds(60))).isEqualTo(" 50 %, 5 of 10 objects, 1:00");
    }

    @Test
    void tellsNoRateBelowOneASecond() {
        at(0, Unit.KEYS, 0, 10);
        at(20, Unit.KEYS, 5, 10);

        assertThat(step.plain(RunFixture.START.plusSeconds(20))).isEqualTo(" 50 %, 5 of 10 keys, 0:20, ~0:20 left");
    }

    @Test
    void countsWithoutATotal() {
        at(0, Unit.OBJECTS, 0, 0);
        at(10, Unit.OBJECTS, 34_000, 0);

        assertThat(step.plain(RunFixture.START.plusSeconds(10))).isEqualTo("34 000 objects, 0:10, 3400 objects/s");
    }

    @Test
    void followsTheUnitThatHasATotal() {
        at(0, Unit.ROWS, 0, 0);
        at(0, Unit.BYTES, 0, 2000);
        at(10, Unit.ROWS, 700, 0);
        at(10, Unit.BYTES, 1000, 2000);

        assertThat(step.plain(RunFixture.START.plusSeconds(10)))
                .isEqualTo(" 50 %, 1.0 kB of 2.0 kB, 700 rows, 0:10, ~0:10 left, 100 B/s");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 24, 30, 40, 60, 80, 120, 200})
    void fitsTheWindowAndLeavesOutTheLeastTellingFirst(int columns) {
        at(0, Unit.BYTES, 0, 2_400_000_000L);
        at(65, Unit.BYTES, 1_200_000_000L, 2_400_000_000L);

        String line = line(columns, 0, 65);

        assertThat(Columns.width(line)).isLessThanOrEqualTo(columns);
        assertThat(line).startsWith("| copy");
        assertThat(line.contains("18.5 MB/s")).isEqualTo(columns >= 80);
    }

    @Test
    void hasABarWhereThereIsRoom() {
        at(0, Unit.ROWS, 25, 100);

        assertThat(line(60, 0, 1)).contains("  " + "#".repeat(4) + ".".repeat(10) + "  ");
        assertThat(line(30, 0, 1)).doesNotContain("#");
    }

    @Test
    void cutsALongNameAndCleansAHostileOne() {
        RunningStep odd = new RunningStep("a very \u001b[2J long name of a step", RunFixture.START);

        assertThat(odd.line(30, 40, Glyphs.ASCII, 0, RunFixture.START)).startsWith("| a very...");
        assertThat(odd.nameWidth()).isEqualTo("a very [2J long name of a step".length());
    }

    @Test
    void turnsItsSign() {
        assertThat(line(40, 0, 0)).startsWith("|");
        assertThat(line(40, 1, 0)).startsWith("/");
        assertThat(line(40, 4, 0)).startsWith("|");
        assertThat(line(40, Long.MAX_VALUE, 0)).startsWith("\\");
    }

    private void at(int second, Unit unit, long done, long total) {
        step.progressed(
                new RunEvent.Progressed(RunFixture.RUN, "copy-database", unit, done, total),
                RunFixture.START.plusSeconds(second));
    }

    private String line(int columns, long frame, int second) {
        return step.line(columns, 13, Glyphs.ASCII, frame, RunFixture.START.plusSeconds(second));
    }
}
