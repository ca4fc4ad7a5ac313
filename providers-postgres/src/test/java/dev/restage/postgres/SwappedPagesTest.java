package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.masking.TableSelector;
import dev.restage.plan.SuggestedPolicy;
import dev.restage.provider.media.MediaReference;
import dev.restage.recipe.wagtail.Wagtail;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site whose pages are kept in a table of its own, or whose tables are all in another schema. */
class SwappedPagesTest {

    private static final Wagtail WAGTAIL = Wagtail.site().content("base_note", "shop_*");

    private static final List<String> ROUTING = List.of("path", "slug", "url_path", "title");

    @TempDir
    Path home;

    @Test
    void pagesInATableOfTheProjectAreFoundByTheSitesThatReferToThem() throws SQLException {
        SmallSite site = new SmallSite(home, "basepage_basepage", "accounts_user");
        site.fill(site.production);
        site.sites(site.production, "www.acme.test", "trade.acme.test");
        site.fill(site.staging);
        site.sites(site.staging, "staging.test", "trade.staging.test");
        site.run(site.staging, "UPDATE PAGES SET url_path = '/draft/' WHERE id = 3");

        assertThat(site.preview(WAGTAIL).toString())
                .contains("1 pages exist only on the target and will be gone: /draft/");

        site.reset(WAGTAIL);
        assertThat(site.texts(site.staging, "SELECT url_path FROM basepage_basepage ORDER BY id"))
                .containsExactly("/", "/home/", "/trade/");
        assertThat(site.texts(site.staging, "SELECT hostname FROM wagtailcore_site ORDER BY id"))
                .containsExactly("staging.test", "trade.staging.test");
    }

    @Test
    void allThatIsAskedForIsFoundInAnotherSchema() throws SQLException {
        SmallSite site = new SmallSite(home, "basepage_basepage", "accounts_user");

        for (var database : List.of(site.production, site.staging)) {
            site.fill(database);
            for (String table : List.of(
                    "accounts_user",
                    "basepage_basepage",
                    "wagtailcore_site",
                    "wagtailcore_revision",
                    "django_site",
                    "base_note")) {
                site.run(database, "CREATE SCHEMA IF NOT EXISTS cms", "ALTER TABLE %s SET SCHEMA cms".formatted(table));
            }
        }
        site.run(
                site.production,
                "INSERT INTO cms.wagtailcore_site VALUES (1, 'www.acme.test', 443, '', 2, true)",
                "INSERT INTO cms.wagtailcore_revision VALUES (1, '{}', '', '2', now())",
                "INSERT INTO cms.accounts_user VALUES (1, 'x', NULL, 'ada', 'Ada', 'King', 'ada@acme.test')",
                "INSERT INTO cms.base_note (body) VALUES ('//www.acme.test/')");
        site.run(site.staging, "INSERT INTO cms.wagtailcore_site VALUES (1, 'staging.test', 443, '', 2, true)");

        site.reset(WAGTAIL);

        assertThat(site.texts(
                        site.staging,
                        "SELECT hostname FROM cms.wagtailcore_site UNION ALL SELECT body FROM cms.base_note"
                                + " UNION ALL SELECT approved_go_live_at::text FROM cms.wagtailcore_revision"))
                .containsExactly("staging.test", "//staging.test/", null);
    }

    @Test
    void aDraftOfRulesLeavesTheRoutingOfPagesAlone() throws Exception {
        PostgresDatabase bakery = bakery();

        assertThat(SuggestedPolicy.of(bakery, Wagtail.site().policy()).policy().columns())
                .filteredOn(rule -> rule.table().equals(new TableSelector.Named("public.basepage_basepage")))
                .extracting(rule -> rule.column())
                .doesNotContainAnyElementsOf(ROUTING)
                .containsExactly("subtitle");
    }

    @Test
    void mediaUnderAPageAreFoundFromATableOfTheProjectInAnySchema() throws Exception {
        PostgresDatabase bakery = bakery();
        List<String> before = files(bakery);
        String schema =
                "SELECT 'ALTER TABLE ' || tablename || ' SET SCHEMA cms' FROM pg_tables WHERE schemaname = 'public'";

        TestDatabases.run(bakery, "CREATE SCHEMA cms");
        TestDatabases.run(bakery, TestDatabases.all(bakery, schema).toArray(String[]::new));

        assertThat(before).hasSizeGreaterThan(3);
        assertThat(files(bakery)).isEqualTo(before);
    }

    private static List<String> files(PostgresDatabase bakery) {
        Wagtail site = Wagtail.site();
        try (Stream<MediaReference> found = bakery.media(site.media().reachedBy(site.pagesUnder("/blog/")))) {
            return found.map(MediaReference::key).toList();
        }
    }

    private PostgresDatabase bakery() throws Exception {
        String fixtures = System.getProperty("restage.fixtures", "");
        assumeTrue(!fixtures.isEmpty(), "no fixtures: set restage.fixtures");
        PostgresDatabase bakery = new TestDatabases(home).loaded(Path.of(fixtures, "wagtail/bakery.sql"));
        TestDatabases.run(
                bakery,
                "ALTER TABLE wagtailcore_page RENAME TO basepage_basepage",
                "ALTER TABLE basepage_basepage ADD subtitle text");
        return bakery;
    }
}
