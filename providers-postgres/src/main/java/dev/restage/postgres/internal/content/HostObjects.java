package dev.restage.postgres.internal.content;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What hosting companies put into the databases of their customers. It belongs to a server and not to the data: no copy brings
 * it, and a target keeps its own.
 *
 * <p>An object is known by its name and its owner together, as a customer's own may have the same name.
 */
final class HostObjects {

    private static final String HEROKU = "Heroku";
    private static final String SUPABASE = "Supabase";
    private static final String RDS = "Amazon RDS";
    private static final String CLOUD_SQL = "Google Cloud SQL";
    private static final String NEON = "Neon";

    private static final String ANYBODY = ".*";
    private static final String SUPABASE_ROLES = "supabase_\\w+|pgbouncer";

    /** How far a row of the table goes. */
    private enum Reach {
        /** A schema with all that is in it. */
        ALL_IN_IT,
        /** The object alone. */
        ITSELF,
        /** The object alone, in a database that has something else of the company in it. */
        BESIDE_OTHERS
    }

    /**
     * One kind of object of one company.
     *
     * @param name matches its name, with its schema before it where it has one
     * @param owner matches the role that owns it; what nobody owns has an empty one
     */
    private record Row(String host, String kind, Pattern name, Pattern owner, Reach reach) {

        static Row of(String host, String kind, String name, String owner, Reach reach) {
            return new Row(host, kind, Pattern.compile(name), Pattern.compile(owner), reach);
        }

        boolean matches(Entry entry) {
            String name = entry.schema() == null || entry.schema().isEmpty()
                    ? entry.tag()
                    : entry.schema() + "." + entry.tag();
            String role = entry.owner() == null ? "" : entry.owner();
            return kind.equals(entry.kind())
                    && this.name.matcher(name).matches()
                    && owner.matcher(role).matches();
        }
    }

    /**
     * The table. Event triggers are not in it: they belong to whom the function belongs that they call.
     *
     * <p>Sources, read in November 2026: dumps that people have published of databases of Heroku (PostgreSQL 13 to 16), Supabase
     * (15 and 17), Amazon RDS and Aurora, Cloud SQL (14 to 16) and Neon (16); of Supabase also what its command line leaves
     * out of a dump, github.com/supabase/cli, internal/db/dump; of Neon its compute_tools/src/migration.rs and
     * neon.com/docs/changelog/2023-11-27; of Heroku its help article ZOFBHJCJ on heroku_ext.
     */
    private static final List<Row> TABLE = List.of(
            // The name is nobody else's. In a copy that another tool made it has another owner, and is still of no use.
            Row.of(HEROKU, "SCHEMA", "_heroku", ANYBODY, Reach.ALL_IN_IT),
            Row.of(HEROKU, "SCHEMA", "heroku_ext", ANYBODY, Reach.ITSELF),
            Row.of(HEROKU, "EXTENSION", "pg_stat_statements", ANYBODY, Reach.BESIDE_OTHERS),
            Row.of(HEROKU, "ACL", "(public\\.)?FUNCTION pg_stat_statements\\w*\\(.*", ANYBODY, Reach.BESIDE_OTHERS),
            Row.of(HEROKU, "ACL", "SCHEMA public", ANYBODY, Reach.BESIDE_OTHERS),
            Row.of(
                    SUPABASE,
                    "SCHEMA",
                    "auth|storage|_?realtime|graphql|graphql_public|pgbouncer|pgsodium|pgsodium_masks|vault|pgtle"
                            + "|supabase_functions|_analytics|_supavisor",
                    SUPABASE_ROLES,
                    Reach.ALL_IN_IT),
            Row.of(
                    SUPABASE,
                    "FUNCTION",
                    "extensions\\.(grant_pg_(cron|graphql|net)_access|pgrst_(ddl|drop)_watch|set_graphql_placeholder)\\(\\)",
                    "supabase_admin|postgres",
                    Reach.ITSELF),
            Row.of(SUPABASE, "EXTENSION", "pg_graphql|pgsodium|supabase_vault", ANYBODY, Reach.ITSELF),
            Row.of(SUPABASE, "EXTENSION", "pg_stat_statements", ANYBODY, Reach.BESIDE_OTHERS),
            Row.of(SUPABASE, "PUBLICATION", "supabase_realtime\\w*", ANYBODY, Reach.BESIDE_OTHERS),
            Row.of(SUPABASE, "DEFAULT ACL", ANYBODY, SUPABASE_ROLES, Reach.ITSELF),
            // Event triggers of customers get this owner too; a schema of customers does not.
            Row.of(RDS, "SCHEMA", "(?!public$).*", "rdsadmin", Reach.ALL_IN_IT),
            Row.of(CLOUD_SQL, "SCHEMA", "google_\\w+", "cloudsqladmin", Reach.ALL_IN_IT),
            Row.of(CLOUD_SQL, "EXTENSION", "google_\\w+", ANYBODY, Reach.ITSELF),
            Row.of(NEON, "SCHEMA", "neon|neon_migration", "cloud_admin", Reach.ALL_IN_IT),
            Row.of(NEON, "EXTENSION", "neon", ANYBODY, Reach.ITSELF));

