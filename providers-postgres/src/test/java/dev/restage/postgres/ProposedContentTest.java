package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.recipe.wagtail.Wagtail;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apps of pages are proposed as public content, and never taken for it. */
class ProposedContentTest {

    private static final Wagtail WAGTAIL = Wagtail.site().content("base_note").host("www.acme.test", "staging.test");

    @TempDir
    Path home;

    private SmallSite site;

    @BeforeEach
    void pages() throws SQLException {
        site = new SmallSite(home, "basepage_basepage", "accounts_user");
        site.fill(site.production);
        site.sites(site.production, "www.acme.test");
        site.run(
                site.production,
                "CREATE TABLE blog_articlepage (basepage_ptr_id int PRIMARY KEY REFERENCES PAGES, body text NOT NULL)",
                "CREATE TABLE long_reads_reportpage (articlepage_ptr_id int PRIMARY KEY REFERENCES blog_articlepage, extra jsonb)",
                "CREATE TABLE gallery_slide (id int PRIMARY KEY, sort_order int, caption text,"
                        + " page_id int NOT NULL REFERENCES blog_articlepage)",
                "CREATE TABLE people_card (id int PRIMARY KEY, headline text,"
                        + " latest_revision_id int REFERENCES wagtailcore_revision)",
                "CREATE TABLE votes_comment (id int PRIMARY KEY, words text, page_id int NOT NULL REFERENCES PAGES)");
    }

    @Test
    void appsOfPagesOfWhatBelongsToThemAndOfSnippetsAreProposedTogether() {
        assertThatThrownBy(() -> site.preview(WAGTAIL))
                .hasMessageContaining("4 columns of pages and snippets")
                .hasMessageContaining("Wagtail.content(\"blog_*\", \"gallery_*\", \"long_reads_*\", \"people_*\")");
    }

    @Test
    void whatIsDeclaredIsNotProposedAgain() {
        assertThatThrownBy(() -> site.preview(WAGTAIL.content("blog_*", "gallery_*", "people_*")))
                .hasMessageContaining("1 columns")
                .hasMessageContaining("Wagtail.content(\"long_reads_*\")");
    }

    @Test
    void whatVisitorsWroteIsAskedForByItselfAndNotProposed() throws SQLException {
        Wagtail declared = WAGTAIL.content("blog_*", "gallery_*", "people_*", "long_reads_*");

        assertThatThrownBy(() -> site.preview(declared))
                .hasMessageContaining("votes_comment.words")
                .hasMessageNotContaining("pages and snippets");

        site.run(site.production, "DROP TABLE votes_comment");
        assertThat(site.preview(declared).toString()).doesNotContain("pages and snippets");
    }
}
