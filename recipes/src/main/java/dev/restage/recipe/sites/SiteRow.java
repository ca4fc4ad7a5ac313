package dev.restage.recipe.sites;

import dev.restage.step.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A site record, of Wagtail's table or of that of Django's sites framework.
 *
 * @param host the host name; in Django's table with its port, if it has one
 * @param port 80 means {@code http://host}, 443 {@code https://host}, any other is written out; 0 in Django's table, which has none
 * @param standard whether it is the default site; in Django's table the first
 * @param name the site's name, may be empty
 * @param root the slug of its root page; in Django's table the row's id, by which the site's settings choose it
 */
record SiteRow(String host, int port, boolean standard, String name, String root) {

    /** Site names are a line of text. */
    private static final String SEPARATOR = "\t";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** What Django writes where nobody has said anything. Source: Django 5.2, {@code create_default_site}. */
    private static final String NOBODYS = "example.com";

    /** {@return Wagtail's site records of a database, the default site first; none if it was never filled} */
    static List<SiteRow> wagtail(Connection connection, SiteTables tables) throws SQLException {
        List<SiteRow> sites = new ArrayList<>();
        for (SiteTables.Wagtail table : tables.wagtail()) {
            for (List<@Nullable String> row : Sql.rows(
                    connection,
                    "SELECT s.hostname, s.port, s.is_default_site, s.site_name, p.slug FROM %s s JOIN %s p ON p.%s = s.root_page_id"
                                    .formatted(table.sites(), table.pages(), table.key())
                            + " ORDER BY NOT s.is_default_site, s.id")) {
                sites.add(new SiteRow(
                        String.valueOf(row.get(0)),
                        Integer.parseInt(String.valueOf(row.get(1))),
                        "t".equals(row.get(2)) || "true".equals(row.get(2)),
                        String.valueOf(row.get(3)),
                        String.valueOf(row.get(4))));
            }
        }
        return sites;
    }

    /** {@return the records of Django's sites framework that say a host, the first one first} */
    static List<SiteRow> django(Connection connection, SiteTables tables) throws SQLException {
        List<SiteRow> sites = new ArrayList<>();
        for (String table : tables.django()) {
            for (List<@Nullable String> row :
                    Sql.rows(connection, "SELECT domain, name, id FROM %s ORDER BY id".formatted(table))) {
                String domain = String.valueOf(row.get(0));
                if (!domain.equals(NOBODYS)) {
                    sites.add(new SiteRow(
                            domain, 0, sites.isEmpty(), String.valueOf(row.get(1)), String.valueOf(row.get(2))));
                }
            }
        }
        return sites;
    }

    /** Rows as a text that {@link #read} takes. */
    static String write(List<SiteRow> rows) {
        return rows.stream()
                .map(row -> String.join(
                        SEPARATOR,
                        row.host,
                        Integer.toString(row.port),
                        Boolean.toString(row.standard),
                        row.name,
                        row.root))
                .collect(Collectors.joining("\n"));
    }

    static List<SiteRow> read(String rows) {
        return rows.lines()
                .map(row -> row.split(SEPARATOR, -1))
                .map(row -> new SiteRow(row[0], Integer.parseInt(row[1]), Boolean.parseBoolean(row[2]), row[3], row[4]))
                .toList();
    }

    /** {@return host and port as a URL shows them} */
    String authority() {
        return authority(host, port);
    }

    static String authority(String host, int port) {
        return port == HTTP || port == HTTPS || port == 0 ? host : host + ":" + port;
    }
}
