package dev.restage.sandbox.site.internal;

import dev.restage.sandbox.site.SiteCache;
import dev.restage.sandbox.site.internal.content.Content;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys and values of a Redis that the site shares with others. */
final class CacheEntries {

    static final SiteCache OF_SITE =
            new SiteCache("acme", List.of(0, 1), List.of("celery", "rq:queue", "acmeother:1:x"));

    private CacheEntries() {}

    /** {@return keys and values of one database} */
    static Map<String, String> of(SiteCache cache, int database, Content content) {
        Map<String, String> entries = new TreeMap<>();
        String prefix = cache.prefix();
        cache.foreignKeys().forEach(key -> entries.put(key, "not the site's"));
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
