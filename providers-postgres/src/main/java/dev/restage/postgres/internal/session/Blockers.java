package dev.restage.postgres.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Names the sessions that hold the locks which ours waited for. */
public final class Blockers {

    private Blockers() {}

    /** What ours wanted to do with the tables. */
    public enum Use {
        /** Only those that change the form of a table are in the way, and those that wait to do it. */
        READING("l.mode = 'AccessExclusiveLock'"),
        /** Everybody who uses a table is in the way. */
        CHANGING("l.granted");

        private final String conflict;

        Use(String conflict) {
            this.conflict = conflict;
        }
    }

    /** Says which sessions are in the way, with a table each, and what to do. */
    public static String of(Sessions sessions, Use use) {
        try (Connection connection = sessions.read()) {
            List<String> found = new Query(connection)
                    .list(
                            Query.text(Blockers.class, "blockers.sql").replace("{conflict}", use.conflict),
                            row -> row.getString(1));
            return found.isEmpty()
                    ? "the sessions that held its tables are gone: run again"
                    : "its tables are in use by %s: stop them and run again".formatted(String.join(", ", found));
        } catch (SQLException e) {
            return "its tables are in use: stop the application and run again";
        }
    }
}
