package dev.restage.step.media;

import static dev.restage.trial.World.TARGET;
import static dev.restage.trial.World.TARGET_MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.TableSelector;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.step.media.CheckMedia.Unmet;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckMediaTest {

    private static final MediaQuery QUERY =
            new MediaQuery(List.of(new MediaQuery.Files(TableSelector.named("*"), List.of("file"), "")), null);

    private final World world = new World();

    @TempDir
    private Path home;

    private Trial trial(Unmet unmet, String... aside) {
        return Trial.of(world, home, new CheckMedia(TARGET, TARGET_MEDIA, QUERY, List.of(aside), unmet));
    }

    private void named(String... keys) {
        for (String key : keys) {
            world.target.media.add(new MediaReference(key, "public.image.file", 1));
        }
    }

    private void there(String... keys) {
        for (String key : keys) {
            world.targetMedia.with(key, "content");
        }
    }

    @Test
    void onlyLooks() {
        assertThat(Trial.access(new CheckMedia(TARGET, TARGET_MEDIA, QUERY, List.of(), Unmet.WARN)))
                .isEqualTo("reads [fake:target, fake:target-media] writes [] tells []");
    }

    @Test
    void saysNothingBeforehand() {
        named("lost.jpg");
        try (Trial trial = trial(Unmet.FAIL)) {
            assertThat(trial.decision().changes()).isEmpty();
            assertThat(trial.decision().notes()).isEmpty();
        }
        assertThat(world.target.asked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Unmet.class)
    void isContentWhenAllIsThere(Unmet unmet) {
        named("a.jpg", "b.jpg");
        there("a.jpg", "b.jpg");
        try (Trial trial = trial(unmet)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("files", "2", "missing", "0", "unneeded", "0"));
            assertThat(trial.warnings()).isEmpty();
        }
        assertThat(world.target.asked).containsOnly(QUERY);
    }

    @Test
    void warnsOfFilesThatAreNotThereAndListsThem() {
        named("a.jpg", "b.jpg", "c.jpg");
        there("b.jpg");
        try (Trial trial = trial(Unmet.WARN)) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of(
                            "files", "3",
                            "missing", "2",
                            "missing.names", "a.jpg (public.image.file, 1 rows)\nc.jpg (public.image.file, 1 rows)",
                            "unneeded", "0"));
            assertThat(trial.warnings())
                    .containsExactly(
                            "2 of the 3 files that fake:target names are not in fake:target-media, for example a.jpg, c.jpg");
        }
    }

    @Test
    void namesFiveForExample() {
        named(IntStream.rangeClosed(1, 7).mapToObj("p%d.jpg"::formatted).toArray(String[]::new));
        try (Trial trial = trial(Unmet.WARN)) {
            assertThat(trial.run().warnings())
                    .singleElement()
                    .asString()
                    .startsWith("7 of the 7 files")
                    .endsWith("for example p1.jpg, p2.jpg, p3.jpg, p4.jpg, p5.jpg");
        }
    }

    @Test
    void failsWhereFilesMustBeThere() {
        named("a.jpg");
        try (Trial trial = trial(Unmet.FAIL)) {
            assertThat(trial.fails())
                    .hasMessageContaining("1 of the 1 files that fake:target names are not in fake:target-media")
                    .hasMessageContaining("Nothing was changed");
            assertThat(trial.facts()).isEmpty();
        }
    }

    @Test
    void listsObjectsThatNoRowNames() {
        named("a.jpg");
        there("a.jpg", "left.jpg", "over.jpg");
        try (Trial trial = trial(Unmet.FAIL)) {
            assertThat(trial.run().facts())
                    .containsEntry("unneeded", "2")
                    .containsEntry("unneeded.names", "left.jpg\nover.jpg");
            assertThat(trial.warnings()).isEmpty();
        }
    }

    @Test
    void noRowHasToNameWhatLiesAside() {
        named("a.jpg", "images/a.fill.jpg");
        there("a.jpg", "images/a.fill.jpg", "images/b.fill.jpg");
        try (Trial trial = trial(Unmet.FAIL, "images/")) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("files", "2", "missing", "0", "unneeded", "0"));
        }
    }

    @Test
    void suspectsThatNamesAreMaskedOnOneSideOnly() {
        named("documents/abcdefghijkl.pdf");
        there("documents/cv-ines-okafor.pdf");
        try (Trial trial = trial(Unmet.WARN)) {
            assertThat(trial.run().warnings())
                    .singleElement()
                    .asString()
                    .contains(
                            "in documents/ there are objects, but none of a name in the database: have the names masked in"
                                    + " both or in neither");
        }
    }

    @Test
    void isNotAskedAgainWhenTheRunGoesOn() {
        named("a.jpg");
        there("a.jpg");
        try (Trial trial = trial(Unmet.FAIL)) {
            trial.runAndBreakOff();
            world.targetMedia.contents.clear();

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
        }
    }
}
