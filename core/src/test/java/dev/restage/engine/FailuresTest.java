package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Put;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.RunException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The one exception that says why a run failed, what it has changed and what to do next. */
class FailuresTest {

    private static final ResetPlan PLAN = Stage.plan("a")
            .add("look", Step.of("look", context -> {}))
            .add("a", new Put("fake:a", "x"), "look")
            .build();

    private final Failures failures = new Failures();

    private static Receipt receipt(Entry... more) {
        List<Entry> entries = new ArrayList<>();
        entries.add(entry(Kind.RUN_STARTED, "", new PlanPreview(PLAN, List.of(), Map.of(), "d").toJson()));
        entries.addAll(List.of(more));
        return new Receipt("r1", entries);
    }

    private static Entry entry(Kind kind, String step, String value) {
        return new Entry(1, Instant.parse("2026-12-01T10:00:00Z"), kind, step, "", value, "");
    }

    private static ProviderException down(String what) {
        return new ProviderException(ProviderException.Kind.UNAVAILABLE, what + " is down: wait", null);
    }

    @Test
    void nothingWasChangedWhereOnlyReadersBegan() {
        failures.add("look", down("production"));

        RunException thrown = failures.ofRun(PLAN, receipt(entry(Kind.STEP_FAILED, "look", "")), null);

        assertThat(thrown)
                .hasMessage("test of stage failed. The step look: production is down: wait. Nothing was changed.")
                .returns(Effect.NONE, RunException::effect)
                .hasCauseInstanceOf(ProviderException.class);
    }

    @Test
    void aWriterThatBeganMayHaveChangedSomethingAndBothWaysOnAreNamed() {
        failures.add("a", down("staging"));

        RunException thrown = failures.ofRun(PLAN, receipt(entry(Kind.STEP_FAILED, "a", "")), null);

        assertThat(thrown)
                .hasMessageContaining("go on with resume(\"r1\"), or put stage back with undo(\"r1\")")
                .returns(Effect.SOME, RunException::effect);
    }

    @Test
    void aWriterThatWasBlockedHasChangedNothing() {
        failures.add("look", down("production"));

        assertThat(failures.ofRun(
                        PLAN,
                        receipt(entry(Kind.STEP_FAILED, "look", ""), entry(Kind.STEP_BLOCKED, "a", "look")),
                        null))
                .returns(Effect.NONE, RunException::effect);
    }

    @Test
    void whatStaysOpenIsNamedWithItsReason() {
        failures.add("a", down("staging"));

        assertThat(failures.ofRun(
                        PLAN,
                        receipt(
                                entry(Kind.STEP_FAILED, "a", ""),
                                entry(Kind.BRACKET_LEFT, "closed", "it stays, since a is not done")),
                        null))
                .hasMessageContaining("The bracket closed: it stays, since a is not done. Correct the cause");
    }

    @Test
    void anInterruptionIsTheCause() {
        InterruptedException interruption = new InterruptedException();
        failures.add("a", down("staging"));

        RunException thrown = failures.ofRun(PLAN, receipt(), interruption);

        assertThat(thrown).hasMessageContaining("It was interrupted.").hasCause(interruption);
        assertThat(thrown.getSuppressed()).hasSize(1);
    }

    @Test
    void anUndoThatFailedSaysWhatIsLeft() {
        failures.add("a", down("staging"));

        assertThat(failures.ofUndo(PLAN, receipt()))
                .hasMessage("undoing run r1 of test left these steps as they were: The step a: staging is down: wait."
                        + " Correct the cause and undo again.")
                .returns(Effect.SOME, RunException::effect);
    }

    @Test
    void anErrorOfCodeIsNamedByItsKind() {
        assertThat(Failures.message(new IllegalStateException("no"))).isEqualTo("java.lang.IllegalStateException: no");
        assertThat(Failures.message(down("x"))).isEqualTo("x is down: wait");
    }

    @Test
    void isEmptyUntilSomethingFails() {
        assertThat(failures.none()).isTrue();

        failures.add("a", down("x"));

        assertThat(failures.none()).isFalse();
    }
}
