package dev.restage.postgres;

import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.Lockable;
import dev.restage.provider.ProviderException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A lock that the server drops with the session that took it. Its owner is the session's application name. */
final class AdvisoryLock implements Lockable.Lock {

    private static final System.Logger LOG = System.getLogger(AdvisoryLock.class.getName());
    private static final String KEY = "1382380404, 1";
    private static final String PREFIX = "restage lock: ";

    /** PostgreSQL cuts an application name here. Source: NAMEDATALEN, PostgreSQL documentation 20.8. */
    private static final int NAME_BYTES = 63;

    private final Connection session;

    private AdvisoryLock(Connection session) {
        this.session = session;
    }

    static AdvisoryLock take(Sessions sessions, String owner) {
        String name = (PREFIX + owner).replaceAll("[^\\x20-\\x7e]", "?");
        Connection session = sessions.named(name.substring(0, Math.min(NAME_BYTES, name.length())));
        AdvisoryLock lock = new AdvisoryLock(session);
        try {
            Catalog catalog = new Catalog(session);
            if (catalog.askText("SELECT pg_try_advisory_lock(" + KEY + ")", row -> row.getBoolean(1))
                    .get(0)) {
                return lock;
            }
            List<String> holders = catalog.askText(
                    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory'"
                            + " AND l.granted AND (l.classid::bigint, l.objid::bigint) = (" + KEY + ")"
                            + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                    row -> row.getString(1).replace(PREFIX, ""));
            lock.close();
            throw new ProviderException(
                    ProviderException.Kind.CONFLICT,
                    "%s is locked by %s; wait until that run has ended"
                            .formatted(sessions.database(), String.join(", ", holders)),
                    dev.restage.provider.RestageException.Effect.NONE,
                    null);
        } catch (SQLException e) {
            lock.close();
            throw ServerErrors.of(sessions.database(), "lock database", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "the session of the lock was gone already", e);
        }
    }
}
