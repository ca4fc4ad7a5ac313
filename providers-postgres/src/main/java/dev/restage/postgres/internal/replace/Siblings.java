package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The databases that Restage makes beside a target on its server: unfinished ones, and snapshots. All of them have names
 * that tell whose they are; an unfinished one has a limit of connections that nobody else would set, a snapshot has a
 * comment and takes no connections. Nothing else is ever dropped.
 */
final class Siblings {

    /** The server's word for a database that somebody is connected to. */
    static final String IN_USE = "55006";

    /** The server's word for what a role may not do. */
    private static final String DENIED = "42501";

    /** From the statement that creates a database until the moment that it gets its use, so that no crash hides it. */
    private static final int UNFINISHED = 1382380404;

    private static final String NAME = "_restage_";

    /** PostgreSQL cuts a name after 63 bytes; {@link #NAME} and a snapshot's name need 38 of them. */
    private static final int PREFIX_BYTES = 25;

    private final Connection maintenance;
    private final Query query;
    private final String target;

    Siblings(Connection maintenance, String target) {
        this.maintenance = maintenance;
        this.query = new Query(maintenance);
        this.target = target;
    }

    /** Why a database cannot be made beside the target and take its name; empty if it can. */
    static Optional<String> obstacle(Sessions target) throws SQLException {
        Optional<Sessions> maintenance = Maintenance.of(target);
        if (maintenance.isEmpty()) {
            return Optional.of("the role cannot connect to the databases postgres or template1");
        }
        try (Connection connection = maintenance.get().read()) {
            return new Siblings(connection, target.database().database())
                    .ask("beside.sql", "").stream().findFirst();
        }
    }

