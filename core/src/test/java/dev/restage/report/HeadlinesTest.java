package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.StepRecord;
import dev.restage.run.StepRecord.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The short forms of a step and of a run, and the numbers that everybody asks for. */
class HeadlinesTest {

    @Test
    void figuresComeFirstAndWhatWasBeforeIsLeftOut() {
        assertThat(Headlines.facts(Map.of(
                        "scope", "prefix acme", "purged", "18431", "rows.before", "9", "bytes", "1000", "empty", " ")))
                .isEqualTo("bytes 1.0 kB, purged 18 431, scope prefix acme");
        assertThat(Headlines.facts(Map.of())).isEmpty();
    }

    @Test
    void longValuesAndSeveralLinesAreNoHeadline() {
        assertThat(Headlines.facts(Map.of("a", "x".repeat(32), "b", "x".repeat(33), "c", "one\ntwo")))
                .isEqualTo("a " + "x".repeat(32));
    }

    @Test
    void hostileFactsAreCleaned() {
        assertThat(Headlines.facts(Map.of("na\u001bme", "va\u0007lue"))).isEqualTo("name value");
    }

    @ParameterizedTest
    @CsvSource({
        "RUN_DONE, succeeded, false",
        "RUN_FAILED, failed, false",
        "RUN_UNDONE, was undone, true",
        "STEP_STARTED, failed, false"
    })
    void theVerdictFollowsTheLastEntry(Kind last, String how, boolean undone) {
        Receipt receipt = new RunFixture().step("copy", 1, 2).ended(3, last);

        assertThat(Headlines.verdict(receipt)).isEqualTo("2026-11-24-0300-k7q2 %s in 3 s: 1 of 1 steps done", how);
        assertThat(Headlines.undone(receipt)).isEqualTo(undone);
    }

    @Test
    void theVerdictCountsWarnings() {
        RunFixture fixture = new RunFixture().step("copy", 1, 2).note(1, Kind.WARNING, "copy", "", "careful");
        assertThat(Headlines.verdict(fixture.ended(3, Kind.RUN_DONE))).endsWith("steps done, 1 warning");

        fixture.note(2, Kind.WARNING, "copy", "", "again");
        assertThat(Headlines.verdict(fixture.ended(3, Kind.RUN_DONE))).endsWith("steps done, 2 warnings");
    }

    @Test
    void aRunWithoutEntriesTookNoTime() {
        Receipt none = new Receipt("r", List.of());

        assertThat(Headlines.duration(none)).isEqualTo(Duration.ZERO);
        assertThat(Headlines.verdict(none)).isEqualTo("r failed in 0 ms: 0 of 0 steps done");
    }

    @Test
    void aStepThatRunsTookItsTimeUntilNow() {
        StepRecord running = new StepRecord("copy", Outcome.RUNNING, RunFixture.START, null, Map.of(), List.of(), "");

        assertThat(Headlines.duration(running, RunFixture.START.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void keyFiguresAreSummedOverStepsByTheNamesOfTheirFacts() {
        List<StepRecord> steps = RunFixture.staging().ended(642, Kind.RUN_DONE).steps();

        assertThat(KeyFigures.of(steps))
                .containsExactly(
                        new KeyFigures.Figure("1 284 310", "rows copied"),
                        new KeyFigures.Figure("402 118", "values masked"),
                        new KeyFigures.Figure("1822", "media files copied"),
                        new KeyFigures.Figure("2", "branches merged"),
                        new KeyFigures.Figure("18 431", "cache entries purged"));
    }

    @Test
    void rowsThatAStatementChangedWereNotCopied() {
        assertThat(KeyFigures.of(List.of(step(Map.of("rows", "14"))))).isEmpty();
        assertThat(KeyFigures.of(List.of(step(Map.of("rows", "14", "tables", "2")))))
                .extracting(KeyFigures.Figure::number)
                .containsExactly("14");
    }

    @Test
    void aBranchThatWasMergedElsewhereWasNotMergedByTheRun() {
        assertThat(KeyFigures.of(List.of(step(Map.of("merged", "a, b"))))).isEmpty();
        assertThat(KeyFigures.of(List.of(step(Map.of("merged", "a, b, c", "head.after", "1f0c2d9")))))
                .extracting(KeyFigures.Figure::number)
                .containsExactly("3");
    }

    @ParameterizedTest
    @CsvSource({"1, 1 s", "6, 1 s", "7, 5 s", "60, 15 s", "3600, 10 min", "86400, 6 h"})
    void theAxisHasAFewMarks(int seconds, String ignoredSpacing) {
        List<Timeline.Tick> ticks = Timeline.ticks(new RunFixture().ended(seconds, Kind.RUN_DONE));

        assertThat(ticks).as(ignoredSpacing).isNotEmpty().hasSizeLessThanOrEqualTo(7);
        assertThat(ticks.get(0)).isEqualTo(new Timeline.Tick("0.00", "0:00"));
        assertThat(ticks)
                .allSatisfy(tick -> assertThat(Double.parseDouble(tick.at())).isBetween(0.0, 88.0));
    }

    @Test
    void barsLieWithinTheRunAndStepsThatNeverBeganHaveNone() {
        Receipt receipt = RunFixture.failed().ended(317, Kind.RUN_FAILED);

        List<Timeline.Row> rows = Timeline.rows(receipt);

        assertThat(rows)
                .extracting(Timeline.Row::name)
                .contains("copy-database")
                .doesNotContain("migrate");
        assertThat(rows)
                .allSatisfy(row -> assertThat(Double.parseDouble(row.from()) + Double.parseDouble(row.length()))
                        .isLessThanOrEqualTo(100.01));
        assertThat(rows)
                .filteredOn(row -> row.name().equals("copy-database"))
                .singleElement()
                .returns("bad", Timeline.Row::tone)
                .returns("1 min 29 s", Timeline.Row::time);
    }

    @ParameterizedTest
    @CsvSource({"DONE, good", "FAILED, bad", "RUNNING, warned", "SKIPPED, quiet", "BLOCKED, quiet", "UNDONE, quiet"})
    void eachOutcomeHasATone(Outcome outcome, String tone) {
        StepRecord step = new StepRecord("s", outcome, RunFixture.START, null, Map.of(), List.of(), "");

        assertThat(Timeline.tone(step)).isEqualTo(tone);
    }

    @Test
    void aRunOfNoTimeHasBarsOfNoLength() {
        Receipt receipt = new RunFixture().step("copy", 0, 0).ended(0, Kind.RUN_DONE);

        assertThat(Timeline.rows(receipt))
                .singleElement()
                .returns("0.00", Timeline.Row::from)
                .returns("0.00", Timeline.Row::length);
        assertThat(Timeline.ticks(receipt)).isEmpty();
    }

    @Test
    void aStepInWhichTheRunDiedHasABarToTheLastEntry() {
        Receipt ended = new RunFixture().step("copy", 1, 2).ended(10, Kind.RUN_FAILED);
        List<Entry> entries = ended.entries();
        Receipt died = new Receipt("r", entries.subList(0, 2));

        assertThat(Timeline.rows(died)).singleElement().returns("warned", Timeline.Row::tone);
    }

    private static StepRecord step(Map<String, String> facts) {
        return new StepRecord("s", Outcome.DONE, RunFixture.START, RunFixture.START, facts, List.of(), "");
    }
}
