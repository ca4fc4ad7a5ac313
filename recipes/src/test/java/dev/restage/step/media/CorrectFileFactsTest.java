package dev.restage.step.media;

import static dev.restage.trial.World.CLEANER;
import static dev.restage.trial.World.SOURCE_MEDIA;
import static dev.restage.trial.World.TARGET;
import static dev.restage.trial.World.TARGET_MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.Step;
import dev.restage.provider.media.FileRules;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.RealDatabase;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectFileFactsTest {

    private static final Step SYNC = new SyncMedia(
            SOURCE_MEDIA,
            TARGET_MEDIA,
            MediaSyncOptions.builder().build(),
            null,
            new CleanFiles(CLEANER, FileRules.STANDARD, List.of()),
            null);
    private static final Step STEP = new CorrectFileFacts(SOURCE_MEDIA, TARGET_MEDIA, TARGET, CorrectFileFacts.FILES);

    private final World world = new World();

    @AutoClose("giveBack")
    private final RealDatabase database = RealDatabase.holding(
            world,
            "CREATE TABLE document (file text, file_size int, file_hash text)",
            "CREATE TABLE image (file text, file_size int)",
            "CREATE TABLE film (file text, length int)");

    @TempDir
    private Path home;

    /** After a sync that has cleaned one file and remembers so. */
    private Trial trial() {
        world.with(TARGET, database);
        world.sourceMedia.with("a.txt", "by Ada open").with("b.txt", "clean");
        try (Trial sync = Trial.of(world, home, SYNC)) {
            return sync.run().next(STEP);
        }
    }

    private List<String> documents() {
        return database.rows("SELECT file, file_size, file_hash FROM document ORDER BY file, file_size");
    }

    @Test
    void readsBothStoresAndChangesTheDatabase() {
        assertThat(Trial.access(STEP))
                .isEqualTo("reads [fake:source-media, fake:target-media] writes [fake:target] tells []");
    }

    @Test
    void namesTheTablesThatTellOfFiles() {
        try (Trial trial = trial()) {
            assertThat(trial.changes())
                    .containsExactly("fake:target will have size and hash of the files that are altered on their way to"
                            + " fake:target-media corrected in \"public\".\"document\", \"public\".\"image\"");
        }
    }

    @Test
    void hasNothingToSayWhereNoTableTellsOfFiles() {
        database.run("DROP TABLE document", "DROP TABLE image");
        try (Trial trial = trial()) {
            assertThat(trial.changes()).isEmpty();
            assertThat(trial.run().facts()).isEqualTo(Map.of("rows.corrected", "0"));
        }
    }

    @Test
    void correctsSizeAndHashOfWhatWasAltered() {
        database.run(
                "INSERT INTO document VALUES ('a.txt', 11, 'former'), ('b.txt', 5, 'right')",
                "INSERT INTO image VALUES ('a.txt', 11)");
        try (Trial trial = trial()) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("rows.corrected", "2"));
        }
        assertThat(documents()).containsExactly("a.txt|4|" + sha1("open"), "b.txt|5|right");
        assertThat(database.rows("SELECT file_size FROM image")).containsExactly("4");
    }

    @Test
    void leavesEmptyWhatIsEmpty() {
        database.run("INSERT INTO document VALUES ('a.txt', NULL, 'former'), ('a.txt', 11, ''), ('a.txt', 12, NULL)");
        try (Trial trial = trial()) {
            trial.run();
        }
        assertThat(documents()).containsExactlyInAnyOrder("a.txt|null|" + sha1("open"), "a.txt|4|", "a.txt|4|null");
    }

    @Test
    void doesNotTouchRowsThatAreRight() {
        database.run("INSERT INTO document VALUES ('a.txt', 4, '%s'), ('a.txt', NULL, NULL)".formatted(sha1("open")));
        try (Trial trial = trial()) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("rows.corrected", "0"));
        }
    }

    @Test
    void holdsUntilAWrongRowComesBack() {
        database.run("INSERT INTO document VALUES ('a.txt', 11, 'former')");
        try (Trial trial = trial()) {
            trial.runAndBreakOff();
            world.interrupted = true;
            trial.failsToResume();
            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
            world.interrupted = false;
            database.run("UPDATE document SET file_hash = 'former'");

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(documents()).containsExactly("a.txt|4|" + sha1("open"));
    }

    @Test
    void changesNothingIfOneRowCannotBeChanged() {
        database.run(
                "ALTER TABLE image ADD CHECK (file_size > 5)",
                "INSERT INTO document VALUES ('a.txt', 11, 'former')",
                "INSERT INTO image VALUES ('a.txt', 11)");
        try (Trial trial = trial()) {
            assertThat(trial.fails()).hasMessageContaining("a change of fake:target was refused (23514)");
        }
        assertThat(documents()).containsExactly("a.txt|11|former");
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
