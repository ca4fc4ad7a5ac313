package dev.restage.step.media;

import static dev.restage.trial.World.TARGET_MEDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.Step;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyMediaTest {

    private final Step step = new EmptyMedia(TARGET_MEDIA, List.of("images/", "avatars/"));
    private final World world = filled();

    @TempDir
    private Path home;

    private static World filled() {
        World world = new World();
        world.targetMedia
                .with("images/a.jpg", "12345")
                .with("images/deep/b.jpg", "12345")
                .with("avatars/c.jpg", "12345")
                .with("images_old/stays.jpg", "12345");
        return world;
    }

    @Test
    void changesNothingButTheStore() {
        assertThat(Trial.access(step)).isEqualTo("reads [] writes [fake:target-media] tells []");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "images"})
    void emptiesNoWholeStoreAndNothingThatIsNoFolder(String wrong) {
        List<String> folders = List.of("images/", wrong);

        assertThatThrownBy(() -> new EmptyMedia(TARGET_MEDIA, folders))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "%s are not all folders: write each with a / at its end, and none that means the whole store"
                                .formatted(folders));
    }

    @Test
    void saysHowManyObjectsAreLost() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.changes())
                    .containsExactly(
                            "fake:target-media will lose 3 objects (0.0 MB) in images/, avatars/, which the copied"
                                    + " database does not name");
        }
        assertThat(world.targetMedia.contents).hasSize(4);
    }

    @Test
    void saysNothingOfFoldersThatAreEmpty() {
        try (Trial trial = Trial.of(world, home, new EmptyMedia(TARGET_MEDIA, List.of("videos/")))) {
            assertThat(trial.changes()).isEmpty();
            assertThat(trial.run().facts()).isEqualTo(Map.of("objects.deleted", "0"));
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void deletesWhatLiesInTheFoldersAndNothingElse() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("objects.deleted", "3"));
        }
        assertThat(world.targetMedia.contents).containsOnlyKeys("images_old/stays.jpg");
    }

    @Test
    void leavesWhatWasMadeSinceTheRunBegan() {
        world.targetMedia.with("images/new.jpg", "made anew");
        world.targetMedia.times.put("images/new.jpg", Trial.NOW);
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("objects.deleted", "3"));
        }
        assertThat(world.targetMedia.contents).containsOnlyKeys("images/new.jpg", "images_old/stays.jpg");
    }

    @Test
    void deletesAThousandAtOnce() {
        IntStream.range(0, 1998).forEach(file -> world.targetMedia.with("images/%d.jpg".formatted(file), ""));
        try (Trial trial = Trial.of(world, home, step)) {
            trial.run();
        }
        assertThat(world.changes.made())
                .containsExactly(
                        "delete 1000 of target media", "delete 1000 of target media", "delete 1 of target media");
    }

    @Test
    void failsWithWhatCouldNotBeDeletedAfterAllOthers() {
        world.targetMedia.undeletable.put("images/a.jpg", "it is locked");
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.fails())
                    .hasMessageContaining("1 of 3 objects of fake:target-media could not be deleted, for example"
                            + " images/a.jpg: it is locked; run again");
            world.targetMedia.undeletable.clear();

            assertThat(trial.resume().facts()).isEqualTo(Map.of("objects.deleted", "1"));
        }
        assertThat(world.targetMedia.contents).containsOnlyKeys("images_old/stays.jpg");
    }

    @Test
    void isDoneAgainOnlyIfOldObjectsHaveComeBack() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff();
            world.targetMedia.with("images/new.jpg", "made anew");
            world.targetMedia.times.put("images/new.jpg", Trial.NOW);
            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.targetMedia.contents).containsKey("images/new.jpg");
    }

    @Test
    void survivesAccidents() {
        int changes = Trial.survivesAccidents(
                home,
                EmptyMediaTest::filled,
                step,
                Map.of(),
                after -> assertThat(after.targetMedia.contents).containsOnlyKeys("images_old/stays.jpg"));

        assertThat(changes).isEqualTo(1);
    }
}
