package dev.restage.sandbox.site;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    static SiteCache standard() {
        return new SiteCache("acme", List.of(0, 1), List.of("celery", "rq:queue", "acmeother:1:x"));
    }

    /** Keys and values of one database. */
    Map<String, String> entries(int database, Content content) {
        Map<String, String> entries = new TreeMap<>();
        foreignKeys.forEach(key -> entries.put(key, "not the site's"));
        if (database == 0) {
            entries.put(
                    prefix + ":2:wagtail_site_root_paths",
                    "https://" + content.hosts().main());
            entries.put(prefix + ":1:wagtail_locales_display_name", "English");
            for (int i = 0; i < 20; i++) {
                entries.put("%s:1:template.cache.teaser.%032x".formatted(prefix, i * 7919L), "<p>Teaser</p>");
            }
        } else {
            for (Content.Image image : content.images()) {
                String key = "%s:1:wagtail-rendition-%d-%s-2e16d0ba-%s";
                String filter = Content.Rendition.CARD.filterSpec;
                entries.put(key.formatted(prefix, image.id(), image.name(), filter), image.file());
            }
        }
        return entries;
    }
}
