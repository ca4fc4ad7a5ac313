package dev.restage.sandbox.site.internal.rows;

import dev.restage.sandbox.site.Hosts;
import dev.restage.sandbox.site.internal.content.Content;
import dev.restage.sandbox.site.internal.content.Content.Migration;
import dev.restage.sandbox.site.internal.content.ContentGenerator;
import dev.restage.sandbox.site.internal.content.ContentType;
import java.time.Duration;
import java.util.List;

/** Rows that Django and Wagtail make by themselves: types, permissions, groups, migrations, sites. */
final class FrameworkRows {

    static final int EDITORS = 1;
    static final int MODERATORS = 2;
    static final int DEFAULT_SITE = 1;

    private static final List<String> ACTIONS = List.of("add", "change", "delete", "view");
    private static final List<String> TOPICS = List.of("Research", "Events", "Campaigns", "People");

    private FrameworkRows() {}

    static void add(Content content, Rows rows) {
        int permission = 1;
        for (ContentType type : ContentType.values()) {
            rows.add("django_content_type", type.id, type.app, type.model);
            for (String action : ACTIONS) {
                String name = "Can %s %s".formatted(action, type.model);
                rows.add("auth_permission", permission, name, type.id, action + "_" + type.model);
                permission++;
            }
        }
        rows.add("auth_group", EDITORS, "Editors");
        rows.add("auth_group", MODERATORS, "Moderators");
        rows.add("auth_group_permissions", 1, EDITORS, (ContentType.PAGE.id - 1) * ACTIONS.size() + 1);
        rows.add("auth_group_permissions", 2, MODERATORS, (ContentType.PAGE.id - 1) * ACTIONS.size() + 2);
        int number = 1;
        for (Migration migration : content.migrations()) {
            rows.add(
                    "django_migrations",
                    number,
                    migration.app(),
                    migration.name(),
                    Content.NEWEST.minus(Duration.ofDays(400L - number)));
            number++;
        }
        for (int topic = 1; topic <= TOPICS.size(); topic++) {
            String name = TOPICS.get(topic - 1);
            rows.add(
                    "news_topic",
                    topic,
                    name,
                    "topic-" + topic,
                    "All about it",
                    "\"colour\"=>\"#%d%d%d\"".formatted(topic, topic, topic));
        }
        sites(content.hosts(), rows);
    }

    private static void sites(Hosts hosts, Rows rows) {
        rows.add("wagtailcore_locale", 1, "en");
        rows.add("wagtailcore_site", DEFAULT_SITE, hosts.main(), 443, "t", ContentGenerator.HOME, "Acme");
        rows.add("wagtailcore_site", 2, hosts.second(), 443, "f", ContentGenerator.EVENTS_HOME, "Acme Events");
        rows.add("django_site", 1, hosts.main(), "Acme");
        rows.add("django_site", 2, hosts.second(), "Acme Events");
        rows.add("database_cache", ":1:site-" + hosts.main(), "gAWVBwAAAAAAAACMA3llc5Qu", Content.NEWEST);
        rows.add(
                "wagtailredirects_redirect",
                1,
                "/give",
                true,
                "https://%s/contact/?from=give".formatted(hosts.main()),
                null,
                DEFAULT_SITE,
                false,
                Content.NEWEST,
                "");
        rows.add(
                "wagtailredirects_redirect",
                2,
                "/old-news",
                true,
                "",
                ContentGenerator.BLOG_INDEX,
                null,
                true,
                Content.NEWEST,
                "");
        rows.add(
                "wagtailredirects_redirect",
                3,
                "/archive",
                false,
                "https://archive.acme.example/2019/",
                null,
                null,
                false,
                Content.NEWEST,
                "");
    }
}
