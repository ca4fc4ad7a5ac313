package dev.restage.recipe;

import static dev.restage.recipe.Plans.order;
import static dev.restage.recipe.Plans.production;
import static dev.restage.recipe.Plans.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.media.MediaQuery;
import dev.restage.recipe.django.Django;
import dev.restage.recipe.sites.MapSites;
import dev.restage.recipe.sites.MapSites.Unpaired;
import dev.restage.recipe.wagtail.Wagtail;
import dev.restage.step.database.CopyDatabase;
import dev.restage.step.database.EmptyTables;
import dev.restage.step.media.CheckMedia;
import dev.restage.step.media.CheckMedia.Unmet;
import dev.restage.step.media.MaskedNames;
import dev.restage.step.media.NeededMedia;
import dev.restage.step.media.SyncMedia;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PullTest {

    private static final Wagtail SITE = Wagtail.site();
    private static final Environment PRODUCTION = production().build();
    private static final Environment LOCAL = Environment.local("laptop")
            .database("postgres://u@127.0.0.1/db")
            .media("file:/srv/media")
            .build();
    private static final Environment ARCHIVE =
            Environment.local("archive").database("pg-dump:/tmp/site.dump").build();

    static List<ResetPlan> plans() {
        return List.of(
                Pull.data(PRODUCTION, LOCAL, SITE, "EXTENSION pg_cron"),
                Pull.dump(PRODUCTION, ARCHIVE, SITE, "EXTENSION pg_cron"),
                Pull.images(PRODUCTION, LOCAL, SITE),
                Pull.imagesUnder(PRODUCTION, LOCAL, SITE, "/blog/"),
                Pull.media(PRODUCTION, LOCAL, SITE),
                Pull.mediaUnder(PRODUCTION, LOCAL, SITE, "/blog/"));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void isTheSameAfterAWayThroughText(ResetPlan plan) {
        assertThat(ResetPlan.fromYaml(plan.toYaml())).isEqualTo(plan);
        assertThat(ResetPlan.fromJson(plan.toJson())).isEqualTo(plan);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void writesOnlyToTheDevelopersMachine(ResetPlan plan) {
        assertThat(plan.writes()).isNotEmpty().doesNotContainAnyElementsOf(PRODUCTION.addresses());
    }

    @Test
    void bringsTheDatabaseAndPutsItsSitesRight() {
        ResetPlan plan = Pull.data(PRODUCTION, LOCAL, SITE);

        assertThat(plan.name()).isEqualTo("pull data");
        assertThat(order(plan))
                .isEqualTo(Map.of(
                        "content-tables", List.of(),
                        "map-sites", List.of(),
                        "copy-database", List.of("content-tables", "map-sites"),
                        "rewrite-sites", List.of("copy-database"),
                        "neutralise", List.of("rewrite-sites")));
        assertThat(step(plan, "copy-database", CopyDatabase.class))
                .isEqualTo(new CopyDatabase(
                        Address.of("postgres://u@p/db"),
                        Address.of("postgres://u@127.0.0.1/db"),
                        SITE.policy(),
                        "RESTAGE_MASKING_KEY"));
    }

    @Test
    void onADevelopersMachineNobodyIsAskedForHosts() {
        assertThat(step(Pull.data(PRODUCTION, LOCAL, SITE), "map-sites", MapSites.class)
                        .unpaired())
                .isEqualTo(Unpaired.LOCALHOST);
    }

    @Test
    void leavesBehindWhatIsNamedAndNothingElse() {
        for (ResetPlan plan : List.of(
                Pull.data(PRODUCTION, LOCAL, SITE, "EXTENSION pg_cron", "VIEW public.jobs"),
                Pull.dump(PRODUCTION, ARCHIVE, SITE, "EXTENSION pg_cron", "VIEW public.jobs"))) {
            assertThat(step(plan, "copy-database", CopyDatabase.class).without())
                    .containsExactly("EXTENSION pg_cron", "VIEW public.jobs");
        }
        assertThat(step(Pull.dump(PRODUCTION, ARCHIVE, SITE), "copy-database", CopyDatabase.class)
                        .without())
                .isEmpty();
    }

    @Test
    void aDumpIsMaskedAndNothingElse() {
        ResetPlan plan = Pull.dump(PRODUCTION, ARCHIVE, SITE);

        assertThat(order(plan)).isEqualTo(Map.of("copy-database", List.of()));
        assertThat(step(plan, "copy-database", CopyDatabase.class).target())
                .isEqualTo(Address.of("pg-dump:/tmp/site.dump"));
    }

    @Test
    void bringsOriginalImagesAndHasDerivedOnesMadeAgain() {
        ResetPlan plan = Pull.images(PRODUCTION, LOCAL, SITE);

        assertThat(order(plan))
                .isEqualTo(Map.of(
                        "copy-media", List.of(),
                        "check-media", List.of("copy-media"),
                        "empty-derived-images", List.of("copy-media")));
        assertThat(sync(plan).needed()).isEqualTo(needed(SITE.images()));
        assertThat(step(plan, "empty-derived-images", EmptyTables.class).tables())
                .isEqualTo(SITE.derivedImages());
    }

    @Test
    void bringsAllMediaThatRowsNameAndKeepsWhatIsThere() {
        ResetPlan plan = Pull.media(PRODUCTION, LOCAL, SITE);

        assertThat(order(plan)).containsOnlyKeys("copy-media", "check-media");
        assertThat(sync(plan).needed()).isEqualTo(needed(SITE.media()));
        assertThat(sync(plan).options().surplus()).isEqualTo(Surplus.KEEP);
        assertThat(sync(plan).options().exclude()).isEqualTo(SITE.mediaLeftBehind());
        assertThat(sync(plan).names()).isEqualTo(new MaskedNames(SITE.maskedMedia(), "RESTAGE_MASKING_KEY"));
        assertThat(step(plan, "check-media", CheckMedia.class))
                .isEqualTo(new CheckMedia(
                        Address.of("postgres://u@127.0.0.1/db"),
                        Address.of("file:/srv/media"),
                        SITE.media(),
                        SITE.mediaLeftBehind(),
                        Unmet.WARN));
    }

    @Test
    void bringsOnlyWhatPagesUnderAPathShow() {
        assertThat(sync(Pull.mediaUnder(PRODUCTION, LOCAL, SITE, "/blog/")).needed())
                .isEqualTo(needed(SITE.media().reachedBy(SITE.pagesUnder("/blog/"))));
        assertThat(sync(Pull.imagesUnder(PRODUCTION, LOCAL, SITE, "/blog/")).needed())
                .isEqualTo(needed(SITE.images().reachedBy(SITE.pagesUnder("/blog/"))));
    }

    @Test
    void masksNoNamesWhereTheSiteKeepsThem() {
        assertThat(sync(Pull.media(PRODUCTION, LOCAL, SITE.keepMediaNames())).names())
                .isNull();
        assertThat(sync(Pull.media(PRODUCTION, LOCAL, Django.site())).names()).isNull();
    }

    @Test
    void aSiteWithoutPagesCannotBeAskedForThem() {
        assertThatThrownBy(() -> Pull.mediaUnder(PRODUCTION, LOCAL, Django.site(), "/blog/"))
                .isInstanceOf(PlanException.class)
                .hasMessage("a Django site has no pages from which media under /blog/ could be found: take all media");
    }

    @Test
    void saysWhichAddressIsMissing() {
        assertThatThrownBy(() -> Pull.media(PRODUCTION, ARCHIVE, SITE))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("archive")
                .hasMessageContaining("media");
        assertThatThrownBy(() -> Pull.data(Environment.production("empty").build(), LOCAL, SITE))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("empty")
                .hasMessageContaining("database");
    }

    private static SyncMedia sync(ResetPlan plan) {
        return step(plan, "copy-media", SyncMedia.class);
    }

    private static NeededMedia needed(MediaQuery query) {
        return new NeededMedia(Address.of("postgres://u@127.0.0.1/db"), query, null);
    }
}
