package dev.restage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.PlanException;
import dev.restage.run.Entry.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

    private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");

    private final Receipt receipt = chained(
            entry(Kind.RUN_STARTED, "", "", "{}"),
            entry(Kind.STEP_STARTED, "copy", "", ""),
            entry(Kind.FACT, "copy", "rows", "42"),
            entry(Kind.WARNING, "copy", "", "slow"),
            entry(Kind.STEP_DONE, "copy", "", ""),
            entry(Kind.STEP_BLOCKED, "mail", "", "other"),
            entry(Kind.RUN_DONE, "", "", ""));

    @Test
    void comesBackFromJson() {
        Receipt back = Receipt.fromJson(receipt.toJson());

        assertThat(back).isEqualTo(receipt);
        assertThat(back.intact()).isTrue();
    }

    @Test
    void seesEveryChange() {
        for (int i = 0; i < receipt.entries().size(); i++) {
            Entry e = receipt.entries().get(i);
            assertThat(with(i, new Entry(e.number(), e.at(), e.kind(), e.step(), e.name(), e.value() + "0", e.hash()))
                            .intact())
                    .isFalse();
            assertThat(with(
                                    i,
                                    new Entry(
                                            e.number(),
                                            e.at().plusMillis(1),
                                            e.kind(),
                                            e.step(),
                                            e.name(),
                                            e.value(),
                                            e.hash()))
                            .intact())
                    .isFalse();
            assertThat(without(i).intact()).isFalse();
        }
        assertThat(without(receipt.entries().size() - 1).succeeded()).isFalse();
    }

    @Test
    void tellsAReceiptThatWasCutOffAtItsEnd() {
        for (int length = 0; length < receipt.entries().size(); length++) {
            Receipt cut = new Receipt("run", receipt.entries().subList(0, length));

            assertThat(cut.condition()).isEqualTo(Receipt.Condition.UNFINISHED);
            assertThat(cut.intact()).isFalse();
        }
        assertThat(receipt.condition()).isEqualTo(Receipt.Condition.WHOLE);
    }

    @Test
    void theJournalOfAnotherRunIsNotThisOnes() {
        assertThat(new Receipt("another", receipt.entries()).condition()).isEqualTo(Receipt.Condition.DAMAGED);
    }

    @Test
    void refusesTheIdOfARunThatWouldBeAPath() {
        String evil = receipt.toJson().replace("\"run\"", "\"../x\"");

        assertThatThrownBy(() -> Receipt.fromJson(evil))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("\"../x\" is no id of a run");
    }

    @Test
    void seesTextMovedFromOneComponentToTheNext() {
        Entry e = receipt.entries().get(2);
        Entry moved = new Entry(e.number(), e.at(), e.kind(), e.step(), "rows4", "2", "");

        assertThat(Receipt.hash("", moved)).isNotEqualTo(Receipt.hash("", e));
    }

    @Test
    void derivesStepsFactsAndWarnings() {
        assertThat(receipt.steps())
                .extracting(StepRecord::name, StepRecord::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("copy", StepRecord.Outcome.DONE),
                        org.assertj.core.groups.Tuple.tuple("mail", StepRecord.Outcome.BLOCKED));
        assertThat(receipt.steps().get(0).facts()).containsEntry("rows", "42");
        assertThat(receipt.facts().find("copy", "rows")).contains("42");
        assertThat(receipt.facts().find("copy", "bytes")).isEmpty();
        assertThat(receipt.warnings()).containsExactly("copy: slow");
        assertThat(receipt.succeeded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"format\":1}",
                "{\"format\":2,\"receipt\":{\"runId\":\"x\",\"entries\":[]}}",
                "{\"format\":1,\"receipt\":{\"runId\":\"x\",\"entries\":[{}]}}"
            })
    void refusesWhatIsNoReceipt(String text) {
        assertThatThrownBy(() -> Receipt.fromJson(text)).isInstanceOf(PlanException.class);
    }

    private static Entry entry(Kind kind, String step, String name, String value) {
        return new Entry(0, START, kind, step, name, value, "");
    }

    private static Receipt chained(Entry... bare) {
        List<Entry> entries = new ArrayList<>();
        String before = "run";
        for (Entry e : bare) {
            Entry numbered = new Entry(entries.size() + 1L, e.at(), e.kind(), e.step(), e.name(), e.value(), "");
            before = Receipt.hash(before, numbered);
            entries.add(new Entry(numbered.number(), e.at(), e.kind(), e.step(), e.name(), e.value(), before));
        }
        return new Receipt("run", entries);
    }

    private Receipt with(int index, Entry entry) {
        List<Entry> entries = new ArrayList<>(receipt.entries());
        entries.set(index, entry);
        return new Receipt("run", entries);
    }

    private Receipt without(int index) {
        List<Entry> entries = new ArrayList<>(receipt.entries());
        entries.remove(index);
        return new Receipt("run", entries);
    }
}
