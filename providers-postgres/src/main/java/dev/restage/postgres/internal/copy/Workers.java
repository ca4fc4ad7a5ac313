package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import java.sql.Connection;
import java.sql.SQLException;

/** How many sessions a server can spare. */
public final class Workers {

    /** Left to others. */
    private static final int SPARED = 3;

    /** More sessions than this do not make a copy faster from one machine. */
    private static final int MOST = 16;

    private Workers() {}

    /**
     * How many may work on a transfer.
     *
     * @param free sessions that can be spared
     * @param most what the caller allows; 0 for no limit of his
     */
    public static int count(int most, int free) {
        int workers = most > 0 ? most : Math.max(2, Runtime.getRuntime().availableProcessors());
        return Math.max(1, Math.min(MOST, Math.min(workers, free)));
    }

    /**
     * How many may work between two databases, each with a session on either side.
     *
     * @param most what the caller allows; 0 for no limit of his
     */
    static int between(Sessions source, Sessions target, int most) throws SQLException {
        int free = Math.min(free(source), free(target));
        return count(most, source.isOnServerOf(target) ? free / 2 : free);
    }

    /** Sessions that a server can still open for this role in this database, less some that are left to others. */
    public static int free(Sessions sessions) throws SQLException {
        try (Connection session = sessions.read()) {
            return new Query(session).one(Query.text(Workers.class, "free.sql"), row -> row.getInt(1)) - SPARED;
        }
    }
}
