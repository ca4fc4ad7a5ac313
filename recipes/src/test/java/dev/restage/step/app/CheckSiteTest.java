package dev.restage.step.app;

import static dev.restage.trial.World.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.ProviderException.Kind;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckSiteTest {

    private static final String PRODUCTION = "www.acme.example";

    private final World world = new World();

    @TempDir
    private Path home;

    @BeforeEach
    void frontPage() {
        world.site.pages.put("/", "<a href=\"/about/\">About</a>");
    }

    private Trial trial(List<String> paths, int samples, String... forbidden) {
        return trial(Map.of(), paths, samples, forbidden);
    }

    private Trial trial(Map<String, Map<String, String>> facts, List<String> paths, int samples, String... forbidden) {
        return Trial.of(
                world, home, new CheckSite(SITE, paths, samples, Set.of(forbidden), Duration.ofMinutes(1)), facts);
    }

    private void siteMap(int pages) {
        world.site.pages.put(
                "/sitemap.xml",
                IntStream.range(0, pages)
                        .mapToObj("<url><loc> https://staging.acme.example/p%d/ </loc></url>"::formatted)
                        .collect(Collectors.joining("\n", "<urlset>", "</urlset>")));
        IntStream.range(0, pages).forEach(page -> world.site.pages.put("/p%d/".formatted(page), "page"));
    }

    @Test
    void onlyLooks() {
        assertThat(Trial.access(new CheckSite(SITE, List.of("/"), 0, Set.of(), Duration.ZERO)))
                .isEqualTo("reads [fake:site] writes [] tells []");
    }

    @Test
    void saysWhatWillBeReadAndReadsNothingYet() {
        try (Trial trial = trial(List.of("/", "/blog/"), 10, PRODUCTION)) {
            assertThat(trial.decision().changes()).isEmpty();
            assertThat(trial.decision().notes())
                    .containsExactly("fake:site will be read afterwards: /, /blog/ and 10 pages of its site map,"
                            + " none may name www.acme.example");
        }
        try (Trial trial = trial(List.of("/"), 0, PRODUCTION, "{{map-sites.production-hosts}}")) {
            assertThat(trial.decision().notes())
                    .containsExactly(
                            "fake:site will be read afterwards: /, none may name www.acme.example, what map-sites"
                                    + " finds as production-hosts");
        }
        try (Trial trial = trial(List.of("/"), 0)) {
            assertThat(trial.decision().notes())
                    .containsExactly("fake:site will be read afterwards: /, none may name a forbidden host");
        }
        assertThat(world.site.asked).isEmpty();
    }

    @Test
    void countsThePagesThatItHasRead() {
        world.site.pages.put("/blog/", "posts");
        try (Trial trial = trial(List.of("/", "/blog/"), 0, PRODUCTION)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("pages", "2", "hosts", PRODUCTION));
        }
    }

    @Test
    void namesEachPageThatDoesNotAnswerWell() {
        world.site.statuses.put("/", 200);
        world.site.statuses.put("/old/", 301);
        try (Trial trial = trial(List.of("/", "/old/", "/gone/"), 0)) {
            assertThat(trial.fails())
                    .hasMessageContaining(
                            "fake:site is not as it should be:"
                                    + " https://staging.acme.example/old/ answers 301; https://staging.acme.example/gone/ answers 404");
            assertThat(trial.facts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.acme.example/about/",
                "//WWW.Acme.Example",
                "see www.acme.example.",
                "www.acme.example:8000",
                "{\"host\":\"www.acme.example\"}"
            })
    void namesPagesThatLeadToProduction(String body) {
        world.site.pages.put("/", body);
        try (Trial trial = trial(List.of("/"), 0, PRODUCTION)) {
            assertThat(trial.fails()).hasMessageContaining("https://staging.acme.example/ names www.acme.example");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.acme.example.org/",
                "mail@www.acme.example",
                "https://new.www.acme.example/",
                "https://www.acme.example-archive.org/",
                "my-www.acme.example"
            })
    void passesOverHostsThatOnlyLookAlike(String body) {
        world.site.pages.put("/", body);
        try (Trial trial = trial(List.of("/"), 0, PRODUCTION)) {
            assertThat(trial.run().facts()).containsEntry("pages", "1");
        }
    }

    @Test
    void takesFurtherHostsFromWhatAnotherStepHasRecorded() {
        world.site.pages.put("/", "https://shop.acme.example/");
        String place = "{{map-sites.production-hosts}}";
        Map<String, Map<String, String>> facts =
                Map.of("map-sites", Map.of("production-hosts", "www.acme.example, shop.acme.example"));
        try (Trial trial = trial(facts, List.of("/"), 0, place)) {
            assertThat(trial.fails()).hasMessageContaining("names shop.acme.example");
        }
        try (Trial trial = trial(List.of("/"), 0, place)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("pages", "1"));
            assertThat(trial.warnings())
                    .containsExactly(
                            "pages of fake:site were not searched for what map-sites finds as production-hosts, as"
                                    + " that is not known");
        }
    }

    @Test
    void readsPagesFromAllOverTheSiteMap() {
        siteMap(100);
        try (Trial trial = trial(List.of("/"), 4)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("pages", "6"));
        }
        assertThat(world.site.asked).containsExactly("/", "/sitemap.xml", "/", "/p0/", "/p25/", "/p50/", "/p75/");
    }

    @Test
    void readsAllPagesOfASmallSiteMapAndNoneTwice() {
        siteMap(3);
        try (Trial trial = trial(List.of("/", "/p1/"), 10)) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("pages", "5"));
        }
        assertThat(world.site.asked).filteredOn("/p1/"::equals).hasSize(1);
    }

    @Test
    void aSiteMapCountsAsAPageOfTheSite() {
        world.site.pages.put("/sitemap.xml", "<loc>https://www.acme.example/</loc>");
        try (Trial trial = trial(List.of("/"), 1, PRODUCTION)) {
            assertThat(trial.fails()).hasMessageContaining("/sitemap.xml names www.acme.example");
        }
    }

    @Test
    void failsWithoutTheSiteMapFromWhichPagesAreToBeRead() {
        try (Trial trial = trial(List.of("/"), 1)) {
            assertThat(trial.fails()).hasMessageContaining("https://staging.acme.example/sitemap.xml answers 404");
        }
    }

    @Test
    void waitsWhileTheAppStarts() {
        world.site.silent.set(2);
        try (Trial trial = trial(List.of("/"), 0)) {
            assertThat(trial.run().facts()).containsEntry("pages", "1");
        }
        assertThat(world.site.asked).hasSize(4);
    }

    @Test
    void waitsForTheFrontPageIfNoPageIsNamed() {
        siteMap(1);
        try (Trial trial = trial(List.of(), 1)) {
            trial.run();
        }
        assertThat(world.site.asked).containsExactly("/", "/sitemap.xml", "/p0/");
    }

    @Test
    void doesNotWaitForASiteThatRefuses() {
        world.site.silent.set(1);
        world.site.silence = Kind.DENIED;
        try (Trial trial = trial(List.of("/"), 0)) {
            assertThat(trial.fails()).hasMessageContaining("the site does not answer");
        }
        assertThat(world.site.asked).hasSize(1);
    }

    @Test
    void failsWhenTheSiteDoesNotComeUp() {
        world.site.statuses.put("/", 503);
        try (Trial trial = Trial.of(world, home, new CheckSite(SITE, List.of("/"), 0, Set.of(), Duration.ZERO))) {
            assertThat(trial.fails()).hasMessageContaining("waited for an answer of fake:site for 0 s in vain");
        }
    }

    @Test
    void isNotReadAgainWhenTheRunGoesOn() {
        try (Trial trial = trial(List.of("/"), 0)) {
            trial.runAndBreakOff();
            world.site.pages.clear();

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
        }
    }
}
