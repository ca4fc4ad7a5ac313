package dev.restage.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Restage;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.code.CiState;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import dev.restage.run.Receipt;
import dev.restage.run.RunException;
import dev.restage.step.database.CatalogTexts;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.media.KeyQuery;
import dev.restage.trial.Changes.Accident;
import dev.restage.trial.FakeRepository;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole reset of a world in memory: done, broken off at each of its changes, resumed, undone. */
class ResetRunTest {

    private static final CommitId OLD = FakeRepository.commit('0');
    private static final Map<String, Integer> FORMATION = Map.of("web", 1, "worker", 2);
    private static final Map<String, String> FORMER_MEDIA = Map.of("b.jpg", "former", "old.jpg", "surplus");

    @TempDir
    private Path home;

    private int worlds;

    /** A site of some software that asks nothing in SQL. */
    private record Plain() implements Framework {

        @Override
        public MaskingPolicy policy() {
            return MaskingPolicy.builder().lenient().build();
        }

        @Override
        public Map<String, Step> preflight(Environment source, Environment target, MaskedBy masked) {
            return Map.of();
        }

        @Override
        public Map<String, Step> afterCopy(Environment source, Environment target) {
            return Map.of();
        }

        @Override
        public Map<String, String> commands() {
            return Map.of("migrate", "migrate");
        }

        @Override
        public CatalogTexts persons() {
            return new CatalogTexts(derivedImages(), List.of(), "accounts", "look");
        }

        @Override
        public Set<String> forbiddenHosts() {
            return Set.of("www.acme.example");
        }

        @Override
        public MediaQuery media() {
            return new MediaQuery(List.of(), null);
        }

        @Override
        public MediaQuery images() {
            return media();
        }

        @Override
        public MediaQuery.Reach pagesUnder(String path) {
            throw new PlanException("there are no pages");
        }

        @Override
        public TableSelector derivedImages() {
            return new TableSelector.Any(List.of());
        }

        @Override
        public List<String> maskedMedia() {
            return List.of();
        }

        @Override
        public List<KeyQuery> replacedFiles(Address database) {
            return List.of();
        }

        @Override
        public List<String> mediaLeftBehind() {
            return List.of("images/");
        }
    }

    private static ResetPlan plan() {
        Environment production = Environment.production("production")
                .database("fake:source")
                .media("fake:source-media")
                .code("fake:production-code#main")
                .build();
        Environment staging = Environment.staging("staging")
                .app("fake:app")
                .database("fake:target")
                .media("fake:target-media")
                .cache("fake:cache")
                .code("fake:code#staging")
                .web("fake:site")
                .build();
        return StagingReset.of(production, staging)
                .framework(new Plain())
                .maskingKey("KEY")
                .merge("search")
                .media(MediaSyncOptions.builder()
                        .surplus(Surplus.DELETE)
                        .maxDeleteShare(1)
                        .trashDays(14)
                        .build())
                .checkSiteMap(0)
                .tellColleagues("fake:people")
                .without("leak-audit")
                .build();
    }

    /** Before a reset; the platform deploys what is pushed. */
    private static World before() {
        World world = new World();
        world.app.formation.putAll(FORMATION);
        world.code.heads.putAll(
                Map.of("staging", OLD, "main", FakeRepository.commit('a'), "search", FakeRepository.commit('b')));
        world.code.checks.set(0, new CiState(CiState.Verdict.PASSED, List.of("test: success")));
        world.app.beforeLook = () -> world.app.deployed = world.code.heads.get("staging");
        world.sourceMedia.with("a.jpg", "new").with("b.jpg", "changed");
        world.targetMedia.contents.putAll(FORMER_MEDIA);
        world.target.media.add(new MediaReference("a.jpg", "public.image.file", 1));
        world.cache.keys.add("acme:page");
        world.site.pages.put("/", "welcome");
        return world;
    }

    private Restage open(World world) {
        return Restage.builder()
                .module(world)
                .clock(Clock.fixed(Trial.NOW, ZoneOffset.UTC))
                .variables(
                        Map.of("RESTAGE_HOME", home.resolve("home-" + ++worlds).toString(), "KEY", "k"))
                .build();
    }

