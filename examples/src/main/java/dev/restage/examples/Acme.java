package dev.restage.examples;

import dev.restage.Restage;
import dev.restage.plan.ResetPlan;
import dev.restage.recipe.Framework;
import dev.restage.recipe.StagingReset;
import dev.restage.recipe.wagtail.Wagtail;
import dev.restage.run.RunListener;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.site.Site;
import java.time.Duration;
import java.util.List;

/** The sandbox's site, and how it is reset: what a team writes once for its own site. */
public final class Acme {

    private Acme() {}

    /**
     * {@return a Restage whose variables lead into a sandbox}
     *
     * @param sandbox the sandbox
     * @param listeners hear of runs
     */
    public static Restage restage(Sandbox sandbox, RunListener... listeners) {
        Restage.Builder builder = Restage.builder().variables(sandbox.variables());
        List.of(listeners).forEach(builder::listener);
        return builder.build();
    }

    /**
     * {@return what the site is built with}
     *
     * @param site the site
     */
    public static Framework framework(Site site) {
        return Wagtail.site()
                .userTable("users_user")
                .content("home_*", "blog_*", "news_*", "forms_*", "images_customimage")
                .leaveBehind("database_cache")
                .host(site.production().hosts().media(), site.staging().hosts().media());
    }

    /**
     * {@return the complete reset of the sandbox's staging}
     *
     * @param sandbox the sandbox
     */
    public static ResetPlan reset(Sandbox sandbox) {
        return settings(sandbox).build();
    }

    /**
     * {@return the complete reset, with the data of the newest backup that Heroku has of production}
     *
     * @param sandbox the sandbox
     */
    public static ResetPlan resetFromBackup(Sandbox sandbox) {
        return settings(sandbox).databaseFrom("heroku-backup:acme-production").build();
    }

    private static StagingReset settings(Sandbox sandbox) {
        Site site = sandbox.site();
        return StagingReset.of(sandbox.production(), sandbox.staging())
                .framework(framework(site))
                .merge(site.branches().open().toArray(String[]::new))
                .author("Acme Team <team@acme.example>")
                .check("/admin/login/")
                .tellColleagues("webhook:COLLEAGUES_WEBHOOK_URL")
                .tellClient("webhook:CLIENT_WEBHOOK_URL")
                .deployWithin(Duration.ofMinutes(1))
                .commandsWithin(Duration.ofMinutes(2))
                .checksWithin(Duration.ofMinutes(1));
    }
}
