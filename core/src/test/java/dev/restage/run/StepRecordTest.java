package dev.restage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.PlanException;
import dev.restage.run.Entry.Kind;
import dev.restage.run.StepRecord.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from the entries of a journal. */
class StepRecordTest {

    private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");

    private final List<Entry> entries = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "STEP_STARTED, RUNNING",
        "STEP_DONE, DONE",
        "STEP_SKIPPED, SKIPPED",
        "STEP_FAILED, FAILED",
        "STEP_BLOCKED, BLOCKED",
        "STEP_UNDONE, UNDONE"
    })
    void theLastEntryOfAStepSaysHowItEnded(Kind last, Outcome outcome) {
        add(Kind.STEP_STARTED, "copy", "", "").add(last, "copy", "", "why");

        assertThat(steps().get(0).outcome()).isEqualTo(outcome);
    }

    @Test
    void aStepThatIsDoneAnewKeepsWhenItFirstBegan() {
        add(Kind.STEP_STARTED, "copy", "", "")
                .add(Kind.STEP_FAILED, "copy", "", "down")
                .add(Kind.STEP_STARTED, "copy", "", "");

        assertThat(steps())
                .containsExactly(new StepRecord("copy", Outcome.RUNNING, START, null, Map.of(), List.of(), ""));
    }

    @Test
    void factsAndWarningsOfAllAttemptsAddUpAndTheLastFactCounts() {
        add(Kind.STEP_STARTED, "copy", "", "")
                .add(Kind.FACT, "copy", "rows", "1")
                .add(Kind.WARNING, "copy", "", "slow")
                .add(Kind.STEP_FAILED, "copy", "", "down")
                .add(Kind.STEP_STARTED, "copy", "", "")
                .add(Kind.FACT, "copy", "rows", "2")
                .add(Kind.FACT, "copy", "bytes", "3")
                .add(Kind.WARNING, "copy", "", "slow again")
                .add(Kind.STEP_DONE, "copy", "", "");

        StepRecord step = steps().get(0);

        assertThat(step.facts()).containsOnly(Map.entry("rows", "2"), Map.entry("bytes", "3"));
        assertThat(step.warnings()).containsExactly("slow", "slow again");
        assertThat(step.message()).isEmpty();
        assertThat(receipt().facts().find("copy", "rows")).contains("2");
        assertThat(receipt().warnings()).containsExactly("copy: slow", "copy: slow again");
    }

    @Test
    void stepsComeInTheOrderInWhichTheyBegan() {
        add(Kind.STEP_STARTED, "z", "", "")
                .add(Kind.STEP_STARTED, "a", "", "")
                .add(Kind.STEP_DONE, "a", "", "")
                .add(Kind.STEP_DONE, "z", "", "");

        assertThat(steps()).extracting(StepRecord::name).containsExactly("z", "a");
    }

    @Test
    void anEntryOfTheRunMakesNoStep() {
        add(Kind.RUN_STARTED, "", "", "{}").add(Kind.RUN_FAILED, "", "", "");

        assertThat(steps()).isEmpty();
        assertThat(receipt().facts().byStep()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aRunSucceededOnlyIfItsLastEntrySaysSo(Kind last) {
        add(Kind.RUN_STARTED, "", "", "{}").add(last, "", "", "");

        assertThat(receipt().succeeded()).isEqualTo(last == Kind.RUN_DONE);
    }

    @Test
    void aRunThatSucceededOnceAndWentOnHasNotSucceededYet() {
        add(Kind.RUN_STARTED, "", "", "{}").add(Kind.RUN_DONE, "", "", "").add(Kind.RUN_STARTED, "", "", "{}");

        assertThat(receipt().succeeded()).isFalse();
        assertThat(receipt().startedAt()).isEqualTo(START);
        assertThat(receipt().endedAt()).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void nothingRecordedIsNoSuccessAndUnfinished() {
        assertThat(receipt().succeeded()).isFalse();
        assertThat(receipt().condition()).isEqualTo(Receipt.Condition.UNFINISHED);
        assertThat(steps()).isEmpty();
    }

    @Test
    void theHashCoversEachComponentAndTheHashBefore() {
        Entry entry = new Entry(1, START, Kind.FACT, "copy", "rows", "7", "");
        List<String> hashes = List.of(
                Receipt.hash("", entry),
                Receipt.hash("x", entry),
                Receipt.hash("", new Entry(2, START, Kind.FACT, "copy", "rows", "7", "")),
                Receipt.hash("", new Entry(1, START.plusMillis(1), Kind.FACT, "copy", "rows", "7", "")),
                Receipt.hash("", new Entry(1, START, Kind.WARNING, "copy", "rows", "7", "")),
                Receipt.hash("", new Entry(1, START, Kind.FACT, "copyr", "ows", "7", "")),
                Receipt.hash("", new Entry(1, START, Kind.FACT, "copy", "row", "s7", "")),
                Receipt.hash("", new Entry(1, START, Kind.FACT, "copy", "rows", "", "")));

        assertThat(hashes).doesNotHaveDuplicates().allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(Receipt.hash("", new Entry(1, START, Kind.FACT, "copy", "rows", "7", "its own")))
                .isEqualTo(hashes.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{\"format\":1,\"receipt\":null}",
                "{\"format\":1,\"receipt\":{\"runId\":null,\"entries\":[]}}",
                "{\"format\":1,\"receipt\":{\"runId\":\"x\",\"entries\":null}}",
                "{\"format\":1,\"receipt\":{\"runId\":\"x\",\"entries\":[null]}}",
                "{\"format\":0,\"receipt\":{\"runId\":\"x\",\"entries\":[]}}",
                "nonsense"
            })
    void whatIsNoReceiptIsRefusedInASentence(String text) {
        assertThatThrownBy(() -> Receipt.fromJson(text))
                .isInstanceOf(PlanException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aReceiptThatWasChangedOnItsWayIsReadAndSaysSo() {
        add(Kind.RUN_STARTED, "", "", "{}").add(Kind.FACT, "copy", "rows", "7").add(Kind.RUN_DONE, "", "", "");
        String json = receipt().toJson();

        assertThat(Receipt.fromJson(json).intact()).isTrue();
        assertThat(Receipt.fromJson(json.replace("\"7\"", "\"8\"")).intact()).isFalse();
    }

    private StepRecordTest add(Kind kind, String step, String name, String value) {
        Entry bare = new Entry(entries.size() + 1L, START.plusSeconds(entries.size()), kind, step, name, value, "");
        String before =
                entries.isEmpty() ? "run" : entries.get(entries.size() - 1).hash();
        entries.add(new Entry(bare.number(), bare.at(), kind, step, name, value, Receipt.hash(before, bare)));
        return this;
    }

    private Receipt receipt() {
        return new Receipt("run", entries);
    }

    private List<StepRecord> steps() {
        return receipt().steps();
    }
}
