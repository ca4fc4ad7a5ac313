package dev.restage.recipe.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.PlanException;
import dev.restage.recipe.sites.MapSites.Unpaired;
import dev.restage.recipe.sites.SiteMapping.Records;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteMappingTest {

    private static final SiteRow MAIN = wagtail("www.acme.example", 443, true, "Acme", "home");
    private static final SiteRow SHOP = wagtail("shop.acme.example", 443, false, "Shop", "shop");
    private static final SiteRow BLOG = wagtail("blog.acme.example", 443, false, "", "blog");

    private static SiteRow wagtail(String host, int port, boolean standard, String name, String root) {
        return new SiteRow(host, port, standard, name, root);
    }

    private static SiteRow django(String host, int id) {
        return new SiteRow(host, 0, id == 1, "site " + id, Integer.toString(id));
    }

    private static Records sites(SiteRow... rows) {
        return new Records(
                Stream.of(rows).filter(row -> row.port() > 0).toList(),
                Stream.of(rows).filter(row -> row.port() == 0).toList());
    }

    private static SiteMapping map(Records production, Records target) {
        return map(production, target, Map.of(), null, Unpaired.REFUSED);
    }

    private static SiteMapping map(
            Records production, Records target, Map<String, String> given, @Nullable String web, Unpaired unpaired) {
        return SiteMapping.of(production, target, given, web, unpaired);
    }

    @Test
    void pairsDefaultWithDefault() {
        SiteMapping mapping = map(
                sites(MAIN, SHOP),
                sites(
                        wagtail("s.acme.example", 443, true, "Other", "x"),
                        wagtail("s-shop.acme.example", 8443, false, "Shop", "y")));

        assertThat(mapping.sites())
                .isEqualTo(Map.of(
                        "www.acme.example:443",
                        "s.acme.example:443",
                        "shop.acme.example:443",
                        "s-shop.acme.example:8443"));
    }

    @Test
    void pairsByNameBeforeRootPage() {
        SiteMapping mapping = map(
                sites(MAIN, SHOP, BLOG),
                sites(
                        wagtail("one", 443, true, "", "a"),
                        wagtail("two", 443, false, "", "shop"),
                        wagtail("three", 443, false, "Shop", "blog")));

        assertThat(mapping.sites())
                .containsEntry("shop.acme.example:443", "three:443")
                .containsEntry("blog.acme.example:443", "two:443");
    }

    @Test
    void pairsByRootPageWhereNoNameSpeaks() {
        SiteMapping mapping = map(
                sites(MAIN, SHOP, BLOG),
                sites(
                        wagtail("one", 443, true, "", "home"),
                        wagtail("two", 443, false, "", "blog"),
                        wagtail("three", 443, false, "", "shop")));

        assertThat(mapping.sites())
                .containsEntry("shop.acme.example:443", "three:443")
                .containsEntry("blog.acme.example:443", "two:443");
    }

    @Test
    void sitesWithoutANameDoNotShareIt() {
        SiteMapping mapping = map(
                sites(MAIN, BLOG, wagtail("news.acme.example", 443, false, "", "news")),
                sites(
                        wagtail("one", 443, true, "", "home"),
                        wagtail("two", 443, false, "", "news"),
                        wagtail("three", 443, false, "", "blog")));

        assertThat(mapping.sites())
                .containsEntry("blog.acme.example:443", "three:443")
                .containsEntry("news.acme.example:443", "two:443");
    }

    @Test
    void pairsTheOnlyOnesThatAreLeft() {
        SiteMapping mapping = map(
                sites(MAIN, SHOP),
                sites(wagtail("one", 443, true, "", "home"), wagtail("two", 80, false, "Laden", "laden")));

        assertThat(mapping.sites()).containsEntry("shop.acme.example:443", "two:80");
    }

    @Test
    void whatTheUserSaysGoesBeforeAllElse() {
        SiteMapping mapping = map(
                sites(MAIN),
                sites(wagtail("one", 443, true, "Acme", "home"), wagtail("two", 8080, false, "", "")),
                Map.of("www.acme.example", "two"),
                null,
                Unpaired.REFUSED);

        assertThat(mapping.sites()).isEqualTo(Map.of("www.acme.example:443", "two:8080"));
        assertThat(mapping.hosts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"new.example, new.example:443", "new.example:8000, new.example:8000"})
    void theUserMayNameAHostThatTheTargetDoesNotHaveYet(String said, String mapped) {
        SiteMapping mapping = map(sites(MAIN), Records.NONE, Map.of("www.acme.example", said), null, Unpaired.REFUSED);

        assertThat(mapping.sites()).containsEntry("www.acme.example:443", mapped);
    }

    @Test
    void hostsThatAreNoSitesAreKeptAsTheUserSaysThem() {
        SiteMapping mapping = map(
                sites(MAIN),
                sites(wagtail("one", 443, true, "", "home")),
                Map.of("media.acme.example", "media.one", "same.example", "same.example"),
                null,
                Unpaired.REFUSED);

        assertThat(mapping.hosts()).hasSize(2).containsEntry("media.acme.example", "media.one");
        assertThat(mapping.forbidden()).containsExactlyInAnyOrder("www.acme.example", "media.acme.example");
    }

    @Test
    void theWebAddressSpeaksForTheDefaultSiteOfATargetWithoutRecords() {
        SiteMapping mapping = map(sites(MAIN), Records.NONE, Map.of(), "staging.acme.example:443", Unpaired.REFUSED);

        assertThat(mapping.sites()).containsEntry("www.acme.example:443", "staging.acme.example:443");
    }

    @Test
    void theWebAddressDoesNotSpeakIfItIsProductions() {
        assertThatThrownBy(() -> map(sites(MAIN), Records.NONE, Map.of(), "WWW.acme.example:443", Unpaired.REFUSED))
                .isInstanceOf(PlanException.class);
    }

    @Test
    void asksForSitesForWhichNothingSpeaks() {
        assertThatThrownBy(() -> map(sites(MAIN, SHOP, BLOG), sites(wagtail("one", 443, true, "", "home"))))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "nothing says which host of the target stands for production's shop.acme.example,"
                                + " blog.acme.example, and production's would stay in use: the target has no record that fits. Say it"
                                + " with .host(\"shop.acme.example\", \"…\").host(\"blog.acme.example\", \"…\") of the framework");
    }

    @Test
    void saysThatTheTargetWasNeverFilled() {
        assertThatThrownBy(() -> map(sites(MAIN), Records.NONE))
                .hasMessageContaining("the target has no site records yet");
    }

    @Test
    void doesNotTakeProductionsHostsOnTheTargetForItsOwn() {
        Records copied = sites(MAIN, SHOP);

        assertThatThrownBy(() -> map(copied, copied))
                .hasMessageContaining(
                        "has production's hosts in its own site records, as after a run that copied them and did"
                                + " not end (resume or undo that run)");
    }

    @Test
    void onADevelopersMachineTheRestGoesByNamesBelowLocalhost() {
        SiteMapping mapping = map(
                sites(
                        MAIN,
                        wagtail("Shop.acme.example", 80, false, "", "a"),
                        wagtail("shop.acme.example", 8080, false, "", "b"),
                        django("other.example", 2)),
                Records.NONE,
                Map.of(),
                null,
                Unpaired.LOCALHOST);

        assertThat(mapping.sites())
                .isEqualTo(Map.of(
                        "www.acme.example:443", "www.acme.example.localhost:8000",
                        "shop.acme.example:80", "shop.acme.example.localhost:8000",
                        "shop.acme.example:8080", "shop.acme.example.localhost:8001"));
        assertThat(mapping.hosts()).isEqualTo(Map.of("other.example", "other.example.localhost:8000"));
    }

    @Test
    void domainsOfDjangoArePairedLikeSites() {
        SiteMapping mapping = map(
                sites(django("acme.example", 1), django("shop.example", 2)),
                sites(django("s.acme.example", 1), django("s.shop.example", 2)));

        assertThat(mapping.hosts())
                .isEqualTo(Map.of("acme.example", "s.acme.example", "shop.example", "s.shop.example"));
        assertThat(mapping.domain("acme.example")).contains("s.acme.example");
        assertThat(mapping.domain("unknown.example")).isEmpty();
    }

    @Test
    void aDomainThatIsAlsoASiteFollowsTheSite() {
        SiteMapping mapping = map(
                sites(MAIN, django("www.acme.example", 1)),
                sites(wagtail("s.acme.example", 443, true, "", "home"), django("elsewhere.example", 1)));

        assertThat(mapping.hosts()).isEmpty();
        assertThat(mapping.domain("www.acme.example")).contains("s.acme.example");
    }

    @Test
    void theWebAddressSpeaksForTheFirstDomainAsAUrlShowsIt() {
        assertThat(map(sites(django("acme.example", 1)), Records.NONE, Map.of(), "s.example:443", Unpaired.REFUSED)
                        .hosts())
                .containsEntry("acme.example", "s.example");
        assertThat(map(sites(django("acme.example", 1)), Records.NONE, Map.of(), "s.example:8000", Unpaired.REFUSED)
                        .hosts())
                .containsEntry("acme.example", "s.example:8000");
    }

    @Test
    void refusesToMakeOneOfTwo() {
        Map<String, String> same = Map.of("www.acme.example", "s.example", "shop.acme.example", "S.example");
        Map<String, String> sameDomain = Map.of("a.example", "s.example", "b.example", "s.example");

        assertThatThrownBy(() -> map(sites(MAIN, SHOP), Records.NONE, same, null, Unpaired.REFUSED))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("two of production's sites would become")
                .hasMessageContaining("say another host or port for one of them");
        assertThatThrownBy(() -> map(
                        sites(django("a.example", 1), django("b.example", 2)),
                        Records.NONE,
                        sameDomain,
                        null,
                        Unpaired.REFUSED))
                .hasMessageContaining("two of production's sites would become s.example");
    }

    @Test
    void twoSitesOfOneHostMayDifferByTheirPorts() {
        SiteMapping mapping = map(
                sites(MAIN, SHOP),
                Records.NONE,
                Map.of("www.acme.example", "s.example:443", "shop.acme.example", "s.example:8443"),
                null,
                Unpaired.REFUSED);

        assertThat(mapping.sites()).containsValues("s.example:443", "s.example:8443");
    }

    @Test
    void aHostThatStaysIsNotForbidden() {
        SiteMapping mapping = map(
                sites(MAIN), Records.NONE, Map.of("www.acme.example", "www.acme.example:8443"), null, Unpaired.REFUSED);

        assertThat(mapping.forbidden()).isEmpty();
    }

    @Test
    void isTheSameAfterAWayThroughAFact() {
        SiteMapping mapping = new SiteMapping(
                Map.of("www.acme.example:443", "s.example:443"), Map.of("media.acme.example", "media.s.example"));

        assertThat(mapping.write())
                .isEqualTo("site www.acme.example:443 -> s.example:443\nhost media.acme.example -> media.s.example");
        assertThat(SiteMapping.read(mapping.write())).isEqualTo(mapping);
        assertThat(SiteMapping.read("")).isEqualTo(new SiteMapping(Map.of(), Map.of()));
    }

    @Test
    void recordsAreTheSameAfterAWayThroughAFact() {
        Records records = sites(MAIN, BLOG, django("acme.example", 1));

        assertThat(Records.read(records.write())).isEqualTo(records);
        assertThat(Records.read(Records.NONE.write())).isEqualTo(Records.NONE);
    }

    @ParameterizedTest
    @CsvSource({"a.example:443, a.example", "a.example:80, a.example", "a.example:8000, a.example:8000"})
    void showsThePortOnlyWhereAUrlDoes(String site, String authority) {
        assertThat(SiteMapping.authority(site)).isEqualTo(authority);
        assertThat(SiteMapping.host(site) + ":" + SiteMapping.port(site)).isEqualTo(site);
    }

    @Test
    void hostsAreComparedWithoutCase() {
        assertThat(sites(MAIN).areAll(Set.of("www.acme.example"))).isTrue();
        assertThat(sites(wagtail("WWW.Acme.example", 443, true, "", "")).areAll(Set.of("www.acme.example")))
                .isTrue();
        assertThat(sites(MAIN, SHOP).areAll(Set.of("www.acme.example"))).isFalse();
    }
}
