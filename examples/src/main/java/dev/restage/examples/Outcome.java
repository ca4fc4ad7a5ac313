package dev.restage.examples;

import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.site.Person;
import dev.restage.sandbox.site.Site;
import dev.restage.sandbox.vendor.chat.ChatMessage;
import dev.restage.sandbox.vendor.cloudflare.Purge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Looks at a sandbox after a reset, past Restage and its providers: into the databases, buckets, branches and caches
 * themselves.
 *
 * @param checks what was looked at
 */
public record Outcome(List<Check> checks) {

    /** Where a reset keeps what an undo puts back. */
    private static final String TRASH = Site.MEDIA_LOCATION + "restage-trash/";

    /**
     * One thing that was looked at.
     *
     * @param promise what should be true
     * @param problem what is not; empty if it is true
     */
    public record Check(String promise, String problem) {

        /** {@return whether it is true} */
        public boolean kept() {
            return problem.isEmpty();
        }
    }

    /** Something to look at that can fail in the ways of databases and files. */
    @FunctionalInterface
    private interface Look {
        String problem() throws SQLException, IOException;
    }

    /**
     * Copies the list.
     *
     * @param checks what was looked at
     */
    public Outcome {
        checks = List.copyOf(checks);
    }

    /**
     * Looks at everything that a reset promises.
     *
     * @param sandbox the sandbox
     * @return what was found
     */
    public static Outcome of(Sandbox sandbox) {
        Site site = sandbox.site();
        List<Check> checks = new ArrayList<>();
        look(
                checks,
                "no e-mail address or name of a production user is readable in staging's database",
                () -> leaks(site));
        for (String table : List.of("wagtailcore_page", "images_customimage", "wagtaildocs_document")) {
            look(
                    checks,
                    "as many rows in " + table + " as production has",
                    () -> equal("SELECT count(*) FROM " + table, site));
        }
        look(checks, "staging's own hosts are in the site records", () -> hosts(site));
        look(checks, "no text of staging's database links to production's hosts", () -> links(site));
        look(checks, "the migration of the merged branch is applied", () -> migrated(site));
        look(
                checks,
                "each image and document of production is there under a name that does not tell it, and no other object",
                () -> media(sandbox));
        look(
                checks,
                "the branch is main with a merge of each named branch, and the stale one is gone",
                () -> branch(sandbox));
        look(checks, "the app runs the new commit", () -> deployed(sandbox));
        look(checks, "the site's keys are gone from Redis and its neighbours' are there", () -> cache(sandbox));
        look(checks, "the purge reached staging's host in the zone, and nothing else", () -> purges(sandbox));
        look(checks, "the messages name the facts of this run", () -> messages(sandbox));
        return new Outcome(checks);
    }

    /** {@return whether everything is as promised} */
    public boolean kept() {
        return checks.stream().allMatch(Check::kept);
    }

