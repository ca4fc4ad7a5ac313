package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.catalog.CatalogReader;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.LeftBehind;
import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Drops what the role owns in a database. Extensions stay, with their schemas and members, because a host's role can often
 * not make them again; so does the schema public, what belongs to others, and what a hosting company has put there.
 */
final class Emptying {

    /** Kinds that end with what they are a part of. */
    private static final Set<String> PARTS = Set.of(
            "EXTENSION",
            "SHELL TYPE",
            "TABLE ATTACH",
            "INDEX ATTACH",
            "DEFAULT",
            "CONSTRAINT",
            "CHECK CONSTRAINT",
            "FK CONSTRAINT",
            "INDEX",
            "RULE",
            "TRIGGER",
            "POLICY",
            "ROW SECURITY",
            "SEQUENCE OWNED BY",
            "USER MAPPING",
            "PUBLICATION TABLE",
            "PUBLICATION TABLES IN SCHEMA",
            "COMMENT",
            "SECURITY LABEL",
            "ACL",
            "DEFAULT ACL");

    private static final Pattern END = Pattern.compile(";\\s*$");
    private static final int BATCH = 200;

    /** Each entry costs the server several locks until the end of its transaction. */
    private static final int ENTRIES_PER_TRANSACTION = 50;

    private final Connection connection;
    private final Query query;
    private final Contents contents;
    private final LeftBehind hosts;
    private final Set<String> broughtSchemas;
    private final boolean isSuperuser;
    private final Set<String> roles;
    private final Set<String> schemas;
    private final Set<String> keptSchemas;

    private Emptying(Connection connection, Contents contents) throws SQLException {
        this.connection = connection;
        this.query = new Query(connection);
        this.contents = contents;
        this.hosts = LeftBehind.of(contents, List.of());
        String user = query.one("SELECT current_user", row -> row.getString(1));
        this.broughtSchemas = contents.entries().stream()
                .filter(entry -> hosts.isWhole(entry) && user.equals(entry.owner()))
                .map(Entry::tag)
                .collect(Collectors.toSet());
        this.isSuperuser =
                query.one("SELECT rolsuper FROM pg_roles WHERE rolname = current_user", row -> row.getBoolean(1));
        this.roles = names("SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'USAGE')");
        this.schemas = names("SELECT nspname FROM pg_namespace WHERE pg_has_role(nspowner, 'USAGE')");
        this.keptSchemas = names("SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace");
        keptSchemas.add("public");
        contents.entries().stream()
                .filter(entry -> entry.schema() != null && isHosts(entry))
                .forEach(entry -> keptSchemas.add(String.valueOf(entry.schema())));
    }

    /** Looks at what is in a database, within a transaction. */
    static Emptying of(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        return new Emptying(connection, new CatalogReader(connection, major).contents());
    }

    /** Whether there is nothing to drop. */
    boolean isEmpty() {
        return dropped().findAny().isEmpty();
    }

    /** Whether a hosting company has something in a database that a new database would not have. */
    static boolean isHosted(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Emptying emptying = of(connection);
        return emptying.contents.entries().stream()
                .anyMatch(entry -> entry.kind().equals("SCHEMA") && emptying.isHosts(entry));
    }

    /** The names of what a hosting company has in it, which stays. */
    Set<String> hosted() {
        return contents.entries().stream()
                .filter(this::isHosts)
                .map(Entry::name)
                .collect(Collectors.toSet());
    }

    /** What stays, because it belongs to others. */
    List<Entry> foreign() {
        return contents.entries().stream()
                .filter(entry -> isWhole(entry) && !isOwn(entry))
                .toList();
    }

    /** Whether one transaction can drop it all: the server's lock table would be full by no more than half. */
    boolean isOneTransaction() throws SQLException {
        return query.one(Query.text(Emptying.class, "locks.sql"), row -> row.getBoolean(1));
    }

    /** Drops it all, and the rows in tables of extensions that a copy brings again; within the open transaction. */
    void run() throws SQLException {
        drop(BATCH, () -> {});
        dropRowsOfMembers();
    }

    /** The same in many transactions, of which the last one is open at the end. */
    void runInPieces() throws SQLException {
        drop(ENTRIES_PER_TRANSACTION, connection::commit);
        dropRowsOfMembers();
    }

    private void drop(int batch, AfterBatch after) throws SQLException {
        StringBuilder statements = new StringBuilder();
        int size = 0;
        for (Entry entry : dropped().toList()) {
            statements.append(drop(entry)).append('\n');
            size++;
            if (size % batch == 0) {
                query.run(statements.toString());
                after.run();
                statements.setLength(0);
            }
        }
        if (!statements.isEmpty()) {
            query.run(statements.toString());
        }
    }

    private void dropRowsOfMembers() throws SQLException {
        List<String> members = query.list(
                "SELECT format('DELETE FROM %s %s', c.oid::regclass, e.extcondition[i]) FROM pg_extension e"
                        + " CROSS JOIN generate_subscripts(e.extconfig, 1) AS i JOIN pg_class c ON c.oid = e.extconfig[i]"
                        + " WHERE c.relkind = 'r' AND has_table_privilege(c.oid, 'DELETE')",
                row -> row.getString(1));
        for (String statement : members) {
            query.run(statement);
        }
    }

    /** What follows some drops. */
    @FunctionalInterface
    private interface AfterBatch {
        void run() throws SQLException;
    }

    /** Last first, as what depends on something comes after it. */
    private Stream<Entry> dropped() {
        int size = contents.entries().size();
        return Stream.iterate(size - 1, i -> i >= 0, i -> i - 1)
                .map(contents.entries()::get)
                .filter(entry -> isWhole(entry) && isOwn(entry) && !isHosts(entry));
    }

    /** Where the role is a superuser, no company is above it; a company's schema that it owns was brought by a copy. */
    private boolean isHosts(Entry entry) {
        String schema = entry.kind().equals("SCHEMA") ? entry.tag() : String.valueOf(entry.schema());
        return !isSuperuser && hosts.isHosts(entry) && !broughtSchemas.contains(schema);
    }

    private boolean isWhole(Entry entry) {
        boolean stays = entry.kind().equals("SCHEMA") && keptSchemas.contains(entry.tag());
        return entry.drop() != null && !PARTS.contains(entry.kind()) && !stays;
    }

    private boolean isOwn(Entry entry) {
        String owner = entry.owner();
        String schema = entry.schema();
        return owner == null
                || owner.isEmpty()
                || roles.contains(owner)
                || (schema != null && schemas.contains(schema));
    }

    /** CASCADE, because objects that need each other have no order in which they can be dropped alone. */
    static String drop(Entry entry) {
        String statement = String.valueOf(entry.drop());
        String words = "DROP " + entry.kind();
        if (!statement.startsWith(words)) {
            return statement;
        }
        return END.matcher(words + " IF EXISTS" + statement.substring(words.length()))
                .replaceFirst(Matcher.quoteReplacement(" CASCADE;"));
    }

    private Set<String> names(String sql) throws SQLException {
        return new HashSet<>(query.list(sql, row -> row.getString(1)));
    }
}
