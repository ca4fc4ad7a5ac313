package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.session.Blockers;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * A snapshot in which the catalog says how the tables really are: all of them were locked before it was taken. Locking
 * takes no snapshot, but listing does; so tables are listed in one transaction and locked as the first act of the next,
 * whose snapshot tells whether they were the right ones.
 */
final class LockedSnapshot {

    /** Each try meets only what was made, dropped or renamed within moments. */
    private static final int TRIES = 10;

    /** What a server says of a table that is gone, or was replaced: undefined table or schema, wrong kind, denied. */
    private static final Set<String> CHANGED = Set.of("42P01", "3F000", "42809", "42501");

    private final Sessions sessions;
    private final Connection session;
    private final Query query;

    private LockedSnapshot(Sessions sessions, Connection session) {
        this.sessions = sessions;
        this.session = session;
        this.query = new Query(session);
    }

    /** A table under the name that it is locked by. */
    private record Table(long oid, String name) {}

    /**
     * Begins the transaction of a session that has one already, in repeatable read.
     *
     * @return the snapshot's name
     * @throws ProviderException {@code CONFLICT} if somebody is changing the form of a table
     */
    static String take(Sessions sessions, Connection session) throws SQLException {
        return new LockedSnapshot(sessions, session).take();
    }

    private String take() throws SQLException {
        List<Table> tables = listed();
        for (int i = 0; i < TRIES; i++) {
            session.rollback();
            boolean locked = lock(tables);
            List<Table> now = listed();
            if (locked && now.equals(tables)) {
                return query.one("SELECT pg_catalog.pg_export_snapshot()", row -> row.getString(1));
            }
            tables = now;
        }
        throw new ProviderException(
                ProviderException.Kind.CONFLICT,
                "%s cannot be read: tables were made, dropped or renamed each of the %d times that all of them were locked; run again when that has ended"
                        .formatted(sessions.database(), TRIES),
                Effect.NONE,
                null);
    }

    private List<Table> listed() throws SQLException {
        return query.list(
                Query.text(LockedSnapshot.class, "lockable.sql"), row -> new Table(row.getLong(1), row.getString(2)));
    }

    /** Whether all of them were still there to be locked. */
    private boolean lock(List<Table> tables) throws SQLException {
        if (tables.isEmpty()) {
            return true;
        }
        String names = String.join(", ONLY ", tables.stream().map(Table::name).toList());
        try {
            query.run("LOCK TABLE ONLY " + names + " IN ACCESS SHARE MODE");
            return true;
        } catch (SQLException e) {
            if (ServerErrors.isLockTimeout(e)) {
                throw new ProviderException(
                        ProviderException.Kind.CONFLICT,
                        "%s cannot be read, as the form of a table is being changed; %s"
                                .formatted(sessions.database(), Blockers.of(sessions, Blockers.Use.READING)),
                        Effect.NONE,
                        null);
            }
            if (CHANGED.contains(String.valueOf(e.getSQLState()))) {
                session.rollback();
                return false;
            }
            throw ServerErrors.of(sessions.database(), "lock the %d tables of".formatted(tables.size()), e);
        }
    }
}