    private static void assertReset(World world) {
        assertThat(world.target.content).isEqualTo("masked source");
        assertThat(world.code.heads.get("staging")).isNotEqualTo(OLD);
        assertThat(world.targetMedia.contents).containsEntry("a.jpg", "new").containsEntry("b.jpg", "changed");
        assertThat(world.targetMedia.contents).doesNotContainKey("old.jpg");
        assertThat(world.cache.keys).isEmpty();
        assertThat(world.app.maintenance).isFalse();
        assertThat(world.app.formation).isEqualTo(FORMATION);
        assertThat(world.people.read).hasSizeLessThanOrEqualTo(1);
    }

    private static void assertAsBefore(World world) {
        assertThat(world.target.content).isEqualTo("target");
        assertThat(world.code.heads.get("staging")).isEqualTo(OLD);
        assertThat(world.targetMedia.contents).containsAllEntriesOf(FORMER_MEDIA);
        assertThat(world.app.maintenance).isFalse();
        assertThat(world.app.formation).isEqualTo(FORMATION);
    }

    @Test
    void changesNothingInThePreview() {
        World world = before();
        try (Restage restage = open(world)) {
            assertThat(restage.preview(plan()).toString())
                    .contains("be replaced by a masked copy of fake:source", "get merges of search", "stop worker=2");
        }
        assertThat(world.changes.made()).isEmpty();
        assertThat(world.source.content).isEqualTo("source");
    }

    @Test
    void closesTheSiteBeforeItChangesAnythingAndOpensItWhenAllIsDone() {
        World world = before();
        try (Restage restage = open(world)) {
            restage.run(restage.preview(plan()));
        }
        assertReset(world);
        assertThat(world.changes.made())
                .startsWith("configure [RESTAGE_BEFORE]", "maintenance ON", "scale {worker=0}", "capture b001");
        assertThat(world.changes.made())
                .containsSubsequence(
                        "reset repository",
                        "reset to " + world.code.head("staging").orElseThrow().shortened())
                .containsSubsequence("copy to target", "run migrate within PT30M", "purge everything")
                .containsSubsequence("copy a.jpg", "purge everything")
                .endsWith(
                        "restart",
                        "scale {worker=2}",
                        "maintenance OFF",
                        "unset [RESTAGE_BEFORE]",
                        "send staging was reset from production");
    }

    @Test
    void tellsWhatWasDone() {
        World world = before();
        try (Restage restage = open(world)) {
            restage.run(restage.preview(plan()));
        }
        assertThat(world.people.read)
                .singleElement()
                .satisfies(message -> assertThat(message.text())
                        .contains(
                                "Merged again: search",
                                "Database: 40 rows in 1 tables, 12 values masked",
                                "Media: 2 objects copied, 1 deleted",
                                "Checks of the new commit: passed",
                                "Backup of what was there before: b001"));
    }

    @Test
    void comesToItsEndAfterAnyOfItsChangesThatNobodyWasToldOf() {
        int changes = changes();
        for (int change = 1; change <= changes; change++) {
            World world = before();
            world.changes.goWrong(change, Accident.AFTER);
            try (Restage restage = open(world)) {
                runAndResume(restage);
            }
            assertReset(world);
        }
    }

    @Test
    void canBePutBackAfterAnAccidentAtAnyOfItsChanges() {
        int changes = changes();
        for (int change = 1; change <= changes; change++) {
            World world = before();
            world.changes.goWrong(change, change % 2 == 0 ? Accident.BEFORE : Accident.AFTER);
            try (Restage restage = open(world)) {
                restage.undo(run(restage).runId());
            }
            assertAsBefore(world);
        }
    }

    @Test
    void canBePutBackWhenAllIsDone() {
        World world = before();
        try (Restage restage = open(world)) {
            restage.undo(restage.run(restage.preview(plan())).runId());
        }
        assertAsBefore(world);
    }

    private int changes() {
        World world = before();
        try (Restage restage = open(world)) {
            restage.run(restage.preview(plan()));
        }
        return world.changes.made().size();
    }

    private static Receipt run(Restage restage) {
        PlanPreview preview = restage.preview(plan());
        try {
            return restage.run(preview);
        } catch (RunException e) {
            assertThat(e).hasMessageContaining("the line broke");
            return e.receipt();
        }
    }

    private static void runAndResume(Restage restage) {
        Receipt receipt = run(restage);
        if (!receipt.succeeded()) {
            assertThat(restage.resume(receipt.runId()).succeeded()).isTrue();
        }
    }
}
