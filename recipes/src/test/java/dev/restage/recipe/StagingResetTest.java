package dev.restage.recipe;

import static dev.restage.recipe.Plans.step;
import static dev.restage.recipe.Plans.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.database.CopyOptions.Orphans;
import dev.restage.provider.media.FileRules;
import dev.restage.recipe.sites.MapSites;
import dev.restage.recipe.wagtail.Wagtail;
import dev.restage.step.app.AwaitDeploy;
import dev.restage.step.app.CheckSite;
import dev.restage.step.app.Closed;
import dev.restage.step.app.RunCommand;
import dev.restage.step.code.CheckCi;
import dev.restage.step.code.RebuildBranch;
import dev.restage.step.code.ReportBranches;
import dev.restage.step.database.AuditLeaks;
import dev.restage.step.database.CompareRows;
import dev.restage.step.database.CopyDatabase;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.media.CheckMedia;
import dev.restage.step.media.CleanFiles;
import dev.restage.step.media.CorrectFileFacts;
import dev.restage.step.media.EmptyMedia;
import dev.restage.step.media.MaskedNames;
import dev.restage.step.media.NeededMedia;
import dev.restage.step.media.SyncMedia;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each setting changes in which step. */
class StagingResetTest {

    private static final Address PRODUCTION_DATABASE = Address.of("postgres://u@p/db");
    private static final Address STAGING_DATABASE = Address.of("postgres://u@s/db");
    private static final Address STAGING_APP = Address.of("heroku:acme-staging");
    private static final Address STAGING_MEDIA = Address.of("s3://acme-staging-media/");
    private static final Address STAGING_CODE = Address.of("github:acme/site#staging");

    @Test
    void copiesWithTheFrameworksRulesBehindTheProjectsOwn() {
        MaskingPolicy own = MaskingPolicy.builder()
                .mask("shop_customer", "phone", Mask.empty())
                .build();
        ResetPlan plan = whole().policy(own).maskingKey("MY_KEY").build();
        CopyDatabase copy = step(plan, "copy-database", CopyDatabase.class);

        assertThat(copy)
                .isEqualTo(new CopyDatabase(
                        PRODUCTION_DATABASE,
                        STAGING_DATABASE,
                        Wagtail.site().policy().plus(own),
                        "MY_KEY",
                        "backup"));
        assertThat(step(plan, "leak-audit", AuditLeaks.class))
                .isEqualTo(new AuditLeaks(
                        PRODUCTION_DATABASE, STAGING_DATABASE, Wagtail.site().persons(), Set.of(), copy.policy()));
        assertThat(step(plan, "staging-only-users", CompareRows.class).masked())
                .isEqualTo(new MaskedBy(copy.policy(), "MY_KEY"));
        assertThat(step(plan, "copy-media", SyncMedia.class).names())
                .isEqualTo(new MaskedNames(Wagtail.site().maskedMedia(), "MY_KEY"));
    }

    @Test
    void copiesFromADumpAndStillComparesWithTheDatabaseItself() {
        ResetPlan plan = whole().databaseFrom("heroku-backup:acme").build();

        assertThat(step(plan, "copy-database", CopyDatabase.class).source())
                .isEqualTo(Address.of("heroku-backup:acme"));
        assertThat(step(plan, "leak-audit", AuditLeaks.class).source()).isEqualTo(PRODUCTION_DATABASE);
        assertThat(step(plan, "map-sites", MapSites.class).source()).isEqualTo(PRODUCTION_DATABASE);
    }

    @Test
    void leavesBehindWhatIsNamedAndKeepsOrphansIfAsked() {
        ResetPlan plan = whole().leaveBehind("EXTENSION pg_cron", "VIEW public.jobs")
                .leaveBehind("EXTENSION pg_repack")
                .keepOrphans()
                .build();
        CopyDatabase copy = step(plan, "copy-database", CopyDatabase.class);

        assertThat(copy.without()).containsExactly("EXTENSION pg_cron", "VIEW public.jobs", "EXTENSION pg_repack");
        assertThat(copy.orphans()).isEqualTo(Orphans.KEEP);
        assertThat(step(whole().build(), "copy-database", CopyDatabase.class).orphans())
                .isEqualTo(Orphans.REFUSE);
    }

    @Test
    void aPlanThatSaysNothingOfItLeavesNothingBehind() {
        String plan = whole().leaveBehind("EXTENSION pg_cron").build().toJson();
        String silent = plan.replaceAll(",\\s*\"without\"\\s*:\\s*\\[[^\\]]*]", "");

        assertThat(silent).doesNotContain("pg_cron");
        assertThat(step(ResetPlan.fromJson(silent), "copy-database", CopyDatabase.class)
                        .without())
                .isEmpty();
    }

    @Test
    void rebuildsTheBranchFromProductions() {
        ResetPlan plan = whole().merge("search", "footer")
                .merge("last")
                .author("Ada <ada@acme.example>")
                .staleAfter(Duration.ofDays(30))
                .deployWithin(Duration.ofMinutes(5))
                .checksWithin(Duration.ofMinutes(6))
                .build();

        assertThat(step(plan, "rebuild-branch", RebuildBranch.class))
                .isEqualTo(new RebuildBranch(
                        STAGING_CODE, "main", List.of("search", "footer", "last"), "Ada <ada@acme.example>"));
        assertThat(step(plan, "branch-report", ReportBranches.class))
                .isEqualTo(new ReportBranches(STAGING_CODE, "main", Duration.ofDays(30)));
        assertThat(step(plan, "await-deploy", AwaitDeploy.class))
                .isEqualTo(new AwaitDeploy(STAGING_APP, STAGING_CODE, Duration.ofMinutes(5)));
        assertThat(step(plan, "check-ci", CheckCi.class)).isEqualTo(new CheckCi(STAGING_CODE, Duration.ofMinutes(6)));
    }

