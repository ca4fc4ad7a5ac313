package dev.restage.recipe.sites;

import static dev.restage.trial.World.SOURCE;
import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.PlanPreview;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.SnapshotId;
import dev.restage.recipe.sites.MapSites.Unpaired;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.RealDatabase;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sites of two databases: mapped before one becomes a copy of the other, and put right afterwards. */
class SiteStepsTest {

    private static final String[] TABLES = {
        "CREATE TABLE wagtailcore_page (id int PRIMARY KEY, slug text)",
        "CREATE TABLE wagtailcore_site (id serial, hostname varchar(255), port int, is_default_site bool,"
                + " site_name varchar(255), root_page_id int REFERENCES wagtailcore_page, UNIQUE (hostname, port))",
        "CREATE TABLE django_site (id serial, domain varchar(100) UNIQUE, name varchar(50))",
        "INSERT INTO wagtailcore_page VALUES (2, 'home'), (3, 'shop')"
    };
    private static final String MAPPING = "site www.acme.example:443 -> s.acme.example:443\n"
            + "site shop.acme.example:443 -> s.shop.example:8443\nhost acme.example -> s.acme.example";

    private final World world = new World();

    @AutoClose("giveBack")
    private final RealDatabase source = RealDatabase.holding(world, TABLES);

    @AutoClose("giveBack")
    private final RealDatabase target = RealDatabase.holding(world, TABLES);

    @TempDir
    private Path home;

    @BeforeEach
    void databases() {
        world.with(SOURCE, source).with(TARGET, target);
        site(source, "www.acme.example", 443, true, "Acme", 2);
        site(source, "shop.acme.example", 443, false, "Shop", 3);
    }

    private static void site(RealDatabase database, String host, int port, boolean standard, String name, int root) {
        database.run("INSERT INTO wagtailcore_site (hostname, port, is_default_site, site_name, root_page_id)"
                + " VALUES ('%s', %d, %s, '%s', %d)".formatted(host, port, standard, name, root));
    }

    private void ownSites() {
        site(target, "s.acme.example", 443, true, "", 2);
        site(target, "s.shop.example", 8443, false, "Shop", 2);
    }

    private Trial mapping() {
        return mapping(Map.of(), null, Unpaired.REFUSED);
    }

    private Trial mapping(Map<String, String> hosts, @Nullable String web, Unpaired unpaired) {
        return Trial.of(
                world, home, new MapSites(SOURCE, TARGET, hosts, web == null ? null : Address.of(web), unpaired));
    }

    private Trial rewriting(String mapping) {
        return Trial.of(
                world,
                home,
                new RewriteSites(TARGET, MapSites.NAME),
                Map.of(MapSites.NAME, Map.of("mapping", mapping)));
    }

    private List<String> sites() {
        return target.rows("SELECT hostname, port FROM wagtailcore_site ORDER BY id");
    }

    @Test
    void mappingOnlyLooksAndRewritingChangesTheTarget() {
        assertThat(Trial.access(new MapSites(SOURCE, TARGET, Map.of(), null, Unpaired.REFUSED)))
                .isEqualTo("reads [fake:source, fake:target] writes [] tells []");
        assertThat(Trial.access(new RewriteSites(TARGET, "map"))).isEqualTo("reads [] writes [fake:target] tells []");
    }

    @Test
    void showsTheMappingBeforehand() {
        ownSites();
        try (Trial trial = mapping()) {
            assertThat(trial.decision().changes()).isEmpty();
            assertThat(trial.decision().notes())
                    .containsExactly(
                            "site www.acme.example:443 -> s.acme.example:443",
                            "site shop.acme.example:443 -> s.shop.example:8443");
        }
    }