    /** {@return a line for each check} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Check check : checks) {
            text.append("  %-4s  %s%s%n"
                    .formatted(
                            check.kept() ? "ok" : "FAIL", check.promise(), check.kept() ? "" : ": " + check.problem()));
        }
        return text.toString();
    }

    private static void look(List<Check> checks, String promise, Look look) {
        try {
            checks.add(new Check(promise, look.problem()));
        } catch (SQLException e) {
            checks.add(new Check(promise, "the database refuses to answer: " + e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String leaks(Site site) throws SQLException {
        Set<String> needles = new TreeSet<>();
        for (Person person : site.people()) {
            needles.add(person.email().toLowerCase(Locale.ROOT));
            needles.add(person.fullName().toLowerCase(Locale.ROOT));
        }
        Set<String> places = new TreeSet<>();
        try (Connection staging = site.staging().database().connect();
                Statement statement = staging.createStatement()) {
            for (String table : strings(
                    statement,
                    "SELECT quote_ident(tablename) FROM pg_tables"
                            + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                for (String row : strings(statement, "SELECT t::text FROM " + table + " t")) {
                    String text = unescaped(row).toLowerCase(Locale.ROOT);
                    if (needles.stream().anyMatch(text::contains)) {
                        places.add(table);
                    }
                }
            }
        }
        return places.isEmpty() ? "" : "found in " + places;
    }

    /** JSON keeps letters beyond ASCII as escapes, and a row's text doubles their backslashes. */
    private static String unescaped(String text) {
        return Pattern.compile("\\\\+u([0-9a-fA-F]{4})")
                .matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))));
    }

    private static String equal(String query, Site site) throws SQLException {
        List<String> production = query(site.production().database().connect(), query);
        List<String> staging = query(site.staging().database().connect(), query);
        return production.equals(staging) ? "" : "production has " + production + ", staging " + staging;
    }

    private static String hosts(Site site) throws SQLException {
        Set<String> wanted = Set.of(
                site.staging().hosts().main() + ":443", site.staging().hosts().second() + ":443");
        Set<String> found = new TreeSet<>(
                query(site.staging().database().connect(), "SELECT hostname || ':' || port FROM wagtailcore_site"));
        return found.equals(wanted) ? "" : "found " + found;
    }

    private static String links(Site site) throws SQLException {
        Set<String> places = new TreeSet<>();
        try (Connection staging = site.staging().database().connect();
                Statement statement = staging.createStatement()) {
            for (String table : strings(
                    statement,
                    "SELECT quote_ident(tablename) FROM pg_tables"
                            + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                for (String host : List.of(
                        site.production().hosts().main(),
                        site.production().hosts().second(),
                        site.production().hosts().media())) {
                    if (!strings(
                                    statement,
                                    "SELECT 1 FROM %s t WHERE t::text LIKE '%%//%s%%' LIMIT 1".formatted(table, host))
                            .isEmpty()) {
                        places.add(table + " names " + host);
                    }
                }
            }
        }
        return String.join(", ", places);
    }

    private static String migrated(Site site) throws SQLException {
        String query = "SELECT app || '.' || name FROM django_migrations WHERE app = 'news' ORDER BY name";
        List<String> production = query(site.production().database().connect(), query);
        List<String> staging = query(site.staging().database().connect(), query);
        return staging.size() > production.size() && staging.containsAll(production)
                ? ""
                : "production has " + production + ", staging " + staging;
    }

    /** The rows name the objects, and have the SHA-1 of their bytes. */
    private static String media(Sandbox sandbox) throws SQLException {
        Site site = sandbox.site();
        String to = site.staging().bucket();
        Map<String, String> files = new TreeMap<>();
        for (String row : query(
                site.staging().database().connect(),
                "SELECT file || ' ' || file_hash FROM images_customimage"
                        + " UNION ALL SELECT file || ' ' || file_hash FROM wagtaildocs_document")) {
            int space = row.lastIndexOf(' ');
            files.put(Site.MEDIA_LOCATION + row.substring(0, space), row.substring(space + 1));
        }
        Set<String> keys = new TreeSet<>(sandbox.s3().keys(to));
        keys.removeIf(key -> key.startsWith(TRASH));
        if (!keys.equals(files.keySet())) {
            return "%d rows name files, and the bucket has %d objects".formatted(files.size(), keys.size());
        }
        Set<String> told = new TreeSet<>(sandbox.s3().keys(site.production().bucket()));
        told.retainAll(keys);
        long different = files.entrySet().stream()
                .filter(file ->
                        !sandbox.s3().get(to, file.getKey()).map(Outcome::sha1).equals(Optional.of(file.getValue())))
                .count();
        return different == 0 && told.isEmpty()
                ? ""
                : "%d objects differ, and %d have production's names".formatted(different, told.size());
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static String branch(Sandbox sandbox) throws IOException {
        Site site = sandbox.site();
        try (Repository repository = repository(sandbox);
                RevWalk walk = new RevWalk(repository)) {
            RevCommit main = commit(repository, walk, site.branches().main());
            RevCommit at = commit(repository, walk, site.branches().staging());
            if (walk.isMergedInto(commit(repository, walk, site.branches().stale()), at)) {
                return "the stale branch is still merged";
            }
            List<String> open = new ArrayList<>(site.branches().open());
            java.util.Collections.reverse(open);
            for (String name : open) {
                walk.parseHeaders(at);
                if (at.getParentCount() != 2 || !at.getParent(1).equals(commit(repository, walk, name))) {
                    return "no merge commit of " + name + " where it should be";
                }
                at = walk.parseCommit(at.getParent(0));
            }
            return at.equals(main) ? "" : "the merges do not begin at main";
        }
    }

    private static String deployed(Sandbox sandbox) throws IOException {
        String app = sandbox.staging().require(sandbox.staging().app(), "app").rest();
        try (Repository repository = repository(sandbox);
                RevWalk walk = new RevWalk(repository)) {
            String head = commit(repository, walk, sandbox.site().branches().staging())
                    .name();
            String runs = sandbox.heroku().deployedCommit(app);
            return head.equals(runs) ? "" : "it runs " + runs + " and not " + head;
        }
    }

    private static String cache(Sandbox sandbox) {
        for (int database : sandbox.site().cache().databases()) {
            Set<String> own =
                    sandbox.redis().keys(database, sandbox.site().cache().prefix() + ":*");
            if (!own.isEmpty()) {
                return "database %d still has %s".formatted(database, own);
            }
            for (String foreign : sandbox.site().cache().foreignKeys()) {
                if (sandbox.redis().get(database, foreign).isEmpty()) {
                    return "database %d lost %s".formatted(database, foreign);
                }
            }
        }
        return "";
    }

    private static String purges(Sandbox sandbox) {
        List<Purge> purges = sandbox.cloudflare().purges();
        String host = sandbox.site().staging().hosts().main();
        boolean right = !purges.isEmpty()
                && purges.stream()
                        .allMatch(purge ->
                                purge.kind().equals("hosts") && purge.values().equals(List.of(host)));
        return right ? "" : "found " + purges;
    }

    private static String messages(Sandbox sandbox) throws IOException {
        String all =
                sandbox.webhook().messages().stream().map(ChatMessage::json).reduce("", String::concat);
        try (Repository repository = repository(sandbox);
                RevWalk walk = new RevWalk(repository)) {
            String head = commit(repository, walk, sandbox.site().branches().staging())
                    .name();
            for (String fact : List.of(
                    head,
                    "git branch -D staging",
                    sandbox.site().branches().open().get(0),
                    "rows",
                    sandbox.site().stagingOnly().people().get(0).userName())) {
                if (!all.contains(fact)) {
                    return "no message names " + fact;
                }
            }
        }
        return "";
    }

    private static Repository repository(Sandbox sandbox) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(sandbox.git()
                        .repositoryDirectory(sandbox.site().repository())
                        .toFile())
                .build();
    }

    private static RevCommit commit(Repository repository, RevWalk walk, String branch) throws IOException {
        ObjectId id = repository.resolve("refs/heads/" + branch);
        if (id == null) {
            throw new IOException("there is no branch " + branch);
        }
        return walk.parseCommit(id);
    }

    private static List<String> query(Connection connection, String query) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            return strings(statement, query);
        }
    }

    private static List<String> strings(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
