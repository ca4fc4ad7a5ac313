package dev.restage.recipe.wagtail;

import static dev.restage.trial.Tables.database;
import static dev.restage.trial.Tables.referring;
import static dev.restage.trial.Tables.table;
import static dev.restage.trial.World.SOURCE;
import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.Mask;
import dev.restage.provider.PlanException;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.step.database.MaskedBy;
import dev.restage.trial.RealDatabase;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps that only a Wagtail site has. */
class WagtailStepsTest {

    private final World world = new World();

    @TempDir
    private Path home;

    @Nested
    class NeutraliseTest {

        @AutoClose("giveBack")
        private final RealDatabase database = RealDatabase.holding(
                world,
                "CREATE TABLE wagtailcore_revision (id int, approved_go_live_at timestamptz)",
                "INSERT INTO wagtailcore_revision VALUES (1, now()), (2, NULL), (3, now())");

        private Trial trial() {
            return Trial.of(world.with(TARGET, database), home, new Neutralise(TARGET));
        }

        @Test
        void publishesNothingByItself() {
            assertThat(Trial.access(new Neutralise(TARGET))).isEqualTo("reads [] writes [fake:target] tells []");
            try (Trial trial = trial()) {
                assertThat(trial.changes()).containsExactly("fake:target will have no scheduled publishing");
                assertThat(trial.run().facts()).isEqualTo(Map.of("rows", "2"));
            }
            assertThat(database.rows("SELECT count(approved_go_live_at) FROM wagtailcore_revision"))
                    .containsExactly("0");
        }

        @Test
        void tellsBirdbathThatTheDataAreMasked() {
            database.run("CREATE TABLE birdbath_execution (id serial, date_executed timestamptz NOT NULL)");
            try (Trial trial = trial()) {
                assertThat(trial.run().facts()).isEqualTo(Map.of("rows", "3"));
            }
            assertThat(database.rows("SELECT count(*) FROM birdbath_execution")).containsExactly("1");
        }

        @Test
        void hasNothingToDoInADatabaseWithoutWagtail() {
            database.run("DROP TABLE wagtailcore_revision");
            try (Trial trial = trial()) {
                assertThat(trial.runAndBreakOff().facts()).isEqualTo(Map.of("rows", "0"));
                assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
            }
        }
    }

    @Nested
    class ProposeContentTest {

        private static final TableShape[] SITE = {
            table("wagtailcore_page", "id int", "title"),
            referring(table("wagtailcore_site", "root_page_id int"), "root_page_id", "wagtailcore_page"),
            referring(table("blog_post", "page_ptr_id int", "body", "intro"), "page_ptr_id", "wagtailcore_page"),
            referring(table("blog_longpost", "post_ptr_id int", "extra jsonb"), "post_ptr_id", "blog_post"),
            referring(table("gallery_slide", "sort_order int", "caption", "page_id int"), "page_id", "blog_post"),
            table("cards_card", "headline", "translation_key uuid", "locale_id int"),
            referring(table("votes_vote", "words", "page_id int"), "page_id", "wagtailcore_page")
        };

        private Trial trial(MaskingPolicy policy) {
            world.source.shape = database(SITE);
            return Trial.of(world, home, new ProposeContent(SOURCE, new MaskedBy(policy, "KEY")));
        }

        @Test
        void onlyLooks() {
            assertThat(Trial.access(new ProposeContent(SOURCE, new MaskedBy(MaskingPolicy.none(), "KEY"))))
                    .isEqualTo("reads [fake:source] writes [] tells []");
        }

        @Test
        void proposesTheAppsOfPagesOfWhatBelongsToThemAndOfSnippets() {
            try (Trial trial = trial(Wagtail.site().policy())) {
                assertThatThrownBy(trial::decision)
                        .isInstanceOf(PlanException.class)
                        .hasMessage(
                                "5 columns of pages and snippets in fake:source have no rule: if everybody may read all that"
                                        + " is in these apps, say so with Wagtail.content(\"blog_*\", \"cards_*\", \"gallery_*\"); if"
                                        + " not, name the tables one by one, or take rules from suggestPolicy");
            }
        }

        @Test
        void isContentWithWhatHasRules() {
            MaskingPolicy policy = Wagtail.site()
                    .content("blog_*", "cards_*")
                    .policy()
                    .plus(MaskingPolicy.builder()
                            .mask("gallery_slide", "caption", Mask.freeText())
                            .build());
            try (Trial trial = trial(policy)) {
                assertThat(trial.decision().notes()).isEmpty();
                assertThat(trial.runAndBreakOff().facts()).isEqualTo(Map.of());
                assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
            }
        }

        @Test
        void asksForNothingWhoseRowsStayBehind() {
            try (Trial trial = trial(Wagtail.site()
                    .content("blog_*")
                    .leaveBehind("cards_card", "gallery_slide")
                    .policy())) {
                assertThat(trial.decision().changes()).isEmpty();
            }
        }

        @Test
        void asksForNothingWhereAllMayPass() {
            try (Trial trial = trial(MaskingPolicy.builder().lenient().build())) {
                assertThat(trial.decision().changes()).isEmpty();
            }
        }
    }
}