    @Test
    void recordsTheMappingTheTargetsOwnSitesAndTheHostsThatMustGo() {
        ownSites();
        try (Trial trial = mapping()) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of(
                            "mapping",
                            "site www.acme.example:443 -> s.acme.example:443\n"
                                    + "site shop.acme.example:443 -> s.shop.example:8443",
                            "production-hosts",
                            "www.acme.example, shop.acme.example",
                            "target.sites",
                            "s.acme.example\t443\ttrue\t\thome\ns.shop.example\t8443\tfalse\tShop\thome"));
        }
    }

    @Test
    void refusesToRunWhenTheSitesHaveChangedSinceThePreview() {
        ownSites();
        try (Trial trial = mapping()) {
            PlanPreview approved = trial.approved();
            target.run("UPDATE wagtailcore_site SET hostname = 'new.example' WHERE is_default_site");

            assertThatThrownBy(() -> trial.run(approved))
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("step: site records");
        }
    }

    @Test
    void asksInThePreviewForHostsThatNothingSays() {
        try (Trial trial = mapping()) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining(
                            "nothing says which host of the target stands for production's www.acme.example");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://s.example/, s.example:443",
        "http://s.example, s.example:80",
        "https://user@s.example:8443/a, s.example:8443"
    })
    void readsHostAndPortOfTheWebAddress(String web, String site) {
        source.run("DELETE FROM wagtailcore_site WHERE NOT is_default_site");
        try (Trial trial = mapping(Map.of(), web, Unpaired.REFUSED)) {
            assertThat(trial.decision().notes()).containsExactly("site www.acme.example:443 -> " + site);
        }
    }

    @Test
    void onADevelopersMachineNoHostHasToBeSaid() {
        try (Trial trial = mapping(Map.of(), null, Unpaired.LOCALHOST)) {
            assertThat(trial.decision().notes())
                    .containsExactly(
                            "site www.acme.example:443 -> www.acme.example.localhost:8000",
                            "site shop.acme.example:443 -> shop.acme.example.localhost:8000");
        }
    }

    @Test
    void aDomainThatDjangoWroteItselfIsNobodys() {
        source.run("INSERT INTO django_site (domain, name) VALUES ('example.com', 'example.com')");
        try (Trial trial = mapping(Map.of(), null, Unpaired.LOCALHOST)) {
            assertThat(trial.decision().notes()).noneMatch(note -> note.contains("example.com ->"));
        }
    }

    @Test
    void ofAHalfFilledTargetTheSitesThatAreRememberedCount() {
        target.incomplete = new Incomplete(
                Trial.NOW,
                "a copy",
                new SnapshotId("b1"),
                Map.of("target.sites", "s.acme.example\t443\ttrue\t\thome\ns.shop.example\t8443\tfalse\tShop\thome"));
        try (Trial trial = mapping()) {
            assertThat(trial.run().facts())
                    .hasEntrySatisfying(
                            "mapping", mapping -> assertThat(mapping).contains("-> s.shop.example:8443"))
                    .containsKey("target.sites");
        }
    }

    @Test
    void refusesAHalfFilledTargetOfWhichNothingIsRemembered() {
        target.incomplete = new Incomplete(Trial.NOW, "a copy", new SnapshotId("b1"), Map.of());
        try (Trial trial = mapping()) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("its own site records are not known: restore that, then make the plan anew");
        }
    }

    @Test
    void needsNothingOfAHalfFilledTargetIfAllIsSaidOrItHeldNothing() {
        Map<String, String> all = Map.of("www.acme.example", "s.example", "shop.acme.example", "t.example");
        target.incomplete = new Incomplete(Trial.NOW, "a copy", new SnapshotId("b1"), Map.of());
        try (Trial trial = mapping(all, null, Unpaired.REFUSED)) {
            assertThat(trial.decision().notes()).hasSize(2);
        }
        target.incomplete = new Incomplete(Trial.NOW, "a copy", null, Map.of());
        try (Trial trial = mapping(Map.of(), null, Unpaired.LOCALHOST)) {
            assertThat(trial.decision().notes()).hasSize(2);
        }
    }

    @Test
    void keepsToTheFirstMappingWhenTheTargetIsReplacedMeanwhile() {
        ownSites();
        try (Trial trial = mapping()) {
            trial.runAndBreakOff();
            target.run("UPDATE wagtailcore_site SET hostname = 'www.acme.example' WHERE is_default_site");

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(trial.facts().get("mapping")).contains("-> s.acme.example:443");
        }
    }

    /** What the target holds once it is a copy of production. */
    private void copied() {
        site(target, "www.acme.example", 443, true, "Acme", 2);
        site(target, "Shop.acme.example", 443, false, "Shop", 3);
        target.run(
                "INSERT INTO django_site (domain, name) VALUES ('acme.example', 'Acme'), ('other.example', 'Other')",
                "CREATE TABLE post (body text)",
                "INSERT INTO post VALUES ('see https://www.acme.example/a'), ('nothing')");
    }

    @Test
    void putsTheTargetsHostsIntoSitesDomainsAndTexts() {
        copied();
        try (Trial trial = rewriting(MAPPING)) {
            assertThat(trial.changes())
                    .containsExactly("fake:target will have its own hosts in its site records and in absolute URLs");
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of(
                            "sites.before", "www.acme.example:443\nshop.acme.example:443",
                            "sites.after", "s.acme.example:443\ns.shop.example:8443",
                            "urls", "1"));
        }
        assertThat(sites()).containsExactly("s.acme.example|443", "s.shop.example|8443");
        assertThat(target.rows("SELECT domain FROM django_site ORDER BY id"))
                .containsExactly("s.acme.example", "other.example");
        assertThat(target.rows("SELECT body FROM post")).contains("see https://s.acme.example/a", "nothing");
    }

    @Test
    void sitesMayTakeEachOthersHosts() {
        site(target, "a.example", 443, true, "", 2);
        site(target, "b.example", 443, false, "", 3);
        try (Trial trial = rewriting("site a.example:443 -> b.example:443\nsite b.example:443 -> a.example:443")) {
            trial.run();
        }
        assertThat(sites()).containsExactly("b.example|443", "a.example|443");
    }

    @Test
    void domainsMayTakeEachOthersHosts() {
        target.run("INSERT INTO django_site (domain, name) VALUES ('a.example', 'A'), ('b.example', 'B')");
        try (Trial trial = rewriting("host a.example -> b.example\nhost b.example -> a.example")) {
            trial.run();
        }
        assertThat(target.rows("SELECT domain, name FROM django_site ORDER BY id"))
                .containsExactly("b.example|A", "a.example|B");
    }

    @Test
    void isNotDoneAgainUnlessProductionsHostsHaveComeBack() {
        copied();
        try (Trial trial = rewriting(MAPPING)) {
            trial.runAndBreakOff();
            world.interrupted = true;
            trial.failsToResume();
            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
            world.interrupted = false;
            target.run("UPDATE wagtailcore_site SET hostname = 'www.acme.example' WHERE is_default_site");

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(sites()).containsExactly("s.acme.example|443", "s.shop.example|8443");
    }

    @Test
    void asksForTheMappingThatAnotherStepShouldHaveRecorded() {
        copied();
        try (Trial trial = Trial.of(world, home, new RewriteSites(TARGET, "map-sites"))) {
            assertThat(trial.fails())
                    .hasMessageContaining(
                            "the step map-sites has not recorded how hosts are mapped: keep it in the plan,"
                                    + " before the database is copied");
        }
    }

    @Test
    void warnsOfValuesThatAreTooShortForTheTargetsHost() {
        copied();
        target.run("CREATE TABLE link (url varchar(30))", "INSERT INTO link VALUES ('https://www.acme.example/abcd')");
        try (Trial trial = rewriting("site www.acme.example:443 -> a-much-longer-host.acme.example:443")) {
            trial.run();

            assertThat(trial.warnings())
                    .containsExactly(
                            "1 values keep a production host because the target's is too long for their column");
        }
        assertThat(target.rows("SELECT url FROM link")).containsExactly("https://www.acme.example/abcd");
    }
}
