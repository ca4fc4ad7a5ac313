package dev.restage.sandbox.site.internal.content;

import dev.restage.sandbox.internal.Resource;
import dev.restage.sandbox.site.internal.content.Content.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of the site's code: as little of a Django project as a deployment looks at. */
public final class SiteCode {

    /** The last release of main that staging was built on. */
    public static final Map<String, String> FIRST = files(Resource.text(SiteCode.class, "code.txt"));

    public static final Map<String, String> TOPIC_ATTRIBUTES = Map.of(
            "news/migrations/0002_topic_attributes.py",
            migration("ALTER TABLE news_topic ADD COLUMN attributes hstore NOT NULL DEFAULT ''"));

    /** What production has and staging's database has not: main's newest migration. */
    public static final Map<String, String> HERO_CAPTION = Map.of(
            "home/migrations/0002_hero_caption.py",
            migration("ALTER TABLE home_homepage ADD COLUMN hero_caption varchar(255) NOT NULL DEFAULT ''"));

    public static final Map<String, String> MAIN_COLOUR = Map.of("static/site.css", "body {\n    color: #222222;\n}\n");

    public static final Map<String, String> SEARCH_FILTERS = Map.of(
            "search/filters.py",
            "def filters():\n    return Topic.objects.filter(filterable=True)\n",
            "news/migrations/0003_topic_filterable.py",
            migration("ALTER TABLE news_topic ADD COLUMN filterable boolean NOT NULL DEFAULT true"));

    public static final Map<String, String> NEW_FOOTER =
            Map.of("templates/footer.html", "<footer>Acme. <a href=\"/contact/\">Write to us</a></footer>\n");

    public static final Map<String, String> CARDS = Map.of("templates/cards.html", "<ul class=\"cards\"></ul>\n");
    public static final Map<String, String> CARDS_STYLE =
            Map.of("static/cards.css", ".cards {\n    display: grid;\n}\n");
    public static final Map<String, String> CAMPAIGN = Map.of("templates/campaign.html", "<h1>Spring campaign</h1>\n");
    public static final Map<String, String> BRAND_COLOUR =
            Map.of("static/site.css", "body {\n    color: darkgreen;\n}\n");
    public static final Map<String, String> DARK_MODE =
            Map.of("static/dark.css", "body {\n    background: black;\n}\n");

    private static final List<Migration> INSTALLED = List.of(
            new Migration("contenttypes", "0001_initial"),
            new Migration("contenttypes", "0002_remove_content_type_name"),
            new Migration("auth", "0001_initial"),
            new Migration("auth", "0012_alter_user_first_name_max_length"),
            new Migration("users", "0001_initial"),
            new Migration("admin", "0001_initial"),
            new Migration("sessions", "0001_initial"),
            new Migration("sites", "0001_initial"),
            new Migration("sites", "0002_alter_domain_unique"),
            new Migration("wagtailcore", "0001_squashed_0016_change_page_url_path_to_text_field"),
            new Migration("wagtailcore", "0094_alter_page_locale"),
            new Migration("wagtailimages", "0027_image_description"),
            new Migration("wagtaildocs", "0014_alter_document_file_size"),
            new Migration("wagtailforms", "0005_alter_formsubmission_form_data"),
            new Migration("wagtailredirects", "0008_add_verbose_name_plural"),
            new Migration("wagtailsearch", "0009_remove_ngram_autocomplete"),
            new Migration("wagtailusers", "0014_userprofile_contrast"),
            new Migration("birdbath", "0001_initial"),
            new Migration("images", "0001_initial"));

    /** A database's history. */
    public enum Line {
        /** That of the newest main. */
        PRODUCTION,
        /** That of an older main with feature branches. */
        STAGING
    }

    private SiteCode() {}

    public static List<Migration> migrationsOf(Line line) {
        Map<String, String> files = new TreeMap<>(FIRST);
        files.putAll(TOPIC_ATTRIBUTES);
        files.putAll(line == Line.PRODUCTION ? HERO_CAPTION : SEARCH_FILTERS);
        List<Migration> migrations = new ArrayList<>(INSTALLED);
        for (String path : files.keySet()) {
            String[] parts = path.split("/", -1);
            if (parts.length == 3 && parts[1].equals("migrations")) {
                migrations.add(new Migration(parts[0], parts[2].replace(".py", "")));
            }
        }
        return migrations;
    }

    /** What turns production's schema into staging's. */
    public static List<String> stagingSchemaChanges() {
        return List.of(
                "ALTER TABLE home_homepage DROP COLUMN hero_caption",
                "ALTER TABLE news_topic ADD COLUMN filterable boolean NOT NULL DEFAULT true");
    }

    private static Map<String, String> files(String text) {
        Map<String, String> files = new TreeMap<>();
        for (String file : text.substring("=== ".length()).split("(?m)^=== ", -1)) {
            int line = file.indexOf('\n');
            files.put(file.substring(0, line), file.substring(line + 1));
        }
        return files;
    }

    /** The stand-in of a dyno runs the statement that the first line names. */
    private static String migration(String sql) {
        return """
                # sql: %s
                from django.db import migrations


                class Migration(migrations.Migration):
                    operations = []
                """.formatted(sql);
    }
}
