package dev.restage.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Change;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.run.UndoPreview.StepUndo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read before a run is undone. */
class UndoPreviewTest {

    private static final Change BRANCH = new Change(Address.of("fake:code#staging"), "be put back to 1f0c2d9");
    private static final Change CACHE = new Change(Address.of("fake:cache"), "be purged (everything)");

    private static final UndoPreview PREVIEW = new UndoPreview(
            "r1",
            List.of(
                    new StepUndo("tell", WayBack.Kind.NONE, "the message was sent", List.of(), List.of()),
                    new StepUndo("check", WayBack.Kind.NOTHING, "", List.of(), List.of()),
                    new StepUndo("branch", WayBack.Kind.OPEN, "", List.of(BRANCH), List.of("commit a1", "commit b2")),
                    new StepUndo("purge", WayBack.Kind.AFTERWARDS, "", List.of(CACHE), List.of())),
            false);

    @Test
    void saysWhatIsPutBackWhatIsLostAndWhatCannotBeUndone() {
        assertThat(PREVIEW.toString().lines())
                .containsExactly(
                        "undo of run r1",
                        "",
                        "tell",
                        "  ! cannot be undone: the message was sent",
                        "",
                        "branch",
                        "  * fake:code#staging will be put back to 1f0c2d9",
                        "  ! lost: commit a1",
                        "  ! lost: commit b2",
                        "",
                        "purge",
                        "  * fake:cache will be purged (everything)");
    }

    @Test
    void namesWhatIsLostByItsStep() {
        assertThat(PREVIEW.lost()).containsExactly("branch: commit a1", "branch: commit b2");
    }

    @Test
    void mayLoseItOnlyWhenToldSo() {
        assertThat(PREVIEW.losing()).isFalse();
        assertThat(PREVIEW.evenSo().losing()).isTrue();
        assertThat(PREVIEW.evenSo().steps()).isEqualTo(PREVIEW.steps());
        assertThat(PREVIEW.evenSo().evenSo()).isEqualTo(PREVIEW.evenSo());
    }

    @Test
    void keepsItsStepsWhateverBecomesOfTheLists() {
        List<Change> changes = new ArrayList<>(List.of(BRANCH));
        List<String> lost = new ArrayList<>(List.of("commit a1"));
        List<StepUndo> steps = new ArrayList<>(List.of(new StepUndo("branch", WayBack.Kind.OPEN, "", changes, lost)));
        UndoPreview preview = new UndoPreview("r1", steps, false);

        changes.clear();
        lost.clear();
        steps.clear();

        assertThat(preview.lost()).containsExactly("branch: commit a1");
        assertThat(preview.steps().get(0).changes()).containsExactly(BRANCH);
    }
}
