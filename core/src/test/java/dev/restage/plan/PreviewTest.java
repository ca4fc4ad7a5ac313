package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.PlanPreview.StepPreview;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a step and a plan say they would do, and what a step declares. */
class PreviewTest {

    private static final Address CELL = Address.of("fake:a");
    private static final Address OTHER = Address.of("fake:b");

    @Test
    void growsWithoutChangingWhatThereWas() {
        Preview first = Preview.of(new Change(CELL, "hold x"));

        Preview more =
                first.note("careful").basedOn("head", "1f0c2d9").note("again").basedOn("rows", "7");

        assertThat(first).isEqualTo(new Preview(List.of(new Change(CELL, "hold x")), List.of(), Map.of()));
        assertThat(more.notes()).containsExactly("careful", "again");
        assertThat(more.basis()).containsOnly(Map.entry("head", "1f0c2d9"), Map.entry("rows", "7"));
        assertThat(Preview.NOTHING).isEqualTo(Preview.of());
    }

    @Test
    void aBasisThatIsNamedAgainIsReplaced() {
        assertThat(Preview.NOTHING.basedOn("head", "a").basedOn("head", "b").basis())
                .containsOnly(Map.entry("head", "b"));
    }

    @Test
    void aPlanIsToldByTheStepsThatHaveSomethingToSay() {
        PlanPreview preview = preview(
                "0123456789abcdef",
                new StepPreview("put", Preview.of(new Change(CELL, "hold x")).note("it held y")),
                new StepPreview("quiet", Preview.NOTHING.basedOn("head", "a")),
                new StepPreview("look", Preview.NOTHING.note("nothing to do")));

        assertThat(preview.toString().lines())
                .containsExactly(
                        "nightly: prod -> stage   (digest 0123456789ab)",
                        "",
                        "put",
                        "  * fake:a will hold x",
                        "  - it held y",
                        "",
                        "look",
                        "  - nothing to do");
    }

    @Test
    void aPreviewWithoutADigestCanBePrintedToo() {
        assertThat(preview("").toString()).startsWith("nightly: prod -> stage");
        assertThat(preview("0123").toString()).contains("0123");
    }

    @Test
    void aPreviewKeepsItsStepsWhateverBecomesOfTheList() {
        List<StepPreview> steps = new ArrayList<>(List.of(new StepPreview("put", Preview.NOTHING)));
        PlanPreview preview = new PlanPreview(preview("x").plan(), steps, Map.of(), "x");

        steps.clear();

        assertThat(preview.steps()).hasSize(1);
    }

    @Test
    void accessGrowsWithoutChangingWhatThereWas() {
        Access reading = Access.reading(OTHER, CELL, OTHER);

        Access all = reading.writing(CELL).telling(Address.of("mail:ann")).alsoReading(Address.of("fake:c"));

        assertThat(reading.writes()).isEmpty();
        assertThat(reading.reads()).containsExactly(CELL, OTHER);
        assertThat(all.all()).extracting(Address::toString).containsExactly("fake:a", "fake:b", "fake:c", "mail:ann");
        assertThat(Access.NONE.all()).isEmpty();
        assertThatThrownBy(() -> all.reads().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void codeThatWritesIsPreviewedByWhatItWritesAndOtherCodeByItsName() {
        CodeStep writes = Step.of("greet", context -> {}).writing(OTHER, CELL);
        CodeStep reads = Step.of("look", context -> {}).reading(CELL);
        NoContext context = new NoContext();

        assertThat(writes.preview(context))
                .isEqualTo(Preview.of(
                        new Change(CELL, "be changed by code: greet"), new Change(OTHER, "be changed by code: greet")));
        assertThat(reads.preview(context)).isEqualTo(Preview.NOTHING.note("runs code: look"));
    }

    @Test
    void codeDeclaresBitByBit() {
        CodeStep step = Step.of("greet", context -> {})
                .reading(CELL)
                .writing(OTHER)
                .telling(Address.of("mail:ann"))
                .reading(Address.of("fake:c"));

        assertThat(step.access())
                .isEqualTo(
                        new Access(Set.of(CELL, Address.of("fake:c")), Set.of(OTHER), Set.of(Address.of("mail:ann"))));
    }

    @Test
    void codeThatWasReadFromAFileSaysHowToPutItBack() {
        CodeStep read = new CodeStep("greet", Access.NONE, null);

        for (Runnable use :
                List.<Runnable>of(() -> read.preview(new NoContext()), () -> read.execute(new NoContext()))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("the step \"greet\" is code, which a plan file cannot hold")
                    .hasMessageContaining("plan.toBuilder().replace(");
        }
    }

    @Test
    void codeHoldsOnceItRan() {
        List<String> ran = new ArrayList<>();
        CodeStep step = Step.of("greet", context -> ran.add("ran"));
        NoContext context = new NoContext();
        assertThat(step.holds(context)).isFalse();

        step.execute(context);

        assertThat(ran).containsExactly("ran");
        assertThat(step.holds(context)).isTrue();
    }

    @Test
    void codeThatFailsDoesNotHold() {
        CodeStep step = Step.of("greet", context -> {
            throw new IllegalStateException("no");
        });
        NoContext context = new NoContext();

        assertThatThrownBy(() -> step.execute(context)).hasMessage("no");

        assertThat(step.holds(context)).isFalse();
    }

    private static PlanPreview preview(String digest, StepPreview... steps) {
        ResetPlan plan = ResetPlan.builder(
                        "nightly",
                        Environment.production("prod").build(),
                        Environment.staging("stage").build())
                .build();
        return new PlanPreview(plan, List.of(steps), Map.of(), digest);
    }
}
