package dev.restage.recipe.wagtail;

import dev.restage.step.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code wagtailcore_site}.
 *
 * @param host the host name, lower case as Wagtail stores it
 * @param port 80 means {@code http://host}, 443 {@code https://host}, any other is written out
 * @param standard whether it is the default site
 * @param name the site's name, may be empty
 * @param root the slug of its root page
 */
record SiteRow(String host, int port, boolean standard, String name, String root) {

    /** Site names are a line of text. */
    private static final String SEPARATOR = "\t";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** {@return the site records of a database, the default site first; none if it was never filled} */
    static List<SiteRow> all(Connection connection) throws SQLException {
        List<SiteRow> sites = new ArrayList<>();
        if (Sql.column(connection, "SELECT to_regclass('wagtailcore_site')::text")
                .isEmpty()) {
            return sites;
        }
        for (List<@Nullable String> row : Sql.rows(
                connection,
                "SELECT s.hostname, s.port, s.is_default_site, s.site_name, p.slug FROM wagtailcore_site s"
                        + " JOIN wagtailcore_page p ON p.id = s.root_page_id"
                        + " ORDER BY NOT s.is_default_site, s.id")) {
            sites.add(new SiteRow(
                    String.valueOf(row.get(0)),
                    Integer.parseInt(String.valueOf(row.get(1))),
                    "t".equals(row.get(2)) || "true".equals(row.get(2)),
                    String.valueOf(row.get(3)),
                    String.valueOf(row.get(4))));
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
        return port == HTTP || port == HTTPS ? host : host + ":" + port;
    }
}
