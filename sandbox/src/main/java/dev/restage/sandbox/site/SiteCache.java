package dev.restage.sandbox.site;

import java.util.List;

/**
 * What lies in the Redis of staging.
 *
 * @param prefix the key prefix of the site's Django caches
 * @param databases the logical databases that the site uses
 * @param foreignKeys keys of others beside the site's, in each of these databases
 */
public record SiteCache(String prefix, List<Integer> databases, List<String> foreignKeys) {

    /**
     * Copies the lists.
     *
     * @param prefix the key prefix
     * @param databases the logical databases
     * @param foreignKeys keys of others
     */
    public SiteCache {
        databases = List.copyOf(databases);
        foreignKeys = List.copyOf(foreignKeys);
    }
}
