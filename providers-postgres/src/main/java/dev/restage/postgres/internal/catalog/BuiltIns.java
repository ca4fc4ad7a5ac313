package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What expressions use of the source's server that an older target lacks. The texts of functions are not looked into: no
 * server does that before they run.
 */
public final class BuiltIns {

    private static final String KNOWN =
            "SELECT DISTINCT proname || ' ' || pronargs FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace";

    private BuiltIns() {}

    /** Something used: a function and how many arguments it has, or syntax and the version that it came with. */
    private record Use(String object, String name, int arguments, int since) {}

    /**
     * What the target lacks, a sentence each.
     *
     * @param name what messages call the target
     */
    public static List<String> missing(Connection source, Connection target, String name) throws SQLException {
        int major = target.getMetaData().getDatabaseMajorVersion();
        if (source.getMetaData().getDatabaseMajorVersion() <= major) {
            return List.of();
        }
        CatalogSession session = new CatalogSession(source, major);
        Set<String> known = new HashSet<>(new Query(target).list(KNOWN, row -> row.getString(1)));
        return session
                .all(
                        List.of(session.text("builtins.sql")),
                        row -> new Use(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4)))
                .stream()
                .filter(use -> use.since() > major
                        || (use.since() == 0 && !known.contains(use.name() + " " + use.arguments())))
                .map(use -> "%s uses %s, which %s is too old for: take that out in the source"
                        .formatted(use.object(), use.name(), name))
                .toList();
    }
}
