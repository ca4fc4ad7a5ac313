package dev.restage.sandbox.site.internal;

import dev.restage.sandbox.s3.S3Server;
import dev.restage.sandbox.server.GitServer;
import dev.restage.sandbox.server.HerokuDatabases;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import dev.restage.sandbox.server.RedisServer;
import dev.restage.sandbox.site.Site;
import dev.restage.sandbox.site.SiteBranches;
import dev.restage.sandbox.site.SiteCache;
import dev.restage.sandbox.site.SiteCounts;
import dev.restage.sandbox.site.SiteEnvironment;
import dev.restage.sandbox.site.SiteScale;
import dev.restage.sandbox.site.StagingOnly;
import dev.restage.sandbox.site.internal.content.Content;
import dev.restage.sandbox.site.internal.content.ContentGenerator;
import dev.restage.sandbox.site.internal.content.SiteCode;
import dev.restage.sandbox.site.internal.rows.SiteDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Invents a site in two environments and puts it on servers. The same seed and scale give the same site; only the dates
 * of commits follow the clock.
 *
 * <p>The four servers may be filled at the same time by different threads.
 */
public final class SiteGenerator {

    private static final String REPOSITORY = "acme/site";
    private static final String PRODUCTION_BUCKET = "acme-production-media";
    private static final String STAGING_BUCKET = "acme-staging-media";

    private final Content production;
    private final Content staging;
    private final Map<String, byte[]> productionMedia;
    private final Map<String, byte[]> stagingMedia;
    private final SiteBranches branches = SiteRepository.BRANCHES;
    private final SiteCache cache = CacheEntries.OF_SITE;

    /**
     * Invents the site; takes a second.
     *
     * @param seed decides every random choice
     * @param scale how large production is
     */
    public SiteGenerator(long seed, SiteScale scale) {
        production = new ContentGenerator(seed, scale).production();
        staging = ContentGenerator.staging(production);
        productionMedia = SiteMedia.of(production);
        stagingMedia = SiteMedia.of(staging);
    }

    /**
     * Makes the database of production, {@code acme_production}.
     *
     * @param server an empty server
     * @return the database
     */
    public PostgresDatabase fillProduction(PostgresServer server) {
        return filled(server, "acme_production", production, List.of());
    }

    /**
     * Makes the database of staging, {@code acme_staging}.
     *
     * @param server an empty server
     * @return the database
     */
    public PostgresDatabase fillStaging(PostgresServer server) {
        return filled(server, "acme_staging", staging, SiteCode.stagingSchemaChanges());
    }

    /**
     * Makes both buckets and their objects.
     *
     * @param server an empty server
     */
    public void fill(S3Server server) {
        SiteMedia.upload(server, PRODUCTION_BUCKET, productionMedia);
        SiteMedia.upload(server, STAGING_BUCKET, stagingMedia);
    }

    /**
     * Caches what staging would have cached.
     *
     * @param server an empty server
     */
    public void fill(RedisServer server) {
        cache.databases().forEach(database -> server.setAll(database, CacheEntries.of(cache, database, staging)));
    }

    /**
     * Makes the repository with its branches.
     *
     * @param server an empty server
     */
    public void fill(GitServer server) {
        SiteRepository.write(
                server.createRepository(REPOSITORY), branches, Clock.systemUTC().instant());
    }

    /**
     * {@return what was generated}
     * @param productionDatabase the result of {@link #fillProduction}
     * @param stagingDatabase the result of {@link #fillStaging}
     */
    public Site site(PostgresDatabase productionDatabase, PostgresDatabase stagingDatabase) {
        Set<String> extraKeys = new TreeSet<>(stagingMedia.keySet());
        extraKeys.removeAll(productionMedia.keySet());
        return new Site(
                new SiteEnvironment(
                        productionDatabase,
                        production.hosts(),
                        PRODUCTION_BUCKET,
                        counts(production, productionMedia.size())),
                new SiteEnvironment(
                        stagingDatabase, staging.hosts(), STAGING_BUCKET, counts(staging, stagingMedia.size())),
                production.accounts().stream().map(Content.Account::person).toList(),
                new StagingOnly(ContentGenerator.testers(), ContentGenerator.trialPages(), new ArrayList<>(extraKeys)),
                REPOSITORY,
                branches,
                cache);
    }

    private static SiteCounts counts(Content content, int mediaObjects) {
        return new SiteCounts(
                content.pages().size(),
                content.accounts().size(),
                content.images().size(),
                content.images().size() * Content.Rendition.values().length,
                content.documents().size(),
                content.submissions().size(),
                mediaObjects);
    }

    private static PostgresDatabase filled(
            PostgresServer server, String name, Content content, List<String> schemaChanges) {
        PostgresDatabase database = new HerokuDatabases(server).create(name);
        SiteDatabase.fill(database, content, schemaChanges);
        return database;
    }
}
