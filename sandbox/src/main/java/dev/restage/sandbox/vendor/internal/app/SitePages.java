package dev.restage.sandbox.vendor.internal.app;

import dev.restage.sandbox.vendor.internal.VendorReply;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages of a Wagtail site, rendered from its database. */
public final class SitePages {

    private static final Pattern DOCUMENT = Pattern.compile("/documents/(\\d+)/.+");
    private static final int LINKS = 25;
    private static final int IMAGES = 3;

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>%1$s</title><link rel="canonical" href="%2$s"></head>
            <body><header><a href="%3$s">%4$s</a></header><main><h1>%1$s</h1>
            %5$s</main><nav><ul>
            %6$s</ul></nav></body></html>
            """;

    private static final String LOGIN = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Sign in - Wagtail</title></head><body><h1>Sign in to Wagtail</h1>
            <form action="/admin/login/" method="post"><input name="username"><input name="password" type="password">
            <button>Sign in</button></form></body></html>
            """;

    private static final String SITEMAP = """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            """;

    private final Connection database;
    private final Map<String, String> settings;
    private final WagtailSites.Site site;
    private final List<WagtailSites.Root> roots;

    SitePages(
            Connection database, Map<String, String> settings, WagtailSites.Site site, List<WagtailSites.Root> roots) {
        this.database = database;
        this.settings = settings;
        this.site = site;
        this.roots = roots;
    }

    /** {@return the answer to a request, or a 404} */
    public static VendorReply answer(Connection database, Map<String, String> settings, String host, String path)
            throws SQLException, IOException {
        if (path.equals("/admin/login/")) {
            return html(200, LOGIN);
        }
        if (path.equals("/admin/") || path.equals("/admin")) {
            return VendorReply.empty(302).with("Location", "/admin/login/?next=/admin/");
        }
        if (path.equals("/robots.txt")) {
            return VendorReply.text(200, "text/plain", "User-agent: *\nAllow: /\n");
        }
        WagtailSites sites = new WagtailSites(database, settings);
        Optional<WagtailSites.Site> site = sites.siteFor(host);
        if (site.isEmpty()) {
            return html(404, "<h1>Not Found</h1>");
        }
        SitePages pages = new SitePages(database, settings, site.get(), sites.roots());
        Matcher document = DOCUMENT.matcher(path);
        if (document.matches()) {
            return pages.document(Long.parseLong(document.group(1)));
        }
        return path.equals("/sitemap.xml") ? pages.sitemap() : pages.page(path);
    }

    private VendorReply page(String path) throws SQLException {
        if (!path.endsWith("/")) {
            return VendorReply.empty(301).with("Location", path + "/");
        }
        String urlPath = site.rootPath() + path.substring(1);
        Optional<Page> page = pages("url_path = ?", urlPath, 1).stream().findFirst();
        if (page.isEmpty()) {
            return html(404, "<h1>Not Found</h1><p>The requested resource was not found on this server.</p>");
        }
        StringBuilder links = new StringBuilder();
        for (Page below : pages("url_path LIKE ? AND url_path <> '" + quoted(urlPath) + "'", like(urlPath), LINKS)) {
            links.append("<li><a href=\"%s\">%s</a></li>%n".formatted(url(below), escaped(below.title())));
        }
        StringBuilder images = new StringBuilder();
        for (String file : images()) {
            images.append("<img src=\"%s\" alt=\"\">%n".formatted(escaped(mediaUrl(file))));
        }
        Page found = page.get();
        String home = url(new Page("", site.rootPath()));
        return html(200, PAGE.formatted(escaped(found.title()), url(found), home, escaped(site.name()), images, links));
    }

    private VendorReply sitemap() throws SQLException {
        StringBuilder xml = new StringBuilder(SITEMAP);
        for (Page page : pages("url_path LIKE ?", like(site.rootPath()), Integer.MAX_VALUE)) {
            xml.append("<url><loc>").append(url(page)).append("</loc></url>\n");
        }
        return VendorReply.text(
                        200, "application/xml", xml.append("</urlset>\n").toString())
                .with("X-Robots-Tag", "noindex, noodp, noarchive");
    }

    private VendorReply document(long id) throws SQLException {
        Optional<String> table = tableWith(List.of("title", "file", "file_size", "file_hash"), "width");
        if (table.isPresent()) {
            try (PreparedStatement query =
                    database.prepareStatement("SELECT file FROM " + table.get() + " WHERE id = ?")) {
                query.setLong(1, id);
                try (ResultSet rows = query.executeQuery()) {
                    if (rows.next()) {
                        return VendorReply.empty(302).with("Location", mediaUrl(rows.getString(1)));
                    }
                }
            }
        }
        return html(404, "<h1>Not Found</h1>");
    }

    private List<String> images() throws SQLException {
        List<String> files = new ArrayList<>();
        Optional<String> table = tableWith(List.of("title", "file", "width", "height", "focal_point_x"), "filter_spec");
        if (table.isPresent()) {
            try (Statement statement = database.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT file FROM " + table.get() + " ORDER BY id LIMIT " + IMAGES)) {
                while (rows.next()) {
                    files.add(rows.getString(1));
                }
            }
        }
        return files;
    }

    /** {@return the table that has some columns and lacks another: a site may have its own image and document models} */
    private Optional<String> tableWith(List<String> columns, String lacking) throws SQLException {
        String query = "SELECT quote_ident(table_name) FROM information_schema.columns WHERE table_schema = 'public'"
                + " GROUP BY table_name HAVING count(*) FILTER (WHERE column_name = ANY (?)) = ?"
                + " AND count(*) FILTER (WHERE column_name = ?) = 0 ORDER BY table_name";
        try (PreparedStatement statement = database.prepareStatement(query)) {
            statement.setArray(1, database.createArrayOf("text", columns.toArray()));
            statement.setInt(2, columns.size());
            statement.setString(3, lacking);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private record Page(String title, String urlPath) {}

    private List<Page> pages(String condition, String value, int most) throws SQLException {
        List<Page> pages = new ArrayList<>();
        try (PreparedStatement query =
                database.prepareStatement("SELECT title, url_path FROM wagtailcore_page WHERE live AND " + condition
                        + " ORDER BY path LIMIT ?")) {
            query.setString(1, value);
            query.setInt(2, most);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    pages.add(new Page(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return pages;
    }

    /** {@return the page's address by the cached root paths; without host when none of them leads to it} */
    private String url(Page page) {
        return roots.stream()
                .filter(root -> page.urlPath().startsWith(root.path()))
                .findFirst()
                .map(root -> escaped(
                        root.url() + "/" + page.urlPath().substring(root.path().length())))
                .orElseGet(() -> escaped(page.urlPath()));
    }

    private String mediaUrl(String file) {
        return settings.getOrDefault("MEDIA_URL", "/media/").replaceFirst("/*$", "/") + file;
    }

    private static String like(String prefix) {
        return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    public static VendorReply html(int status, String body) {
        return VendorReply.text(status, "text/html; charset=utf-8", body);
    }
}
