package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A lock on a database's name, for the one who is replacing its contents, that the server drops with the session that took it. Its owner is the session's
 * application name. It is held from another database where that is possible: there it neither hinders a swap nor ends
 * with one.
 */
public final class AdvisoryLock implements AutoCloseable {

    /** A number that nobody else would use. */
    private static final int KEY = 1382380405;

    /** The session of a process that was killed ends when its server notices. */
    private static final String PATIENCE = "10s";

    /** How the names of sessions that hold locks begin. */
    static final String PREFIX = "restage lock: ";

    private static final System.Logger LOG = System.getLogger(AdvisoryLock.class.getName());

    /** PostgreSQL cuts an application name here. Source: NAMEDATALEN, PostgreSQL documentation 20.8. */
    private static final int NAME_BYTES = 63;

    private final Connection session;

    private AdvisoryLock(Connection session) {
        this.session = session;
    }

    /** Takes the lock of the one who is replacing a database's contents. */
    static AdvisoryLock forReplacement(Sessions target) {
        String owner = "replacing " + target.database().database();
        String name = (PREFIX + owner).replaceAll("[^\\x20-\\x7e]", "?");
        Sessions place = Maintenance.of(target).orElse(target);
        Connection session = place.named(name.substring(0, Math.min(NAME_BYTES, name.length())));
        AdvisoryLock lock = new AdvisoryLock(session);
        String key = "%d, hashtext(%s)"
                .formatted(KEY, Query.literal(target.database().database()));
        Query query = new Query(session);
        try {
            query.run("SET lock_timeout = '%s'".formatted(PATIENCE));
            query.list("SELECT pg_advisory_lock(%s)".formatted(key), row -> key);
            return lock;
        } catch (SQLException e) {
            try (lock) {
                throw ServerErrors.isLockTimeout(e)
                        ? held(target, query, key)
                        : ServerErrors.of(target.database(), "lock database", e);
            }
        }
    }

    private static ProviderException held(Sessions target, Query query, String key) {
        String holders;
        try {
            holders = String.join(
                    ", ",
                    query.list(
                            "SELECT COALESCE(a.application_name, 'pid ' || l.pid) FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)"
                                    + " WHERE l.locktype = 'advisory' AND l.granted AND (l.classid::bigint::int4, l.objid::bigint::bit(32)::int4) = ("
                                    + key
                                    + ") AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                            row -> row.getString(1).replace(PREFIX, "")));
        } catch (SQLException e) {
            holders = "another session";
        }
        return new ProviderException(
                Kind.CONFLICT,
                "%s is locked by %s; wait until that run has ended".formatted(target.database(), holders),
                Effect.NONE,
                null);
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
