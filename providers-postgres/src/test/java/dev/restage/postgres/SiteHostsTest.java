package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.PlanException;
import dev.restage.recipe.Framework;
import dev.restage.recipe.django.Django;
import dev.restage.recipe.wagtail.Wagtail;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target never goes on with production's hosts: they are paired with its own, or the preview asks. */
class SiteHostsTest {

    private static final Wagtail WAGTAIL = Wagtail.site().content("base_*");

    private static final String SITES = "SELECT hostname || ':' || port FROM wagtailcore_site ORDER BY id";
    private static final String DOMAINS = "SELECT domain FROM django_site ORDER BY id";

    @TempDir
    private static Path home;

    /** For previews, which change nothing: one whose staging is empty, and one whose staging has the tables. */
    private static SmallSite bare;

    private static SmallSite filled;

    @BeforeAll
    static void load() throws SQLException {
        bare = twoSites();
        filled = twoSites();
        filled.fill(filled.staging);
    }

    @BeforeEach
    void withoutRecords() throws SQLException {
        filled.run(filled.production, "DELETE FROM django_site");
        filled.run(filled.staging, "DELETE FROM django_site", "DELETE FROM wagtailcore_site");
    }

    private static SmallSite twoSites() throws SQLException {
        SmallSite site = new SmallSite(home);
        site.fill(site.production);
        site.sites(site.production, "www.acme.test", "trade.acme.test");
        return site;
    }

    @Test
    void anEmptyStagingIsRefusedWithWhatToWriteForEachSite() {
        assertThatThrownBy(() -> bare.preview(WAGTAIL))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("has no site records yet")
                .hasMessageContaining(".host(\"www.acme.test\", \"…\").host(\"trade.acme.test\", \"…\")");
    }

    @Test
    void theWebAddressSpeaksForTheDefaultSiteOfAnEmptyStaging() throws SQLException {
        SmallSite site = twoSites();

        site.resetAt("http://staging.test:8000/", WAGTAIL.host("trade.acme.test", "trade.staging.test"));

        assertThat(site.texts(site.staging, SITES)).containsExactly("staging.test:8000", "trade.staging.test:443");
    }

    @Test
    void theWebAddressDoesNotSpeakForOtherSites() {
        assertThatThrownBy(() -> bare.preview(WAGTAIL, "https://staging.test/"))
                .hasMessageContaining("trade.acme.test")
                .hasMessageNotContaining("www.acme.test");
    }

    @Test
    void aWebAddressOfProductionSpeaksForNobody() {
        assertThatThrownBy(() -> bare.preview(WAGTAIL, "https://WWW.acme.test/"))
                .hasMessageContaining("production's www.acme.test, trade.acme.test");
    }

    @Test
    void tablesWithoutARecordAreAsGoodAsEmpty() throws SQLException {
        assertThatThrownBy(() -> filled.preview(WAGTAIL)).hasMessageContaining("has no site records yet");
    }

    @Test
    void aSiteThatStagingHasNotIsNamed() throws SQLException {
        filled.sites(filled.staging, "staging.test");

        assertThatThrownBy(() -> filled.preview(WAGTAIL))
                .hasMessageContaining("production's trade.acme.test")
                .hasMessageContaining("has no record that fits");
    }

    @Test
    void recordsThatNameProductionsHostsAreNotStagingsOwn() throws SQLException {
        filled.sites(filled.staging, "www.acme.test", "trade.acme.test");

        assertThatThrownBy(() -> filled.preview(WAGTAIL))
                .hasMessageContaining("production's hosts in its own site records")
                .hasMessageContaining(".host(\"www.acme.test\", \"…\").host(\"trade.acme.test\", \"…\")");
    }

    @Test
    void twoSitesCannotBecomeOne() {
        Wagtail one = WAGTAIL.host("www.acme.test", "staging.test").host("trade.acme.test", "staging.test");

        assertThatThrownBy(() -> bare.preview(one))
                .hasMessageContaining("two of production's sites would become staging.test:443");
    }

    @Test
    void hostsThatChangePlacesAreToldApart() throws SQLException {
        SmallSite site = twoSites();
        site.run(
                site.production, "INSERT INTO django_site VALUES (1, 'www.acme.test', ''), (2, 'trade.acme.test', '')");

        site.reset(WAGTAIL.host("www.acme.test", "trade.acme.test").host("trade.acme.test", "www.acme.test"));

        assertThat(site.texts(site.staging, SITES)).containsExactly("trade.acme.test:443", "www.acme.test:443");
        assertThat(site.texts(site.staging, DOMAINS)).containsExactly("trade.acme.test", "www.acme.test");
    }

