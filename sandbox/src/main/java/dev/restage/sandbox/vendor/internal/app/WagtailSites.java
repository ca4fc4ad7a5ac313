package dev.restage.sandbox.vendor.internal.app;

import dev.restage.sandbox.internal.RespConnection;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Wagtail picks the site of a request and makes a page's address: the first from the database, the second from the root paths
 * that it keeps in the cache. So a database copy without a cache flush goes on linking to the hosts of before.
 */
final class WagtailSites {

    private final Connection database;
    private final Map<String, String> settings;

    WagtailSites(Connection database, Map<String, String> settings) {
        this.database = database;
        this.settings = settings;
    }

    /** A row of {@code wagtailcore_site} with the path of its root page. */
    record Site(String host, int port, String name, boolean isDefault, String rootPath) {

        String url() {
            return switch (port) {
                case 80 -> "http://" + host;
                case 443 -> "https://" + host;
                default -> "http://" + host + ":" + port;
            };
        }
    }

    /** A site's address and the path of its root page, as the cache keeps them. */
    record Root(String url, String path) {

        static Root of(String line) {
            int bar = line.indexOf('|');
            String[] host = line.substring(0, bar).split(":", 2);
            int port = host.length > 1 ? Integer.parseInt(host[1]) : 80;
            return new Root(new Site(host[0], port, "", false, "").url(), line.substring(bar + 1));
        }
    }

    /** {@return the site that answers for a Host header: exact host and port, else the host, else the default site} */
    Optional<Site> siteFor(String hostHeader) throws SQLException {
        String host = hostHeader.replaceFirst(":\\d+$", "");
        int port = host.equals(hostHeader) ? 80 : Integer.parseInt(hostHeader.substring(host.length() + 1));
        List<Site> all = sites();
        List<Site> ofHost =
                all.stream().filter(site -> site.host().equalsIgnoreCase(host)).toList();
        Optional<Site> exact =
                ofHost.stream().filter(site -> site.port() == port).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        Optional<Site> ownDefault = ofHost.stream().filter(Site::isDefault).findFirst();
        if (ownDefault.isPresent()) {
            return ownDefault;
        }
        return ofHost.size() == 1
                ? Optional.of(ofHost.get(0))
                : all.stream().filter(Site::isDefault).findFirst();
    }

    /** {@return the root paths, longest path first, from the cache or else from the database} */
    List<Root> roots() throws SQLException, IOException {
        String redis = settings.getOrDefault("REDIS_URL", "");
        if (redis.isEmpty()) {
            return rootsFromDatabase();
        }
        String key = settings.getOrDefault("KEY_PREFIX", "") + ":2:wagtail_site_root_paths";
        try (RespConnection cache = RespConnection.to(URI.create(redis))) {
            if (cache.call("GET", key) instanceof String cached) {
                return cached.lines()
                        .filter(line -> line.contains("|"))
                        .map(Root::of)
                        .toList();
            }
            // only read: what lies in the cache after a reset is then what the reset left there
            return rootsFromDatabase();
        }
    }

    private List<Root> rootsFromDatabase() throws SQLException {
        return sites().stream()
                .sorted(Comparator.comparingInt((Site site) -> -site.rootPath().length())
                        .thenComparing(site -> !site.isDefault()))
                .map(site -> new Root(site.url(), site.rootPath()))
                .toList();
    }

    private List<Site> sites() throws SQLException {
        List<Site> sites = new ArrayList<>();
        String query = "SELECT s.hostname, s.port, s.site_name, s.is_default_site, p.url_path FROM wagtailcore_site s"
                + " JOIN wagtailcore_page p ON p.id = s.root_page_id ORDER BY s.id";
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                sites.add(new Site(
                        rows.getString(1), rows.getInt(2), rows.getString(3), rows.getBoolean(4), rows.getString(5)));
            }
        }
        return sites;
    }
}
