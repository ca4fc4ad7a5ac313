package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.Change.Effect;
import dev.restage.plan.Change.Figure;
import dev.restage.plan.PlanPreview.StepDecision;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a step and a plan say they would do, and what a step declares. */
class DecisionTest {

    private static final Address CELL = Address.of("fake:a");
    private static final Address OTHER = Address.of("fake:b");

    @Test
    void growsWithoutChangingWhatThereWas() {
        Decision first = Decision.of(new Change(CELL, "hold x"));

        Decision more =
                first.note("careful").pinning("head", "1f0c2d9").note("again").pinning("rows", "7");

        assertThat(first).isEqualTo(new Decision(List.of(new Change(CELL, "hold x")), List.of(), new TreeMap<>()));
        assertThat(more.notes()).containsExactly("careful", "again");
        assertThat(more.pins()).containsOnly(Map.entry("head", "1f0c2d9"), Map.entry("rows", "7"));
        assertThat(Decision.NOTHING).isEqualTo(Decision.of());
    }

    @Test
    void figuresAreAddedUpForEachResource() {
        PlanPreview preview = preview(
                "0123456789abcdef",
                new StepDecision(
                        "copy",
                        Decision.of(
                                new Change(CELL, "be filled")
                                        .counting(Effect.LOST, 1200, "rows")
                                        .counting(Effect.NEW, 34000, "rows"),
                                new Change(OTHER, "shine").counting(Effect.REPLACED, 0, "objects"))),
                new StepDecision(
                        "empty",
                        Decision.of(new Change(CELL, "lose")
                                .counting(Effect.LOST, 34, "rows")
                                .counting(Effect.LOST, 2, "users"))));

        assertThat(preview.sums())
                .containsOnly(Map.entry(
                        CELL,
                        List.of(
                                new Figure(Effect.LOST, 1234, "rows"),
                                new Figure(Effect.LOST, 2, "users"),
                                new Figure(Effect.NEW, 34000, "rows"))));
        assertThat(preview.toString().lines())
                .endsWith("", "in all", "  fake:a: 1,234 rows lost, 2 users lost, 34,000 rows new");
    }

    @Test
    void whatIsPinnedAgainIsReplaced() {
        assertThat(Decision.NOTHING.pinning("head", "a").pinning("head", "b").pins())
                .containsOnly(Map.entry("head", "b"));
    }

    @Test
    void aPlanIsToldByTheStepsThatHaveSomethingToSay() {
        PlanPreview preview = preview(
                "0123456789abcdef",
                new StepDecision("put", Decision.of(new Change(CELL, "hold x")).note("it held y")),
                new StepDecision("quiet", Decision.NOTHING.pinning("head", "a")),
                new StepDecision("look", Decision.NOTHING.note("nothing to do")));

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
        List<StepDecision> steps = new ArrayList<>(List.of(new StepDecision("put", Decision.NOTHING)));
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

        assertThat(writes.decide(context))
                .isEqualTo(Decision.of(
                        new Change(CELL, "be changed by code: greet"), new Change(OTHER, "be changed by code: greet")));
        assertThat(reads.decide(context)).isEqualTo(Decision.NOTHING.note("runs code: look"));
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

        for (Runnable use : List.<Runnable>of(
                () -> read.decide(new NoContext()), () -> read.execute(new NoContext(), Decision.NOTHING))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("the step \"greet\" is code, which a plan file cannot hold")
                    .hasMessageContaining("plan.toBuilder().replace(");
        }
    }

    @Test
    void codeLeavesNothingThatCouldBeLookedAt() {
        List<String> ran = new ArrayList<>();
        CodeStep step = Step.of("greet", context -> ran.add("ran"));

        step.execute(new NoContext(), Decision.NOTHING);

        assertThat(ran).containsExactly("ran");
        assertThat(step.holds(new NoContext(), Decision.NOTHING)).isEqualTo(Holds.NOTHING_LASTING);
    }

    @Test
    void codeThatWritesHasNoWayBackAndOtherCodeNeedsNone() {
        CodeStep reads = Step.of("look", context -> {}).reading(CELL);

        assertThat(reads.wayBack(new NoContext(), Decision.NOTHING)).isEqualTo(WayBack.NOTHING);
        assertThat(reads.writing(OTHER).wayBack(new NoContext(), Decision.NOTHING))
                .returns(WayBack.Kind.NONE, WayBack::kind)
                .returns("the step has no way back", WayBack::why);
    }

    @Test
    void aPreviewIsTheSameAfterItWasOnDisk() {
        PlanPreview preview = preview(
                "0123",
                new StepDecision(
                        "put",
                        Decision.of(new Change(CELL, "hold \"x\"\nand more"))
                                .note("careful")
                                .pinning("head", "1f0c2d9")
                                .pinning("a", "")),
                new StepDecision("quiet", Decision.NOTHING));

        assertThat(PlanPreview.fromJson(preview.toJson())).isEqualTo(preview);
        assertThat(preview.toJson()).hasLineCount(1).contains("\"head\":\"1f0c2d9\"");
        assertThat(preview.decision("put").pin("head")).isEqualTo("1f0c2d9");
        assertThat(preview.decision("other")).isEqualTo(Decision.NOTHING);
    }

    @Test
    void whatWasNeverApprovedIsNamed() {
        Decision decision = Decision.NOTHING.pinning("head", "a");

        assertThat(decision.pin("head")).isEqualTo("a");
        assertThat(decision.find("tail")).isEmpty();
        assertThatThrownBy(() -> decision.pin("tail"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("nothing was approved for \"tail\", only for [head]");
    }

    @Test
    void aPreviewThatIsNoneIsRefused() {
        for (String text : List.of("", "[]", "{\"format\": 1}", "{\"format\": 1, \"other\": {}}")) {
            assertThatThrownBy(() -> PlanPreview.fromJson(text))
                    .as(text)
                    .isInstanceOf(PlanException.class)
                    .hasMessageStartingWith("the preview cannot be read: ");
        }
        assertThatThrownBy(() -> PlanPreview.fromJson(preview("0").toJson().replaceFirst("1", "9")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("this preview has the format 9 and this library reads 1");
    }

    private static PlanPreview preview(String digest, StepDecision... steps) {
        ResetPlan plan = ResetPlan.builder(
                        "nightly",
                        Environment.production("prod").build(),
                        Environment.staging("stage").build())
                .build();
        return new PlanPreview(plan, List.of(steps), Map.of(), digest);
    }
}
