package dev.restage.recipe;

import static dev.restage.recipe.Plans.production;
import static dev.restage.recipe.Plans.staging;
import static dev.restage.recipe.Plans.step;
import static dev.restage.recipe.Plans.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.app.PurgeScope;
import dev.restage.provider.media.FileRules;
import dev.restage.recipe.django.Django;
import dev.restage.recipe.wagtail.Wagtail;
import dev.restage.step.SendMessage;
import dev.restage.step.app.CheckSite;
import dev.restage.step.app.PurgeCache;
import dev.restage.step.media.CleanFiles;
import dev.restage.step.media.SyncMedia;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which phases a reset has, and in which order. */
class ResetPhasesTest {

    private static StagingReset databasesOnly() {
        return StagingReset.of(
                Environment.production("production")
                        .database("postgres://u@p/db")
                        .build(),
                Environment.staging("staging").database("postgres://u@s/db").build());
    }

    private static List<String> names(StagingReset reset) {
        return Plans.names(reset.build());
    }

    @Test
    void hasEveryPhaseInItsOrder() {
        Map<String, List<String>> order = new TreeMap<>();
        List<String> looked = List.of(
                "branch-report",
                "compare-databases",
                "content-tables",
                "map-sites",
                "staging-only-pages",
                "staging-only-users");
        looked.forEach(name -> order.put(name, List.of()));
        order.put("closed", List.of());
        order.put("backup", looked);
        order.put("reset-repository", List.of("backup"));
        order.put("rebuild-branch", List.of("reset-repository"));
        order.put("await-deploy", List.of("rebuild-branch"));
        order.put("copy-database", List.of("backup"));
        order.put("rewrite-sites", List.of("copy-database"));
        order.put("neutralise", List.of("rewrite-sites"));
        order.put("check-migrations", List.of("await-deploy", "neutralise"));
        order.put("migrate", List.of("check-migrations"));
        order.put("update-index", List.of("migrate"));
        order.put("copy-media", List.of("backup"));
        order.put("empty-derived-media", List.of("copy-media"));
        order.put("check-media", List.of("empty-derived-media", "update-index"));
        order.put("leak-audit", List.of("update-index"));
        List<String> copied = List.of("check-media", "empty-derived-media", "update-index");
        order.put("purge-redis", copied);
        order.put("purge-cloudflare", copied);
        order.put("restart", List.of("leak-audit", "purge-cloudflare", "purge-redis"));
        order.put("check-site", List.of("restart"));
        order.put("check-ci", List.of("await-deploy"));
        List<String> checked = List.of("check-ci", "check-site", "restart");
        order.put("tell-colleagues", checked);
        order.put("tell-client", checked);

        assertThat(Plans.order(whole().build())).isEqualTo(order);
    }

    @Test
    void isTheSameAfterAWayThroughText() {
        ResetPlan plan = whole().cleanFiles(FileRules.STANDARD)
                .neededMediaUnder("/blog/")
                .merge("search")
                .keepOrphans()
                .databaseFrom("heroku-backup:acme")
                .build();

        assertThat(ResetPlan.fromYaml(plan.toYaml())).isEqualTo(plan);
        assertThat(ResetPlan.fromJson(plan.toJson())).isEqualTo(plan);
    }

    @Test
    void writesOnlyToTheTarget() {
        assertThat(whole().cleanFiles(FileRules.STANDARD).build().writes())
                .isSubsetOf(staging().build().addresses());
    }

    @Test
    void hasThePhasesForWhichThereAreAddresses() {
        assertThat(names(databasesOnly())).containsExactly("backup");
        assertThat(names(databasesOnly().framework(Django.site())))
                .containsExactlyInAnyOrder(
                        "compare-databases",
                        "staging-only-users",
                        "map-sites",
                        "backup",
                        "copy-database",
                        "rewrite-sites",
                        "leak-audit");
        assertThat(names(StagingReset.of(
                        Environment.production("p")
                                .code("github:acme/site#main")
                                .build(),
                        Environment.staging("s")
                                .code("github:acme/site#staging")
                                .build())))
                .containsExactlyInAnyOrder("branch-report", "rebuild-branch", "check-ci");
        assertThat(names(StagingReset.of(
                        Environment.production("p").media("s3://a/").build(),
                        Environment.staging("s").media("s3://b/").build())))
                .containsExactly("copy-media");
        assertThat(names(StagingReset.of(
                        Environment.production("p").build(),
                        Environment.staging("s").app("heroku:s").build())))
                .containsExactly("closed", "restart");
    }

