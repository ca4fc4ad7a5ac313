package dev.restage.recipe.wagtail;

import dev.restage.masking.TableSelector;
import dev.restage.provider.Address;
import dev.restage.provider.media.MediaQuery;
import dev.restage.recipe.django.Django;
import dev.restage.step.media.KeyQuery;
import java.util.List;
import java.util.stream.Stream;

/** Where a Wagtail site names media files, versions 6.3 to 8.0, also in tables of its own models. */
final class WagtailMedia {

    /** Images, documents and other media, also those of a project's own models. */
    static final TableSelector MEDIA = TableSelector.having("title", "file", "collection_id");

    /** Images that are made of others on demand. */
    static final TableSelector RENDITIONS = TableSelector.having("filter_spec", "focal_point_key", "file", "image_id");

    private static final TableSelector IMAGES = TableSelector.having("title", "file", "focal_point_x");

    private static final TableSelector DOCUMENTS = new TableSelector.All(List.of(
            MEDIA, TableSelector.having("file_hash"), new TableSelector.Not(TableSelector.having("focal_point_x"))));

    /** Files on their way through the editor, which no page shows. */
    private static final TableSelector TRANSIENT =
            new TableSelector.Any(List.of(RENDITIONS, TableSelector.named("wagtailcore_uploadedfile")));

    /**
     * What is no content of a page: accounts, logs, what visitors sent, derived data. Drafts and collections stay open; the
     * tables of Django's own apps tell nothing of files.
     */
    private static final TableSelector CLOSED = new TableSelector.Any(List.of(
            TRANSIENT,
            new TableSelector.All(List.of(
                    TableSelector.named("wagtailcore_*"),
                    new TableSelector.Not(TableSelector.named("wagtailcore_revision", "wagtailcore_collection")))),
            TableSelector.named(
                    "auth_*",
                    "django_*",
                    "wagtailadmin_*",
                    "wagtailsearch*",
                    "wagtailredirects_*",
                    "wagtailusers_*",
                    "wagtail_localize_*",
                    "easy_thumbnails_*"),
            new TableSelector.ReferredToBy(Django.PAGES, "owner_id"),
            TableSelector.having("form_data", "submit_time", "page_id"),
            TableSelector.having("history_id", "history_date", "history_type")));

    /**
     * Wagtail's own list of references. It knows what the texts and foreign keys do not tell, above all of which model the
     * numbers in StreamFields are keys; but it holds published content only, and nothing that was written past Django. So it is
     * asked besides, never instead. Source: Wagtail documentation, "Reference index", 6.3 to 7.4.
     */
    private static final String INDEX = "SELECT f.app_label || '_' || f.model AS from_table, r.object_id AS from_key,"
            + " regexp_replace(r.model_path, '^.*[.]', '') AS name, t.app_label || '_' || t.model AS to_table,"
            + " r.to_object_id AS to_key FROM {schema}.wagtailcore_referenceindex r"
            + " JOIN {schema}.django_content_type f ON f.id = r.base_content_type_id"
            + " JOIN {schema}.django_content_type t ON t.id = r.to_content_type_id";

    private WagtailMedia() {}

    /**
     * All files that rows name.
     *
     * @param own columns of the project that name files too: {@code table.column}
     */
    static MediaQuery all(List<String> own) {
        MediaQuery.Files usual =
                new MediaQuery.Files(new TableSelector.Not(TRANSIENT), Django.FILE_COLUMNS, Django.FILE_TYPE);
        MediaQuery.Files media = new MediaQuery.Files(MEDIA, List.of("file", "thumbnail"), "");
        return new MediaQuery(
                Stream.concat(Stream.of(media, usual), own.stream().map(Django::fileColumn))
                        .toList(),
                null);
    }

    /** The files of images as they were uploaded. */
    static MediaQuery images() {
        return new MediaQuery(List.of(new MediaQuery.Files(IMAGES, List.of("file"), "")), null);
    }

    /**
     * The documents of a collection and of those in it.
     *
     * @param database the database
     * @param collection its name
     */
    static KeyQuery documentsIn(Address database, String collection) {
        String named = "name = '%s'".formatted(collection.replace("'", "''"));
        return new KeyQuery(
                database,
                DOCUMENTS,
                ("SELECT d.file FROM {table} d JOIN {schema}.wagtailcore_collection c ON c.id = d.collection_id"
                                + " JOIN {schema}.wagtailcore_collection named ON starts_with(c.path, named.path)"
                                + " WHERE named.%s")
                        .formatted(named),
                "SELECT id FROM {schema}.wagtailcore_collection WHERE " + named,
                "collections called " + collection);
    }

    /**
     * From the pages under a path, with their drafts and snippets, to what they show.
     *
     * @param path the path of a URL, without host: {@code /blog/}
     */
    static MediaQuery.Reach pagesUnder(String path) {
        String below = path.replaceFirst("^/+", "");
        if (!below.isEmpty() && !below.endsWith("/")) {
            below += "/";
        }
        String where = ("EXISTS (SELECT FROM {schema}.wagtailcore_site s JOIN {table} home ON home.id = s.root_page_id"
                        + " WHERE starts_with(root.url_path, home.url_path || '%s'))")
                .formatted(below.replace("'", "''"));
        return new MediaQuery.Reach(
                Django.PAGES,
                where,
                CLOSED,
                TableSelector.named("wagtailcore_collection"),
                new MediaQuery.Texts(
                        List.of(
                                link("embed", "embedtype", "image", IMAGES),
                                link("a", "linktype", "document", DOCUMENTS),
                                link("embed", "embedtype", "(?:wagtail)?media", MEDIA),
                                link("a", "linktype", "(?:wagtail)?media", MEDIA)),
                        "type",
                        "value"),
                INDEX);
    }

    /** An element of rich text, with its attributes in any order; in JSON that is not read as such its quotes are escaped. */
    private static MediaQuery.Link link(String element, String attribute, String kind, TableSelector tables) {
        String any = "(?:\\s+[^\\s=<>\"]+(?:=\\\\*\"[^\"]*\")?)*";
        return new MediaQuery.Link(
                "<%s(?=%s\\s+%s=\\\\*\"%s\\\\*\")%s?\\s+id=\\\\*\"([^\"\\\\]+)"
                        .formatted(element, any, attribute, kind, any),
                tables);
    }
}
