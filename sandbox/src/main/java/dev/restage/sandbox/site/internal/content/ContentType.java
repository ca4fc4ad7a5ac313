package dev.restage.sandbox.site.internal.content;

/** The models of the site; the number of one is its row in {@code django_content_type}. */
public enum ContentType {
    LOG_ENTRY(1, "admin", "logentry"),
    PERMISSION(2, "auth", "permission"),
    GROUP(3, "auth", "group"),
    SITE(4, "wagtailcore", "site"),
    PAGE(5, "wagtailcore", "page"),
    REVISION(6, "wagtailcore", "revision"),
    USER(7, "users", "user"),
    IMAGE(8, "images", "customimage"),
    RENDITION(9, "images", "rendition"),
    DOCUMENT(10, "wagtaildocs", "document"),
    TOPIC(11, "news", "topic"),
    HOME_PAGE(12, "home", "homepage"),
    BLOG_INDEX_PAGE(13, "blog", "blogindexpage"),
    BLOG_PAGE(14, "blog", "blogpage"),
    FORM_PAGE(15, "forms", "formpage");

    public final int id;
    public final String app;
    public final String model;

    ContentType(int id, String app, String model) {
        this.id = id;
        this.app = app;
        this.model = model;
    }
}