    /** Makes an empty database that nobody else can connect to, with the locale and settings of the target. */
    String create() throws SQLException {
        String name = newName();
        run(ask("create.sql", name).get(0) + " CONNECTION LIMIT " + UNFINISHED);
        run("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(Query.quoted(name)));
        for (String setting : ask("settings.sql", name)) {
            run(setting);
        }
        return name;
    }

    /** Makes a copy of a database that has no sessions. */
    String copyOf(String database) throws SQLException {
        String name = newName();
        // Copying files is faster than the default since 15, which writes every page to the log.
        String strategy = maintenance.getMetaData().getDatabaseMajorVersion() >= 15 ? " STRATEGY file_copy" : "";
        run("CREATE DATABASE %s TEMPLATE %s%s CONNECTION LIMIT %d"
                .formatted(Query.quoted(name), Query.quoted(database), strategy, UNFINISHED));
        run("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(Query.quoted(name)));
        if (!database.equals(target)) {
            for (String setting : ask("settings.sql", name)) {
                run(setting);
            }
        }
        return name;
    }

    /** Gives a sibling the name of the target and the target the name of a snapshot, both or neither. */
    SnapshotId swap(String incoming) throws SQLException {
        SnapshotId before = SnapshotName.next();
        List<String> appearance = ask("appearance.sql", target);
        maintenance.setAutoCommit(false);
        try {
            // A rename waits up to 5 seconds for sessions to end, and keeps new ones waiting meanwhile and until the
            // commit.
            run("ALTER DATABASE %s RENAME TO %s".formatted(Query.quoted(target), Query.quoted(name(before))));
            run("ALTER DATABASE %s RENAME TO %s".formatted(Query.quoted(incoming), Query.quoted(target)));
            for (String statement : appearance) {
                run(statement);
            }
            shelve(before, Use.BEFORE);
            maintenance.commit();
            return before;
        } catch (SQLException e) {
            maintenance.rollback();
            throw e;
        } finally {
            maintenance.setAutoCommit(true);
        }
    }

    /** Makes a finished copy of the target a snapshot. */
    SnapshotId keep(String copy) throws SQLException {
        maintenance.setAutoCommit(false);
        try {
            SnapshotId id = new SnapshotId(copy.substring(copy.length() - SnapshotName.LENGTH));
            shelve(id, Use.SNAPSHOT);
            maintenance.commit();
            return id;
        } finally {
            maintenance.rollback();
            maintenance.setAutoCommit(true);
        }
    }

    private void shelve(SnapshotId id, Use use) throws SQLException {
        String quoted = Query.quoted(name(id));
        run("COMMENT ON DATABASE %s IS %s".formatted(quoted, Query.literal(comment(use, id))));
        run("ALTER DATABASE %s CONNECTION LIMIT -1 ALLOW_CONNECTIONS false".formatted(quoted));
    }

    /** Drops what runs that did not come to an end have left. */
    void dropUnfinished() throws SQLException {
        List<String> found = query.list(
                "SELECT datname FROM pg_database WHERE datconnlimit = %d AND pg_has_role(datdba, 'USAGE')"
                        .formatted(UNFINISHED),
                row -> row.getString(1));
        for (String name : found) {
            if (isNamedByUs(name)) {
                drop(name);
            }
        }
    }

    /** Drops what copies before a given one have kept, so that there is one way back and not a pile of them. */
    void dropKeptBut(SnapshotId last) throws SQLException {
        for (Snapshot kept : snapshots(List.of(Use.BEFORE))) {
            if (!kept.id().equals(last)) {
                drop(name(kept.id()));
            }
        }
    }

    /**
     * Drops an unfinished sibling or a snapshot, with whatever is connected to it. The server waits five seconds for the sessions
     * that it ends; on a busy machine one that is copying takes longer. By force it ends none if a superuser's is among them, and
     * an autovacuum worker is one; without force it sends that away by itself.
     */
    void drop(String name) throws SQLException {
        long end = System.nanoTime() + Fence.PATIENCE.toNanos();
        String force = " WITH (FORCE)";
        while (true) {
            try {
                run("DROP DATABASE IF EXISTS %s%s".formatted(Query.quoted(name), force));
                return;
            } catch (SQLException e) {
                boolean denied = DENIED.equals(e.getSQLState()) && !force.isEmpty();
                if (!denied && (!IN_USE.equals(e.getSQLState()) || System.nanoTime() > end)) {
                    throw e;
                }
                if (denied) {
                    force = "";
                    terminate(name, Fence.Ended.ALL);
                }
            }
        }
    }

    List<Snapshot> snapshots() throws SQLException {
        return snapshots(List.of(Use.values()));
    }

    private List<Snapshot> snapshots(List<Use> uses) throws SQLException {
        return query
                .list(
                        "SELECT datname, shobj_description(oid, 'pg_database'), pg_database_size(oid) FROM pg_database"
                                + " WHERE NOT datallowconn AND pg_has_role(datdba, 'USAGE')",
                        row -> new Found(row.getString(1), String.valueOf(row.getString(2)), row.getLong(3)))
                .stream()
                .filter(found -> isNamedByUs(found.name()))
                .filter(found -> uses.stream().anyMatch(use -> found.comment().equals(comment(use, found.id()))))
                .map(found -> new Snapshot(found.id(), SnapshotName.takenAt(found.id()), found.bytes()))
                .toList();
    }

    /** The name of the database that a snapshot is; of this target or of another one that the role owns. */
    Optional<String> find(SnapshotId id) throws SQLException {
        if (!SnapshotName.isOne(id.value())) {
            return Optional.empty();
        }
        return query
                .list(
                        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE NOT datallowconn"
                                + " AND pg_has_role(datdba, 'USAGE') AND right(datname, %d) = %s"
                                        .formatted(
                                                NAME.length() + SnapshotName.LENGTH, Query.literal(NAME + id.value())),
                        row -> new Found(row.getString(1), String.valueOf(row.getString(2)), 0))
                .stream()
                .filter(found -> List.of(Use.values()).stream()
                        .anyMatch(use -> found.comment().startsWith(use.text + id.value() + " ")))
                .map(Found::name)
                .findFirst();
    }

    /** Ends the sessions of a database that the role may end. */
    void terminate(String database, Fence.Ended ended) throws SQLException {
        String which = ended == Fence.Ended.IDLE ? "a.state = 'idle'" : "true";
        query.list(text("terminate.sql", "", database).replace("{which}", which), row -> row.getBoolean(1));
    }

    /** The sessions of a database, each by its process, role and application. */
    List<String> sessions(String database) throws SQLException {
        return query.list(text("others.sql", "", database), row -> row.getString(1));
    }

    private List<String> ask(String file, String name) throws SQLException {
        return query.list(text(file, name, target), row -> row.getString(1)).stream()
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private static String text(String file, String name, String database) {
        return Query.text(Siblings.class, file)
                .replace("{name}", Query.literal(name))
                .replace("{database}", Query.literal(database));
    }

    private void run(String sql) throws SQLException {
        query.run(sql);
    }

    private String newName() {
        return name(SnapshotName.next());
    }

    private String name(SnapshotId id) {
        return prefix() + NAME + id.value();
    }

    private boolean isNamedByUs(String name) {
        String beginning = prefix() + NAME;
        return name.startsWith(beginning) && SnapshotName.isOne(name.substring(beginning.length()));
    }

    private String prefix() {
        if (target.getBytes(StandardCharsets.UTF_8).length <= PREFIX_BYTES) {
            return target;
        }
        String hash = "_%08x".formatted(target.hashCode());
        int length = Math.min(target.length(), PREFIX_BYTES - hash.length());
        while (target.substring(0, length).getBytes(StandardCharsets.UTF_8).length > PREFIX_BYTES - hash.length()) {
            length--;
        }
        return target.substring(0, length) + hash;
    }

    private String comment(Use use, SnapshotId id) {
        return use.text + id.value() + " of " + target;
    }

    /** What a finished sibling is for. */
    private enum Use {
        BEFORE("Restage: what a copy replaced, snapshot "),
        SNAPSHOT("Restage: snapshot ");

        private final String text;

        Use(String text) {
            this.text = text;
        }
    }

    private record Found(String name, String comment, long bytes) {
        SnapshotId id() {
            return new SnapshotId(name.substring(name.length() - SnapshotName.LENGTH));
        }
    }
}