    /** Privileges of a schema are the company's if there is nothing else in them. */
    private static final Pattern RIGHTS = Pattern.compile("\\s*REVOKE USAGE ON SCHEMA \"?public\"? FROM PUBLIC;\\s*");

    private static final Pattern CALLED = Pattern.compile("EXECUTE (?:FUNCTION|PROCEDURE) (.+?)\\(");

    private final Map<Integer, String> found = new LinkedHashMap<>();
    private final Map<String, String> schemas = new HashMap<>();

    private HostObjects(Contents contents) {
        find(contents);
    }

    /** Finds what is a company's in some contents. */
    static HostObjects in(Contents contents) {
        return new HostObjects(contents);
    }

    /** Whose an entry is, by its id, in the order of the contents; not all that lies on them is among them. */
    Map<Integer, String> found() {
        return Collections.unmodifiableMap(found);
    }

    /** Whose a schema with all that is in it is, by its name. */
    Map<String, String> schemas() {
        return Map.copyOf(schemas);
    }

    private void find(Contents contents) {
        for (Entry entry : contents.entries()) {
            find(entry, Reach.ALL_IN_IT).ifPresent(host -> schemas.put(entry.tag(), host));
        }
        for (Entry entry : contents.entries()) {
            String host = schemas.get(entry.kind().equals("SCHEMA") ? entry.tag() : String.valueOf(entry.schema()));
            if (host == null) {
                find(entry, Reach.ITSELF).ifPresent(owner -> found.put(entry.id(), owner));
            } else {
                found.put(entry.id(), host);
            }
        }
        for (Entry entry : contents.entries()) {
            if (entry.kind().equals("EVENT TRIGGER")) {
                functionOf(entry, contents).map(found::get).ifPresent(host -> found.put(entry.id(), host));
            }
        }
        Set<String> hosts = new HashSet<>(found.values());
        for (Entry entry : contents.entries()) {
            find(entry, Reach.BESIDE_OTHERS)
                    .filter(host -> hosts.contains(host) && !found.containsKey(entry.id()) && isNothingElse(entry))
                    .ifPresent(host -> found.put(entry.id(), host));
        }
    }

    private static Optional<String> find(Entry entry, Reach reach) {
        return TABLE.stream()
                .filter(row -> row.reach() == reach && row.matches(entry))
                .map(Row::host)
                .findFirst();
    }

    private static boolean isNothingElse(Entry entry) {
        return !entry.kind().equals("ACL")
                || !entry.tag().startsWith("SCHEMA ")
                || RIGHTS.matcher(String.valueOf(entry.definition())).matches();
    }

    private static Optional<Integer> functionOf(Entry trigger, Contents contents) {
        Matcher called = CALLED.matcher(String.valueOf(trigger.definition()));
        if (!called.find()) {
            return Optional.empty();
        }
        String name = called.group(1).replace("\"", "");
        return contents.entries().stream()
                .filter(entry -> entry.kind().equals("FUNCTION")
                        && name.equals(entry.schema() + "." + entry.tag().replaceFirst("\\(.*", "")))
                .map(Entry::id)
                .findFirst();
    }
}