    @Test
    void hasItsUsualSettings() {
        ResetPlan plan = whole().build();

        assertThat(step(plan, "rebuild-branch", RebuildBranch.class))
                .isEqualTo(new RebuildBranch(STAGING_CODE, "main", List.of(), "Restage <restage@localhost>"));
        assertThat(step(plan, "branch-report", ReportBranches.class).staleAfter())
                .isEqualTo(Duration.ofDays(90));
        assertThat(step(plan, "await-deploy", AwaitDeploy.class).limit()).isEqualTo(Duration.ofMinutes(20));
        assertThat(step(plan, "check-ci", CheckCi.class).limit()).isEqualTo(Duration.ofMinutes(15));
        assertThat(step(plan, "migrate", RunCommand.class).limit()).isEqualTo(Duration.ofMinutes(30));
        assertThat(step(plan, "copy-database", CopyDatabase.class).keyVariable())
                .isEqualTo("RESTAGE_MASKING_KEY");
        assertThat(step(plan, "copy-media", SyncMedia.class).options().surplus())
                .isEqualTo(Surplus.DELETE);
        assertThat(step(plan, "closed", Closed.class).stay()).containsExactly("web");
    }

    @Test
    void closesTheSiteAndOpensItAgain() {
        ResetPlan plan = whole().keepRunning("mail", "metrics").build();

        assertThat(step(plan, "closed", Closed.class))
                .isEqualTo(new Closed(STAGING_APP, Set.of("web", "mail", "metrics")));
        PlanStep closed =
                plan.steps().stream().filter(PlanStep::isBracket).findFirst().orElseThrow();
        assertThat(closed.during())
                .contains("backup", "rebuild-branch", "copy-database", "copy-media", "leak-audit", "restart")
                .doesNotContain("branch-report", "staging-only-users", "check-site", "check-ci", "tell-client");
        assertThat(plan.order().get("check-site")).contains("closed");
    }

    @Test
    void runsTheFrameworksCommandsWithinTheirLimit() {
        assertThat(step(whole().commandsWithin(Duration.ofMinutes(2)).build(), "migrate", RunCommand.class))
                .isEqualTo(new RunCommand(STAGING_APP, "python manage.py migrate --noinput", Duration.ofMinutes(2)));
    }

    @Test
    void leavesDerivedMediaInProductionAndEmptiesThem() {
        MediaSyncOptions options = MediaSyncOptions.builder()
                .surplus(Surplus.DELETE)
                .exclude("private/")
                .build();
        ResetPlan plan = whole().media(options).build();

        assertThat(step(plan, "copy-media", SyncMedia.class).options())
                .isEqualTo(options.toBuilder()
                        .exclude("private/", "images/", "wagtail_uploads/", "avatar_images/")
                        .build());
        assertThat(step(plan, "empty-derived-media", EmptyMedia.class))
                .isEqualTo(new EmptyMedia(STAGING_MEDIA, List.of("images/", "wagtail_uploads/", "avatar_images/")));
    }

    @Test
    void waitsForTheDatabaseWhereOnlyNeededMediaCount() {
        ResetPlan plan = whole().neededMedia().build();
        NeededMedia needed = new NeededMedia(STAGING_DATABASE, Wagtail.site().media(), "copy-database");

        assertThat(step(plan, "copy-media", SyncMedia.class).needed()).isEqualTo(needed);
        assertThat(Plans.order(plan)).containsEntry("copy-media", List.of("neutralise"));
        assertThat(step(plan, "check-media", CheckMedia.class).query()).isEqualTo(needed.query());
    }

    @Test
    void countsOnlyMediaThatPagesUnderAPathShow() {
        ResetPlan plan = whole().neededMediaUnder("/blog/").build();

        assertThat(step(plan, "check-media", CheckMedia.class).query())
                .isEqualTo(Wagtail.site().media().reachedBy(Wagtail.site().pagesUnder("/blog/")));
    }

    @Test
    void cleansFilesAndCorrectsWhatRowsTellOfThem() {
        Wagtail site = Wagtail.site().leaveDocuments("Personnel");
        ResetPlan plan = whole().framework(site).cleanFiles(FileRules.STANDARD).build();

        assertThat(step(plan, "copy-media", SyncMedia.class).cleaning())
                .isEqualTo(
                        new CleanFiles(CleanFiles.FILES, FileRules.STANDARD, site.replacedFiles(PRODUCTION_DATABASE)));
        assertThat(step(plan, "correct-file-facts", CorrectFileFacts.class))
                .isEqualTo(new CorrectFileFacts(
                        Address.of("s3://acme-media/"), STAGING_MEDIA, STAGING_DATABASE, CorrectFileFacts.FILES));
        assertThat(Plans.order(plan))
                .containsEntry("correct-file-facts", List.of("empty-derived-media", "update-index"))
                .hasEntrySatisfying("purge-redis", before -> assertThat(before).contains("correct-file-facts"));
    }

    @Test
    void readsPagesAndForbidsProductionsHosts() {
        ResetPlan plan = whole().framework(Wagtail.site().host("media.acme.example", "media.staging.example"))
                .check("/blog/", "/shop/")
                .checkSiteMap(3)
                .build();

        assertThat(step(plan, "check-site", CheckSite.class))
                .isEqualTo(new CheckSite(
                        Address.of("https://staging.acme.example/"),
                        List.of("/", "/blog/", "/shop/"),
                        3,
                        Set.of("www.acme.example", "media.acme.example", "{{map-sites.production-hosts}}"),
                        Duration.ofMinutes(20)));
    }
}
