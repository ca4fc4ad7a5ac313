package dev.restage.recipe;

import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.media.MediaQuery;
import dev.restage.step.database.CopyDatabase;
import dev.restage.step.database.EmptyTables;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.media.CheckMedia;
import dev.restage.step.media.MaskedNames;
import dev.restage.step.media.NeededMedia;
import dev.restage.step.media.SyncMedia;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans that bring data of an environment to a developer's machine. */
public final class Pull {

    private static final String COPY = "copy-media";
    private static final String KEY_VARIABLE = "RESTAGE_MASKING_KEY";

    private Pull() {}

    /**
     * Brings the database, masked on the way.
     *
     * @param source the environment to read, production or staging
     * @param local the environment whose database is replaced
     * @param framework what the site is built with
     * @param leaveBehind objects of the source's database that the local one cannot have and nothing needs, named as the
     *     preview names them, with {@code *} for any text: {@code EXTENSION pg_cron}
     * @return the plan; the variable {@code RESTAGE_MASKING_KEY} must hold the masking key
     */
    public static ResetPlan data(Environment source, Environment local, Framework framework, String... leaveBehind) {
        ResetPlan.Builder plan = ResetPlan.builder("pull data", source, local);
        framework
                .preflight(source, local, new MaskedBy(framework.policy(), KEY_VARIABLE))
                .forEach((name, step) -> plan.add(name, step));
        String last = "copy-database";
        plan.add(last, copy(source, local, framework, leaveBehind), plan.names().toArray(String[]::new));
        for (Map.Entry<String, Step> step : framework.afterCopy(source, local).entrySet()) {
            plan.add(step.getKey(), step.getValue(), last);
            last = step.getKey();
        }
        return plan.build();
    }

    /**
     * Brings the database as a masked file that {@code pg_restore} reads. Nothing is done to the data but masking: no
     * server is there that could do it.
     *
     * @param source the environment to read, production or staging
     * @param local the environment whose database is an archive: {@code pg-dump:/path/file.dump}
     * @param framework what the site is built with
     * @param leaveBehind objects of the source's database that the local one cannot have and nothing needs, named as the
     *     preview names them, with {@code *} for any text: {@code EXTENSION pg_cron}
     * @return the plan; the variable {@code RESTAGE_MASKING_KEY} must hold the masking key
     */
    public static ResetPlan dump(Environment source, Environment local, Framework framework, String... leaveBehind) {
        return ResetPlan.builder("pull dump", source, local)
                .add("copy-database", copy(source, local, framework, leaveBehind))
                .build();
    }

    private static CopyDatabase copy(
            Environment source, Environment local, Framework framework, String... leaveBehind) {
        return new CopyDatabase(
                        source.require(source.database(), "database"),
                        local.require(local.database(), "database"),
                        framework.policy(),
                        KEY_VARIABLE)
                .without(leaveBehind);
    }

    /**
     * Brings the original images that rows of the local database name. The rows of derived images are emptied, so that
     * these are made again when they are first needed.
     *
     * @param source the environment to read, production or staging
     * @param local the environment whose media folder is filled; its database must be there, as {@link #data} brings it
     * @param framework what the site is built with
     * @return the plan
     */
    public static ResetPlan images(Environment source, Environment local, Framework framework) {
        return images(source, local, framework, framework.images());
    }

    /**
     * The same for the images that pages under a path show, published or as drafts.
     *
     * @param source the environment to read, production or staging
     * @param local the environment whose media folder is filled; its database must be there
     * @param framework what the site is built with
     * @param path the path of a URL, without host: {@code /blog/}
     * @return the plan
     */
    public static ResetPlan imagesUnder(Environment source, Environment local, Framework framework, String path) {
        return images(source, local, framework, framework.images().reachedBy(framework.pagesUnder(path)));
    }

    private static ResetPlan images(Environment source, Environment local, Framework framework, MediaQuery query) {
        return needed(ResetPlan.builder("pull images", source, local), source, local, framework, query)
                .add(
                        "empty-derived-images",
                        new EmptyTables(
                                local.require(local.database(), "database"),
                                framework.derivedImages(),
                                "derived images"),
                        COPY)
                .build();
    }

    /**
     * Brings all media that rows of the local database name. What only the local folder has stays.
     *
     * @param source the environment to read, production or staging
     * @param local the environment whose media folder is filled; its database must be there, as {@link #data} brings it
     * @param framework what the site is built with
     * @return the plan
     */
    public static ResetPlan media(Environment source, Environment local, Framework framework) {
        return needed(ResetPlan.builder("pull media", source, local), source, local, framework, framework.media())
                .build();
    }

    /**
     * The same for the media that pages under a path show, published or as drafts.
     *
     * @param source the environment to read, production or staging
     * @param local the environment whose media folder is filled; its database must be there
     * @param framework what the site is built with
     * @param path the path of a URL, without host: {@code /blog/}
     * @return the plan
     */
    public static ResetPlan mediaUnder(Environment source, Environment local, Framework framework, String path) {
        return needed(
                        ResetPlan.builder("pull media", source, local),
                        source,
                        local,
                        framework,
                        framework.media().reachedBy(framework.pagesUnder(path)))
                .build();
    }

    private static ResetPlan.Builder needed(
            ResetPlan.Builder plan, Environment source, Environment local, Framework framework, MediaQuery query) {
        Address database = local.require(local.database(), "database");
        Address media = local.require(local.media(), "media");
        MediaSyncOptions options = MediaSyncOptions.builder()
                .exclude(framework.mediaLeftBehind().toArray(String[]::new))
                .build();
        return plan.add(
                        COPY,
                        new SyncMedia(
                                source.require(source.media(), "media"),
                                media,
                                options,
                                names(framework),
                                null,
                                new NeededMedia(database, query, null)))
                .add(
                        "check-media",
                        new CheckMedia(database, media, query, framework.mediaLeftBehind(), CheckMedia.Unmet.WARN),
                        COPY);
    }

    private static @Nullable MaskedNames names(Framework framework) {
        return framework.maskedMedia().isEmpty() ? null : new MaskedNames(framework.maskedMedia(), KEY_VARIABLE);
    }
}