    @Test
    void whatOnlyOneSideHasIsNotCopied() {
        assertThat(names(StagingReset.of(
                                Environment.production("p").media("s3://a/").build(),
                                Environment.staging("s")
                                        .database("postgres://u@s/db")
                                        .code("github:a/b#c")
                                        .build())
                        .framework(Wagtail.site())))
                .containsExactly("backup");
    }

    @Test
    void withoutAFrameworkItKnowsNothingOfTheDatabase() {
        ResetPlan plan =
                StagingReset.of(production().build(), staging().build()).build();

        assertThat(Plans.names(plan))
                .contains("backup", "copy-media", "check-site")
                .doesNotContain(
                        "copy-database", "migrate", "leak-audit", "check-media", "map-sites", "empty-derived-media");
        assertThat(step(plan, "copy-media", SyncMedia.class).names()).isNull();
        assertThat(step(plan, "check-site", CheckSite.class).forbiddenHosts()).containsExactly("www.acme.example");
    }

    @Test
    void leavesPhasesOutAndWhatFollowedThemFollowsWhatTheyFollowed() {
        ResetPlan plan =
                whole().without("migrate", "copy-media").without("tell-client").build();

        assertThat(Plans.names(plan)).doesNotContain("migrate", "copy-media", "tell-client");
        assertThat(Plans.order(plan))
                .containsEntry("update-index", List.of("check-migrations"))
                .containsEntry("empty-derived-media", List.of("backup"));
    }

    @Test
    void refusesToLeaveOutWhatAnotherPhaseNeeds() {
        StagingReset reset = whole().without("map-sites");

        assertThatThrownBy(reset::build)
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "the step rewrite-sites needs what the step map-sites records, which the plan does not have: add that,"
                                + " or leave rewrite-sites out too");
        assertThat(Plans.names(whole().without("map-sites", "rewrite-sites").build()))
                .doesNotContain("map-sites", "rewrite-sites");
    }

    @Test
    void refusesToLeaveOutWhatIsNoPhase() {
        StagingReset reset = whole().without("copy-datbase");

        assertThatThrownBy(reset::build).isInstanceOf(PlanException.class).hasMessageContaining("copy-datbase");
    }

    @Test
    void emptiesNothingWhereSurplusIsKept() {
        assertThat(names(whole().media(
                                MediaSyncOptions.builder().surplus(Surplus.KEEP).build())))
                .contains("copy-media")
                .doesNotContain("empty-derived-media");
    }

    @Test
    void cleansFilesWithoutADatabaseToAskForThem() {
        ResetPlan plan = StagingReset.of(
                        Environment.production("p").media("s3://a/").build(),
                        Environment.staging("s").media("s3://b/").build())
                .cleanFiles(FileRules.STANDARD)
                .build();

        assertThat(step(plan, "copy-media", SyncMedia.class).cleaning()).isEqualTo(new CleanFiles(FileRules.STANDARD));
        assertThat(Plans.names(plan)).doesNotContain("correct-file-facts");
    }

    @Test
    void purgesEachCacheUnderANameOfItsOwn() {
        Environment many =
                staging().cache("redis://s:6379/1").cache("redis-url:OTHER").build();
        ResetPlan plan = StagingReset.of(production().build(), many).build();

        assertThat(Plans.names(plan))
                .filteredOn(name -> name.startsWith("purge-"))
                .hasSize(4)
                .contains("purge-redis", "purge-redis-2", "purge-cloudflare");
        assertThat(step(plan, "purge-redis-2", PurgeCache.class))
                .isEqualTo(new PurgeCache(Address.of("redis://s:6379/1"), PurgeScope.everything()));
    }

    @Test
    void tellsThoseWhoAreToBeTold() {
        ResetPlan plan = whole().build();

        assertThat(step(plan, "tell-colleagues", SendMessage.class).notifier()).isEqualTo(Address.of("webhook:SLACK"));
        assertThat(step(plan, "tell-client", SendMessage.class).notifier()).isEqualTo(Address.of("webhook:CLIENT"));
        assertThat(names(databasesOnly())).doesNotContain("tell-colleagues", "tell-client");
    }
}
