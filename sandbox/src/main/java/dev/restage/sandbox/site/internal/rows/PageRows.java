package dev.restage.sandbox.site.internal.rows;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.site.Hosts;
import dev.restage.sandbox.site.Person;
import dev.restage.sandbox.site.internal.content.Content;
import dev.restage.sandbox.site.internal.content.Content.Image;
import dev.restage.sandbox.site.internal.content.Content.Page;
import dev.restage.sandbox.site.internal.content.ContentType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows about pages: the tree, the page types, two revisions of each page, comments and logs. */
final class PageRows {

    private final Content content;
    private final Rows rows;
    private int revisions;
    private int comments;

    private PageRows(Content content, Rows rows) {
        this.content = content;
        this.rows = rows;
    }

    static void add(Content content, Rows rows) {
        PageRows pages = new PageRows(content, rows);
        Map<String, Integer> children = new LinkedHashMap<>();
        for (Page page : content.pages()) {
            children.merge(page.path().substring(0, page.path().length() - 4), 1, Integer::sum);
        }
        for (Page page : content.pages()) {
            pages.page(page, children.getOrDefault(page.path(), 0));
        }
    }

    private void page(Page page, int children) {
        Instant created = created(page);
        @Nullable Integer latest = null;
        if (page.depth() > 1) {
            revision(page, created, "Draft of " + page.title());
            latest = revision(page, created.plus(Duration.ofHours(2)), page.title());
        }
        rows.add(
                "wagtailcore_page",
                page.id(),
                page.path(),
                page.depth(),
                children,
                page.title(),
                page.slug(),
                page.live(),
                !page.live(),
                page.urlPath(),
                "",
                page.depth() == 3,
                page.introduction(),
                null,
                null,
                false,
                page.kind().type.id,
                page.owner(),
                false,
                latest == null ? null : created.plus(Duration.ofHours(2)),
                page.live() ? created : null,
                page.live() ? latest : null,
                page.live() ? created : null,
                page.title(),
                null,
                null,
                uuid("page " + page.id()),
                1,
                null,
                latest);
        specific(page);
        rows.add(
                "wagtailcore_pagelogentry",
                page.id(),
                page.title(),
                "wagtail.publish",
                Json.ascii(Map.of(
                        "by",
                        owner(page).fullName(),
                        "note",
                        "Asked for by " + owner(page).email())),
                created,
                true,
                false,
                page.kind().type.id,
                page.id(),
                latest,
                page.owner(),
                uuid("log " + page.id()));
    }

    private void specific(Page page) {
        switch (page.kind()) {
            case ROOT -> {
                // The root is a bare page.
            }
            case HOME -> rows.add("home_homepage", page.id(), page.introduction(), "Welcome", page.image());
            case INDEX -> rows.add("blog_blogindexpage", page.id(), page.introduction());
            case FORM -> form(page);
            case BLOG -> {
                rows.add(
                        "blog_blogpage",
                        page.id(),
                        page.introduction(),
                        body(page),
                        LocalDate.ofInstant(created(page), ZoneOffset.UTC),
                        page.image(),
                        1 + page.id() % 4);
                if (page.image() != null) {
                    reference(page, page.image());
                }
            }
        }
    }

    private void form(Page page) {
        rows.add(
                "forms_formpage",
                page.id(),
                owner(page).email(),
                "no-reply@acme.example",
                "Message from the site",
                "Write to us",
                "Thank you");
        List<String> fields = List.of("your_name", "your_email", "message");
        for (int i = 0; i < fields.size(); i++) {
            String type = i == 1 ? "email" : "singleline";
            rows.add("forms_formfield", i + 1, i, fields.get(i), fields.get(i), type, true, page.id());
        }
    }

    private void reference(Page page, int image) {
        rows.add(
                "wagtailcore_referenceindex",
                page.id(),
                Integer.toString(page.id()),
                Integer.toString(image),
                "image",
                "image",
                uuid("image"),
                ContentType.PAGE.id,
                ContentType.BLOG_PAGE.id,
                ContentType.IMAGE.id);
    }

    private int revision(Page page, Instant created, String title) {
        int id = ++revisions;
        Person editor = owner(page);
        Person other = content.accounts()
                .get((page.owner() + page.id()) % content.accounts().size())
                .person();
        List<Map<String, Object>> remarks = new ArrayList<>();
        if (page.id() % 3 == 0) {
            String text =
                    "%s, please ask %s (%s) about this.".formatted(editor.firstName(), other.fullName(), other.email());
            int comment = ++comments;
            remarks.add(Map.of("pk", comment, "text", text, "user", page.owner(), "contentpath", "title"));
            comment(comment, page, id, text, created);
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("pk", page.id());
        copy.put("path", page.path());
        copy.put("title", title);
        copy.put("slug", page.slug());
        copy.put("url_path", page.urlPath());
        copy.put("owner", page.owner());
        copy.put("live", page.live());
        copy.put("introduction", page.introduction());
        // Like Wagtail: a StreamField is a string of JSON inside the JSON.
        copy.put("body", body(page));
        if (page.kind() == Content.Kind.FORM) {
            copy.put("to_address", editor.email());
        }
        copy.put("wagtail_admin_comments", remarks);
        rows.add(
                "wagtailcore_revision",
                id,
                created,
                Json.ascii(copy),
                null,
                Integer.toString(page.id()),
                page.owner(),
                page.kind().type.id,
                ContentType.PAGE.id,
                title);
        return id;
    }

    private void comment(int id, Page page, int revision, String text, Instant created) {
        rows.add(
                "wagtailcore_comment",
                id,
                text,
                "title",
                "",
                created,
                created,
                null,
                page.id(),
                null,
                revision,
                page.owner());
        rows.add(
                "wagtailcore_commentreply",
                id,
                "Done, %s.".formatted(owner(page).firstName()),
                created,
                created,
                id,
                1);
    }

    private String body(Page page) {
        Hosts hosts = content.hosts();
        List<Map<String, Object>> blocks = new ArrayList<>();
        for (String paragraph : page.paragraphs()) {
            String html = "<p>%s More on <a href=\"https://%s/news/\">our site</a>.</p>"
                    .formatted(paragraph.replace("&", "&amp;"), hosts.main());
            blocks.add(block(page, "paragraph", html, blocks.size()));
        }
        if (page.image() != null) {
            Image image = content.images().get(page.image() - 1);
            blocks.add(block(page, "image", page.image(), blocks.size()));
            String html = "<p><embed embedtype=\"image\" id=\"%d\" format=\"left\" alt=\"\"/>"
                    + "<img src=\"https://%s/media/%s\" alt=\"%s\"/></p>";
            blocks.add(block(
                    page,
                    "html",
                    html.formatted(image.id(), hosts.media(), Content.Rendition.CARD.fileOf(image), image.title()),
                    blocks.size()));
        }
        return Json.ascii(blocks);
    }

    private static Map<String, Object> block(Page page, String type, Object value, int number) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", type);
        block.put("value", value);
        block.put("id", uuid("block %d of %d".formatted(number, page.id())));
        return block;
    }

    private Person owner(Page page) {
        return content.accounts().get(page.owner() - 1).person();
    }

    private static Instant created(Page page) {
        return Content.NEWEST.minus(Duration.ofDays(365)).plus(Duration.ofHours(page.id()));
    }

    private static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
