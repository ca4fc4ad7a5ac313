package dev.restage.step.media;

import static dev.restage.trial.World.CLEANER;
import static dev.restage.trial.World.SOURCE;
import static dev.restage.trial.World.SOURCE_MEDIA;
import static dev.restage.trial.World.TARGET_MEDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.TableSelector;
import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.Step;
import dev.restage.provider.PlanException;
import dev.restage.provider.media.FileRules;
import dev.restage.trial.RealDatabase;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a database wants left in production. */
class KeyQueryTest {

    private static final String KEYS = "SELECT file FROM {table} WHERE secret";

    private final World world = new World();

    @AutoClose("giveBack")
    private final RealDatabase database = RealDatabase.holding(
            world,
            "CREATE TABLE document (file text, secret bool)",
            "INSERT INTO document VALUES ('a.txt', true), ('b.txt', false), (NULL, true)",
            "CREATE SCHEMA \"Other\"",
            "CREATE TABLE \"Other\".document (file text, secret bool)",
            "INSERT INTO \"Other\".document VALUES ('c.txt', true)",
            "CREATE TABLE \"Other\".folder (name text)",
            "INSERT INTO \"Other\".folder VALUES ('Personnel')");

    @TempDir
    private Path home;

    @BeforeEach
    void files() {
        world.with(SOURCE, database);
        world.sourceMedia.with("a.txt", "secret").with("b.txt", "by Ada open").with("c.txt", "secret");
    }

    private Step cleaning(String keys, String requires, String table) {
        KeyQuery query =
                new KeyQuery(SOURCE, TableSelector.named(table), keys, requires, "documents of the folder Personnel");
        return new SyncMedia(
                SOURCE_MEDIA,
                TARGET_MEDIA,
                MediaSyncOptions.builder().build(),
                null,
                new CleanFiles(CLEANER, FileRules.STANDARD, List.of(query)),
                null);
    }

    @Test
    void asksEachTableOfAnySchemaAndReplacesWhatItNames() {
        try (Trial trial = Trial.of(world, home, cleaning(KEYS, "", "document"))) {
            assertThat(trial.run().facts()).containsEntry("files.replaced", "2").containsEntry("files.cleaned", "1");
        }
        assertThat(world.cleaner.replaced).containsExactly("a.txt", "c.txt");
        assertThat(world.targetMedia.contents)
                .containsEntry("a.txt", "placeholder")
                .containsEntry("b.txt", "open")
                .containsEntry("c.txt", "placeholder");
    }

    @Test
    void replacesNothingWhereNoTableIsMeant() {
        try (Trial trial = Trial.of(world, home, cleaning(KEYS, "", "nothing"))) {
            assertThat(trial.run().facts()).containsEntry("files.replaced", "0");
        }
    }

    @Test
    void isContentIfOneOfTheTablesHasWhatIsRequired() {
        database.run("CREATE TABLE folder (name text)");
        String requires = "SELECT name FROM {schema}.folder WHERE name = 'Personnel'";
        try (Trial trial = Trial.of(world, home, cleaning(KEYS, requires, "document"))) {
            assertThat(trial.run().facts()).containsEntry("files.replaced", "2");
        }
    }

    @Test
    void refusesInThePreviewANameThatNothingHas() {
        String requires = "SELECT file FROM {table} WHERE file = 'Personel'";
        try (Trial trial = Trial.of(world, home, cleaning(KEYS, requires, "document"))) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(PlanException.class)
                    .hasMessage(
                            "there are no documents of the folder Personnel in fake:source: correct the name, or leave"
                                    + " them out");
        }
    }

    @Test
    void aQueryThatTheServerRefusesStopsThePreview() {
        try (Trial trial = Trial.of(world, home, cleaning("SELECT nothing FROM {table}", "", "document"))) {
            assertThatThrownBy(trial::decision).hasMessageContaining("a query on fake:source was refused (42703)");
        }
        assertThat(world.changes.made()).isEmpty();
    }
}
