package dev.restage.step.database;

import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.TableSelector;
import dev.restage.plan.Step;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.RealDatabase;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that change rows by statements. */
class ChangeRowsTest {

    private static final TableSelector RENDITIONS = TableSelector.having("filter_spec", "image_id");

    private final World world = new World();

    @AutoClose("giveBack")
    private final RealDatabase database = RealDatabase.holding(
            world,
            "CREATE TABLE page (id int PRIMARY KEY, title text NOT NULL)",
            "INSERT INTO page VALUES (1, 'a'), (2, 'b')",
            "CREATE TABLE rendition (id int, image_id int, filter_spec text)",
            "INSERT INTO rendition VALUES (1, 1, 'fill'), (2, 1, 'width')",
            "CREATE SCHEMA shop",
            "CREATE TABLE shop.picture (id int, image_id int, filter_spec text)",
            "INSERT INTO shop.picture VALUES (1, 1, 'fill')");

    @TempDir
    private Path home;

    private Trial trial(Step step) {
        world.with(TARGET, database);
        return Trial.of(world, home, step);
    }

    @Test
    void changesNothingButTheDatabase() {
        assertThat(Trial.access(new ExecuteSql(TARGET, "be better", List.of())))
                .isEqualTo("reads [] writes [fake:target] tells []");
        assertThat(Trial.access(new EmptyTables(TARGET, RENDITIONS, "derived images")))
                .isEqualTo("reads [] writes [fake:target] tells []");
    }

    @Test
    void saysWhatStatementsDoAndCountsTheRowsThatTheyChange() {
        try (Trial trial = trial(new ExecuteSql(
                TARGET,
                "have no drafts",
                List.of("UPDATE page SET title = 'x' WHERE id = 1", "UPDATE page SET title = 'y' WHERE id = 2")))) {
            assertThat(trial.changes()).containsExactly("fake:target will have no drafts");
            assertThat(database.rows("SELECT title FROM page ORDER BY id")).containsExactly("a", "b");
            assertThat(trial.run().facts()).isEqualTo(Map.of("rows", "2"));
        }
        assertThat(database.rows("SELECT title FROM page ORDER BY id")).containsExactly("x", "y");
    }

    @Test
    void doesAllStatementsOrNone() {
        try (Trial trial = trial(new ExecuteSql(
                TARGET, "change", List.of("UPDATE page SET title = 'x'", "UPDATE page SET title = NULL")))) {
            assertThat(trial.fails()).hasMessageContaining("a change of fake:target was refused (23502)");
            assertThat(trial.facts()).isEmpty();
        }
        assertThat(database.rows("SELECT title FROM page ORDER BY id")).containsExactly("a", "b");
    }

    @Test
    void statementsAreNotExecutedAgainWhenTheRunGoesOn() {
        try (Trial trial = trial(new ExecuteSql(TARGET, "grow", List.of("INSERT INTO page VALUES (3, 'c')")))) {
            trial.runAndBreakOff().resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(database.rows("SELECT count(*) FROM page")).containsExactly("3");
    }

    @Test
    void saysHowManyRowsOfWhichTablesAreLost() {
        try (Trial trial = trial(new EmptyTables(TARGET, RENDITIONS, "derived images"))) {
            assertThat(trial.changes())
                    .containsExactly("fake:target will lose all 3 rows of derived images in \"public\".\"rendition\","
                            + " \"shop\".\"picture\"");
        }
        assertThat(database.rows("SELECT count(*) FROM rendition")).containsExactly("2");
    }

    @Test
    void emptiesTheTablesThatTheCatalogShowsAndNoOther() {
        try (Trial trial = trial(new EmptyTables(TARGET, RENDITIONS, "derived images"))) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("rows.deleted", "3"));
        }
        assertThat(database.rows("SELECT (SELECT count(*) FROM rendition), (SELECT count(*) FROM shop.picture),"
                        + " (SELECT count(*) FROM page)"))
                .containsExactly("0|0|2");
    }

    @Test
    void hasNothingToSayWhereNoTableIsMeantOrNoRowIsThere() {
        try (Trial trial = trial(new EmptyTables(TARGET, TableSelector.named("nothing"), "nothing"))) {
            assertThat(trial.changes()).isEmpty();
            assertThat(trial.run().facts()).isEqualTo(Map.of("rows.deleted", "0"));
        }
        database.run("DELETE FROM rendition", "DELETE FROM shop.picture");
        try (Trial trial = trial(new EmptyTables(TARGET, RENDITIONS, "derived images"))) {
            assertThat(trial.changes()).isEmpty();
        }
    }

    @Test
    void rowsThatWereMadeAnewMeanwhileStayWhenTheRunGoesOn() {
        try (Trial trial = trial(new EmptyTables(TARGET, RENDITIONS, "derived images"))) {
            trial.runAndBreakOff();
            database.run("INSERT INTO rendition VALUES (9, 9, 'made anew')");

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(database.rows("SELECT count(*) FROM rendition")).containsExactly("1");
    }

    @Test
    void emptiesNothingWhereOtherRowsStillNeedThem() {
        database.run(
                "ALTER TABLE page ADD COLUMN image_id int, ADD COLUMN filter_spec text",
                "CREATE TABLE link (page_id int REFERENCES page)",
                "INSERT INTO link VALUES (1)");
        try (Trial trial = trial(new EmptyTables(TARGET, RENDITIONS, "derived images"))) {
            assertThat(trial.fails()).hasMessageContaining("a change of fake:target was refused (23503)");
        }
        assertThat(database.rows("SELECT count(*) FROM rendition")).containsExactly("2");
    }
}
