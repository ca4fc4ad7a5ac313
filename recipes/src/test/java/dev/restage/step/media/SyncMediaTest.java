package dev.restage.step.media;

import static dev.restage.trial.World.CLEANER;
import static dev.restage.trial.World.SOURCE;
import static dev.restage.trial.World.SOURCE_MEDIA;
import static dev.restage.trial.World.TARGET;
import static dev.restage.trial.World.TARGET_MEDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.TableSelector;
import dev.restage.media.MediaJournal;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.plan.Step;
import dev.restage.provider.GuardException;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncMediaTest {

    private static final MediaQuery QUERY =
            new MediaQuery(List.of(new MediaQuery.Files(TableSelector.named("*"), List.of("file"), "")), null);
    private static final MediaSyncOptions KEEP = MediaSyncOptions.builder().build();
    private static final MediaSyncOptions DELETE =
            MediaSyncOptions.builder().surplus(Surplus.DELETE).maxDeleteShare(1).build();

    private final World world = stores();

    @TempDir
    private Path home;

    /** Two that differ, one that is the same, and one that only the target has. */
    private static World stores() {
        World world = new World();
        world.sourceMedia.with("a.jpg", "new").with("b.jpg", "changed").with("c.jpg", "same");
        world.targetMedia.with("b.jpg", "former").with("c.jpg", "same").with("old.jpg", "surplus");
        return world;
    }

    private static SyncMedia plain(MediaSyncOptions options) {
        return new SyncMedia(SOURCE_MEDIA, TARGET_MEDIA, options);
    }

    private static SyncMedia needing(@Nullable String filledBy) {
        return new SyncMedia(SOURCE_MEDIA, TARGET_MEDIA, KEEP, null, null, new NeededMedia(TARGET, QUERY, filledBy));
    }

    private static SyncMedia cleaning(MediaSyncOptions options, KeyQuery... replaced) {
        return new SyncMedia(
                SOURCE_MEDIA,
                TARGET_MEDIA,
                options,
                null,
                new CleanFiles(CLEANER, FileRules.STANDARD, List.of(replaced)),
                null);
    }

    private Trial trial(Step step) {
        return Trial.of(world, home, step);
    }

    @Test
    void readsOneStoreAndChangesTheOther() {
        assertThat(Trial.access(plain(KEEP)))
                .isEqualTo("reads [fake:source-media] writes [fake:target-media] tells []");
    }

    @Test
    void readsAlsoWhoCleansAndWhoIsAskedForFiles() {
        KeyQuery query = new KeyQuery(SOURCE, TableSelector.named("doc"), "SELECT 1", "", "documents");

        assertThat(Trial.access(cleaning(KEEP, query)))
                .isEqualTo("reads [fake:cleaner, fake:source, fake:source-media] writes [fake:target-media] tells []");
        assertThat(Trial.access(needing("copy-database")))
                .isEqualTo("reads [fake:source-media, fake:target] writes [fake:target-media] tells []");
    }

    @Test
    void saysWhatComesAndWhatStays() {
        try (Trial trial = trial(plain(KEEP))) {
            assertThat(trial.changes())
                    .containsExactly(
                            "fake:target-media will get 1 new and 1 changed objects (0.0 MB) of fake:source-media;"
                                    + " 1 that fake:source-media does not have under their names stay; 1 are the same");
            assertThat(trial.decision().notes())
                    .containsExactly("objects are compared by %s, and copied through this machine, which costs traffic"
                            .formatted(KEEP.decision()));
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void saysWhatIsLostAndForHowLongItCanBePutBack() {
        try (Trial trial = trial(plain(DELETE.toBuilder().trashDays(14).build()))) {
            assertThat(trial.changes())
                    .containsExactly(
                            "fake:target-media will get 1 new and 1 changed objects (0.0 MB) of fake:source-media,"
                                    + " lose 1 that fake:source-media does not have; 1 are the same; what is lost or replaced can be"
                                    + " put back for 14 days");
        }
    }

    @Test
    void saysWhatTheStoreCannotKeep() {
        world.targetMedia.terms.add("tags are not kept");
        try (Trial trial = trial(plain(KEEP))) {
            assertThat(trial.decision().notes()).contains("tags are not kept");
        }
    }

    @Test
    void refusesToDeleteMoreThanTheOptionsAllow() {
        MediaSyncOptions careful = DELETE.toBuilder().maxDeletes(0).build();
        try (Trial trial = trial(plain(careful))) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(GuardException.class)
                    .hasMessage("media of fake:target-media cannot be made like fake:source-media: 1 objects would be"
                            + " deleted, but maxDeletes is 0: check them, or raise it");
        }
    }

    @Test
    void refusesToDeleteAllBecauseTheSourceIsEmpty() {
        world.sourceMedia.contents.clear();
        try (Trial trial = trial(plain(DELETE))) {
            assertThatThrownBy(trial::decision).hasMessageContaining("the source has no objects in scope");
        }
        assertThat(world.targetMedia.contents).hasSize(3);
    }

    @Test
    void makesTheTargetWhatTheSourceIs() {
        try (Trial trial = trial(plain(DELETE))) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of(
                            "objects.before", "3",
                            "objects.copied", "2",
                            "bytes", "10",
                            "objects.deleted", "1",
                            "objects.after", "3"));
            assertThat(trial.warnings()).isEmpty();
        }
        assertThat(world.targetMedia.contents).isEqualTo(world.sourceMedia.contents);
    }

    @Test
    void leavesWhatOnlyTheTargetHasUnlessToldOtherwise() {
        try (Trial trial = trial(plain(KEEP))) {
            assertThat(trial.run().facts())
                    .containsEntry("objects.deleted", "0")
                    .containsEntry("objects.after", "4");
        }
        assertThat(world.targetMedia.contents).containsKeys("a.jpg", "old.jpg");
    }

    @Test
    void leavesOutWhatLiesInAnArchiveAndNamesIt() {
        world.sourceMedia.archived.add("a.jpg");
        String words = "1 objects of fake:source-media lie in an archive and are left out, for example a.jpg";
        try (Trial trial = trial(plain(KEEP))) {
            assertThat(trial.decision().notes()).contains(words + "; restore them first, or exclude them");
            assertThat(trial.run().warnings()).containsExactly(words);
        }
        assertThat(world.targetMedia.contents).doesNotContainKey("a.jpg");
    }

    @Test
    void isNotDoneAgainWhileBothAreTheSame() {
        try (Trial trial = trial(plain(DELETE))) {
            trial.runAndBreakOff();
            List<String> made = world.changes.made();

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(world.changes.made()).isEqualTo(made);
        }
    }

    @Test
    void isNotMeasuredByAProductionThatLivesOn() {
        try (Trial trial = trial(plain(DELETE))) {
            trial.runAndBreakOff();
            world.sourceMedia.with("new.jpg", "uploaded meanwhile");
            world.sourceMedia.contents.remove("a.jpg");

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.targetMedia.contents).containsKey("a.jpg").doesNotContainKey("new.jpg");
    }

    @Test
    void survivesAccidents() {
        int changes = Trial.survivesAccidents(
                home,
                SyncMediaTest::stores,
                plain(DELETE.toBuilder().parallelCopies(1).build()),
                Map.of(),
                after -> assertThat(after.targetMedia.contents).isEqualTo(after.sourceMedia.contents));

        assertThat(changes).isEqualTo(3);
    }

    @Test
    void undoPutsBackWhatTheTrashHas() {
        Map<String, String> before = Map.copyOf(world.targetMedia.contents);
        try (Trial trial = trial(plain(DELETE.toBuilder().trashDays(14).build()))) {
            trial.run();
            assertThat(world.targetMedia.contents).doesNotContainKey("old.jpg").containsEntry("b.jpg", "changed");
            trial.undo();
        }
        assertThat(world.targetMedia.contents).containsAllEntriesOf(before);
    }

    @Test
    void undoNeedsNeitherTheSourceNorTheDatabaseThatCleaningReads() {
        Map<String, String> before = Map.copyOf(world.targetMedia.contents);
        try (Trial trial = trial(plain(DELETE.toBuilder().trashDays(14).build()))) {
            trial.run();
            world.sourceMedia.unreachable = true;
            trial.undo();
        }
        assertThat(world.targetMedia.contents).isEqualTo(before);
    }

    @Test
    void undoIsRefusedWherePeopleHavePutSomethingElseSince() {
        Instant later = Instant.now().plusSeconds(60);
        try (Trial trial = trial(plain(DELETE.toBuilder().trashDays(14).build()))) {
            trial.run();
            world.targetMedia.with("c.jpg", "a colleague's").with("another.jpg", "too");
            world.targetMedia.times.putAll(Map.of("c.jpg", later, "another.jpg", later));
            assertThat(trial.lostByUndo()).isEmpty();

            world.targetMedia.with("b.jpg", "a colleague's");
            world.targetMedia.times.put("b.jpg", later);
            assertThat(trial.lostByUndo())
                    .containsExactly("step: 1 objects of fake:target-media that were changed since, such as b.jpg");
            trial.undoEvenSo();
        }
        assertThat(world.targetMedia.contents)
                .containsEntry("b.jpg", "former")
                .containsEntry("c.jpg", "a colleague's")
                .containsKey("another.jpg");
    }

    @Test
    void whatHadAnUnmaskedNameIsNotKeptAndThatIsSaidBeforeAndAfter() {
        world.sourceMedia.with("documents/ada-king.pdf", "cv");
        world.targetMedia.with("documents/ada-king.pdf", "cv");
        SyncMedia masked = new SyncMedia(
                SOURCE_MEDIA,
                TARGET_MEDIA,
                DELETE.toBuilder().trashDays(14).build(),
                new MaskedNames(List.of("documents/"), "KEY"));
        try (Trial trial = trial(masked)) {
            assertThat(trial.changes().toString())
                    .contains("can be put back for 14 days, but for what has an unmasked name");
            assertThat(trial.run().facts()).containsEntry("objects.unmasked", "1");
            assertThat(world.targetMedia.contents.keySet()).noneMatch(key -> key.contains("ada-king"));
            assertThat(trial.previewUndo().toString()).contains("; 1 objects under unmasked names stay away");
        }
    }

    @Test
    void undoSaysThatWhatWasNewStaysWhereTheListOfItIsGone() throws IOException {
        try (Trial trial = trial(plain(DELETE.toBuilder().trashDays(14).build()))) {
            trial.run();
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".mv")).toList()) {
                    Files.delete(file);
                }
            }
            for (int i = 0; i < 2; i++) {
                assertThat(trial.previewUndo().toString())
                        .as("it is not forgotten by a look")
                        .contains("keep what was new, as the list of it is gone");
            }
            trial.undo();
        }
        assertThat(world.targetMedia.contents).containsKeys("old.jpg", "a.jpg");
    }

    @Test
    void waitsForAPreviewThatHoldsTheJournal() {
        MediaJournal held = MediaJournal.open(
                home.resolve("memory").resolve("media"), world.sourceMedia.identity(), world.targetMedia.identity());
        try (Trial trial = trial(plain(DELETE.toBuilder().trashDays(14).build()))) {
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(held::close);
            trial.run();
            trial.undo();
        }
        assertThat(world.targetMedia.contents).doesNotContainKey("a.jpg");
    }

    @Test
    void undoPutsNothingBackWithoutATrash() {
        try (Trial trial = trial(plain(DELETE))) {
            trial.run();
            List<String> made = world.changes.made();
            trial.undo();

            assertThat(world.changes.made()).isEqualTo(made);
        }
    }

    @Test
    void givesFilesMaskedNamesInTheFoldersThatAreNamed() {
        world.sourceMedia.contents.clear();
        world.sourceMedia.with("documents/cv-ines-okafor.pdf", "cv").with("style.css", "css");
        world.targetMedia.contents.clear();
        Step step = new SyncMedia(SOURCE_MEDIA, TARGET_MEDIA, KEEP, new MaskedNames(List.of("documents/"), "KEY"));
        try (Trial trial = trial(step)) {
            trial.run();
        }
        assertThat(world.targetMedia.contents.keySet())
                .hasSize(2)
                .contains("style.css")
                .allMatch(key -> key.equals("style.css") || key.matches("documents/[a-z2-7]{12}\\.pdf"));
    }

    @Test
    void asksForTheKeyThatMasksNames() {
        Step step =
                new SyncMedia(SOURCE_MEDIA, TARGET_MEDIA, KEEP, new MaskedNames(List.of("documents/"), "NO_SUCH_KEY"));
        try (Trial trial = trial(step)) {
            assertThatThrownBy(trial::decision)
                    .hasMessageContaining("NO_SUCH_KEY")
                    .hasMessageContaining("to mask the names of files on their way to fake:target-media");
        }
    }

    @Test
    void bringsOnlyWhatTheDatabaseNamesAndListsWhatIsMissing() {
        world.target.media.add(new MediaReference("a.jpg", "public.image.file", 1));
        world.target.media.add(new MediaReference("lost.jpg", "public.image.file", 2));
        try (Trial trial = trial(needing(null))) {
            assertThat(trial.decision().notes()).contains("only what fake:target names counts");
            trial.run();

            assertThat(trial.facts())
                    .containsEntry("objects.copied", "1")
                    .containsEntry("needed", "2")
                    .containsEntry("missing", "1")
                    .containsEntry("missing.names", "lost.jpg (public.image.file, 2 rows)")
                    .containsEntry("unneeded", "2")
                    .hasEntrySatisfying(
                            "unneeded.names",
                            names -> assertThat(names.lines()).containsExactlyInAnyOrder("b.jpg", "c.jpg"));
            assertThat(trial.warnings())
                    .containsExactly(
                            "1 of 2 needed files are not in fake:source-media, for example, as it is called at the"
                                    + " target, lost.jpg");
        }
        assertThat(world.targetMedia.contents).containsEntry("a.jpg", "new").containsEntry("b.jpg", "former");
    }

    @Test
    void doesNotAskADatabaseThatIsNotFilledYet() {
        try (Trial trial = trial(needing("copy-database"))) {
            assertThat(trial.decision().notes())
                    .contains("of these only what fake:target names once copy-database has filled it");
        }
        assertThat(world.target.asked).isEmpty();
    }

    @Test
    void cleansFilesOnTheirWayAndCountsThem() {
        world.sourceMedia.with("a.jpg", "by Ada a picture").with("film.mp4", "by Bob");
        try (Trial trial = trial(cleaning(KEEP))) {
            assertThat(trial.decision().notes())
                    .anyMatch(note ->
                            note.contains("are looked into on this machine, by their first bytes or as a whole"));
            trial.run();

            assertThat(trial.facts())
                    .containsEntry("files.cleaned", "1")
                    .containsEntry("files.replaced", "0")
                    .containsEntry("files.not-cleaned", "1")
                    .hasEntrySatisfying(
                            "files.not-cleaned.names",
                            names -> assertThat(names).contains("film.mp4"));
            assertThat(trial.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("1 objects lie at the target as they are at the source")
                    .contains("film.mp4");
        }
        assertThat(world.targetMedia.contents)
                .containsEntry("a.jpg", "a picture")
                .containsEntry("film.mp4", "by Bob");
    }

    @Test
    void aFileThatCannotBeCleanedIsNotCopiedAndFailsTheStepAfterAllOthers() {
        world.sourceMedia.with("a.jpg", "broken by Ada").with("z.jpg", "by Ada fine");
        try (Trial trial = trial(cleaning(KEEP))) {
            assertThat(trial.fails()).hasMessageContaining("a.jpg");
        }
        assertThat(world.targetMedia.contents).doesNotContainKey("a.jpg").containsEntry("z.jpg", "fine");
    }

    @Test
    void tellsOfUncleanedFilesAlsoWhenItFails() {
        world.sourceMedia.with("a.jpg", "broken").with("film.mp4", "by Bob");
        try (Trial trial = trial(cleaning(KEEP))) {
            trial.fails();

            assertThat(trial.facts())
                    .containsKey("files.not-cleaned.before-failure")
                    .doesNotContainKey("objects.copied");
            assertThat(trial.warnings()).anyMatch(warning -> warning.contains("film.mp4"));
        }
    }

    @Test
    void refusesToKeepAccessListsOfFilesThatAreCleaned() {
        MediaSyncOptions options =
                MediaSyncOptions.builder().keep(MediaAttribute.ACL).build();
        try (Trial trial = trial(cleaning(options))) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("leave ACL out of what is kept, or do not clean");
        }
    }
}
