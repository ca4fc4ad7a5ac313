package dev.restage.step.app;

import static dev.restage.trial.World.CACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.Step;
import dev.restage.provider.PlanException;
import dev.restage.provider.app.PurgeScope;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PurgeCacheTest {

    private final Step all = new PurgeCache(CACHE, PurgeScope.everything());
    private final World world = filled();

    @TempDir
    private Path home;

    private static World filled() {
        World world = new World();
        world.cache.keys.addAll(List.of("acme:1:page", "acme:1:menu", "other"));
        return world;
    }

    @Test
    void changesNothingButTheCache() {
        assertThat(Trial.access(all)).isEqualTo("reads [] writes [fake:cache] tells []");
    }

    @Test
    void saysHowManyEntriesWillBeLost() {
        try (Trial trial = Trial.of(world, home, new PurgeCache(CACHE, PurgeScope.prefix("acme:")))) {
            assertThat(trial.changes()).containsExactly("fake:cache will lose 2 entries (prefix acme:)");
        }
        assertThat(world.cache.keys).hasSize(3);
    }

    @Test
    void saysNoFigureWhereTheCacheCannotCount() {
        world.cache.counts = false;
        try (Trial trial = Trial.of(world, home, all)) {
            assertThat(trial.changes()).containsExactly("fake:cache will be purged (everything)");
            assertThat(trial.run().facts()).isEqualTo(Map.of("scope", "everything", "purged", "accepted"));
        }
    }

    @Test
    void removesWhatTheScopeNamesAndCountsIt() {
        try (Trial trial = Trial.of(world, home, new PurgeCache(CACHE, PurgeScope.prefix("acme:")))) {
            assertThat(trial.run().facts()).isEqualTo(Map.of("scope", "prefix acme:", "purged", "2"));
        }
        assertThat(world.cache.keys).containsExactly("other");
    }

    static List<PurgeScope> unknown() {
        return List.of(PurgeScope.host("www.acme.example"), PurgeScope.urls(List.of("https://acme.example/a")));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void refusesInThePreviewWhatTheCacheCannotDo(PurgeScope scope) {
        try (Trial trial = Trial.of(world, home, new PurgeCache(CACHE, scope))) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(PlanException.class)
                    .hasMessage("fake:cache cannot purge by %s, only by [EVERYTHING, PREFIX]: choose one of these"
                            .formatted(scope.kind()));
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void isNotPurgedAgainOnlyBecauseTheSiteHasFilledItMeanwhile() {
        try (Trial trial = Trial.of(world, home, all)) {
            trial.runAndBreakOff();
            world.cache.keys.add("new");

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.cache.keys).containsExactly("new");
    }

    @Test
    void survivesAccidents() {
        int changes = Trial.survivesAccidents(
                home,
                PurgeCacheTest::filled,
                all,
                Map.of(),
                after -> assertThat(after.cache.keys).isEmpty());

        assertThat(changes).isEqualTo(1);
    }
}
