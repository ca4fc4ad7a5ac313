package dev.restage.sandbox.site;

import dev.restage.sandbox.server.PostgresDatabase;

/**
 * One environment of the generated site.
 *
 * @param database its database
 * @param hosts its host names, as they are in its database
 * @param bucket its bucket; the keys in it begin with {@link Site#MEDIA_LOCATION}
 * @param counts what was made
 */
public record SiteEnvironment(PostgresDatabase database, Hosts hosts, String bucket, SiteCounts counts) {}
