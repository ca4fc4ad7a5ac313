package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Change;
import dev.restage.plan.Change.Effect;
import dev.restage.plan.Decision;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.PlanPreview.StepDecision;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewPageTest {

    private static final Address DATABASE = Address.of("fake:database");
    private static final Address MEDIA = Address.of("fake:media");

    @TempDir
    private Path folder;

    private static PlanPreview preview(String name, StepDecision... steps) {
        ResetPlan.Builder plan = ResetPlan.builder(
                name,
                Environment.production("acme production").build(),
                Environment.staging("acme staging").build());
        for (StepDecision step : steps) {
            plan.add(step.name(), Step.of(step.name(), context -> {}));
        }
        return new PlanPreview(plan.build(), List.of(steps), Map.of("fake:database", "database 4711/5"), "0123abcd");
    }

    private static PlanPreview reset() {
        return preview(
                "nightly reset",
                new StepDecision(
                        "copy-database",
                        Decision.of(new Change(DATABASE, "be replaced")
                                        .counting(Effect.LOST, 1200, "rows")
                                        .counting(Effect.NEW, 34000, "rows"))
                                .note("two extensions stay behind")),
                new StepDecision("migrate", Decision.of(new Change(DATABASE, "be migrated"))),
                new StepDecision(
                        "copy-media",
                        Decision.of(new Change(MEDIA, "get 7 new objects")
                                .counting(Effect.NEW, 7, "objects")
                                .counting(Effect.NEW, 2_500_000, "bytes")
                                .counting(Effect.REPLACED, 3, "objects"))),
                new StepDecision("look", Decision.NOTHING.note("nothing to do")),
                new StepDecision("quiet", Decision.NOTHING));
    }

    @Test
    void sumsUpEachResourceThatChanges() {
        assertThat(PreviewPage.of(reset(), "").resources())
                .containsExactly(
                        new PreviewPage.Row("fake:database", "1200 rows", "", "34 000 rows", "copy-database, migrate"),
                        new PreviewPage.Row("fake:media", "", "3 objects", "2.5 MB, 7 objects", "copy-media"));
    }

    @Test
    void saysWhatEachStepWouldDoAndWhatAPersonShouldKnow() {
        PreviewPage page = PreviewPage.of(reset(), "");

        assertThat(page.steps())
                .containsExactly(
                        new PreviewPage.Section("copy-database", List.of("fake:database will be replaced")),
                        new PreviewPage.Section("migrate", List.of("fake:database will be migrated")),
                        new PreviewPage.Section("copy-media", List.of("fake:media will get 7 new objects")));
        assertThat(page.notes()).extracting(PreviewPage.Section::name).containsExactly("copy-database", "look");
        assertThat(page.identities()).containsExactly(new PreviewPage.Identity("fake:database", "database 4711/5"));
    }

    @Test
    void isOneFileForAClient() throws IOException {
        Path file = folder.resolve("previews").resolve("tonight.html");

        HtmlReport.write(reset(), file);

        assertThat(Files.readString(file))
                .contains("acme staging", "would be reset from acme production", "Nothing has been changed.")
                .contains(
                        "<td data-label=\"Lost\"><span>1200 rows</span></td>", "two extensions stay behind", "0123abcd")
                .doesNotContain("There is nothing to change", "http://", "https://", "<script");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void saysThatThereIsNothingToDo() {
        assertThat(HtmlReport.html(preview("quiet", new StepDecision("look", Decision.NOTHING))))
                .contains("There is nothing to change.")
                .doesNotContain("Step by step", "To know before");
    }

    @Test
    void hostileTextStaysText() {
        String hostile = "<script>alert(1)</script>\"'{{digest}}{{{css}}}&amp;";

        assertThat(HtmlReport.html(preview(
                        hostile,
                        new StepDecision(
                                "copy", Decision.of(new Change(MEDIA, hostile)).note(hostile)))))
                .doesNotContain("<script>")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;{{digest}}{{{css}}}&amp;amp;");
    }
}