    @Test
    void aDomainOfDjangoAloneIsAskedForToo() throws SQLException {
        SmallSite site = twoSites();
        Framework django = Django.site();
        site.run(
                site.production,
                "DELETE FROM wagtailcore_site",
                "DROP TABLE base_note",
                "DROP TABLE wagtailcore_site",
                "DROP TABLE wagtailcore_page",
                "DROP TABLE wagtailcore_revision",
                "INSERT INTO django_site VALUES (1, 'acme.test', 'Acme')");

        assertThatThrownBy(() -> site.preview(django)).hasMessageContaining(".host(\"acme.test\", \"…\")");

        site.resetAt("https://staging.test/", django);
        assertThat(site.texts(site.staging, DOMAINS)).containsExactly("staging.test");

        site.run(site.staging, "UPDATE django_site SET domain = 'own.staging.test'");
        site.reset(django);
        assertThat(site.texts(site.staging, DOMAINS)).containsExactly("own.staging.test");
    }

    @Test
    void aDomainThatIsNoHostOfASiteIsPairedWithStagingsOwn() throws SQLException {
        SmallSite site = twoSites();
        site.run(site.production, "INSERT INTO django_site VALUES (1, 'acme.test', 'Acme')");
        site.fill(site.staging);
        site.sites(site.staging, "staging.test", "trade.staging.test");
        site.run(site.staging, "INSERT INTO django_site VALUES (1, 'apex.staging.test', 'Acme')");

        site.reset(WAGTAIL);

        assertThat(site.texts(site.staging, DOMAINS)).containsExactly("apex.staging.test");
    }

    @Test
    void whatDjangoWritesWhereNobodyHasSaidAnythingIsNoHost() throws SQLException {
        filled.run(filled.production, "INSERT INTO django_site VALUES (1, 'example.com', 'example.com')");
        filled.sites(filled.staging, "staging.test", "trade.staging.test");

        assertThat(filled.preview(WAGTAIL).toString())
                .contains("site www.acme.test:443 -> staging.test:443", "trade.acme.test:443 -> trade.staging.test:443")
                .doesNotContain("example.com ->");
    }

    /** Before and after; the same if there is no second. */
    private static final String[][] TEXTS = {
        {"Kiosk (kiosk.acme.test)", "Kiosk (kiosk.staging.test)"},
        {"kiosk.acme.test", "kiosk.staging.test"},
        {
            "KIOSK.acme.test, kiosk.acme.test:8443 kiosk.acme.test.",
            "kiosk.staging.test, kiosk.staging.test:9443 kiosk.staging.test."
        },
        {"see kiosk.acme.test/menu.pdf", "see kiosk.staging.test/menu.pdf"},
        {"http://kiosk.acme.test:8443/menu/", "http://kiosk.staging.test:9443/menu/"},
        {
            "//www.acme.test/a.jpg and https%3A%2F%2Fwww.acme.test%2Fblog",
            "//staging.test/a.jpg and https%3A%2F%2Fstaging.test%2Fblog"
        },
        {
            "{\"a\": \"first\\nwww.acme.test\", \"b\": \"www.acme.test/menu\"}",
            "{\"a\": \"first\\nstaging.test\", \"b\": \"staging.test/menu\"}"
        },
        {"info@kiosk.acme.test, info%40kiosk.acme.test, info&#64;kiosk.acme.test"},
        {"//www.acme.test@evil.test/ www.acme.test@evil.test"},
        {"https://oldwww.acme.test/ old.www.acme.test old-www.acme.test"},
        {"https://www.acme.test.evil.test/ www.acme.test.evil.test"},
        {"www.acme.test.pdf www.acme.test_logo.png logo_www.acme.test"},
        {"www.acme.test/logo.png"},
        {"{\"file\": \"www.acme.test/logo.png\", \"raw\": \"\\\"www.acme.test/a.jpg\\\"\"}"},
        {"original_images/www.acme.test/logo.png C:\\www.acme.test"},
        {"https://acme.test/ acme.test"},
        {"see https://trade.acme.test/a", "see https://trade.staging.test:8443/a"},
    };

    @Test
    void anEmptyStagingGetsTheHostsThatThePlanSaysWhereTheyStandAsHostOrWord() throws SQLException {
        SmallSite site = twoSites();
        site.run(site.production, "INSERT INTO django_site VALUES (1, 'www.acme.test', 'Acme')");
        site.run(site.production, "INSERT INTO wagtailcore_site VALUES (3, 'kiosk.acme.test', 8443, '', 3, false)");
        for (String[] text : TEXTS) {
            site.run(site.production, "INSERT INTO base_note (body) VALUES ('%s')".formatted(text[0]));
        }

        site.reset(WAGTAIL.host("www.acme.test", "staging.test")
                .host("trade.acme.test", "trade.staging.test:8443")
                .host("kiosk.acme.test", "kiosk.staging.test:9443"));

        assertThat(site.texts(site.staging, SITES))
                .containsExactly("staging.test:443", "trade.staging.test:8443", "kiosk.staging.test:9443");
        assertThat(site.texts(site.staging, DOMAINS)).containsExactly("staging.test");
        assertThat(site.texts(site.staging, "SELECT body FROM base_note ORDER BY id"))
                .containsExactly(
                        Stream.of(TEXTS).map(text -> text[text.length - 1]).toArray(String[]::new));
    }
}
