package dev.restage.postgres.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Names the sessions that hold the locks which a filling waits for. */
public final class Blockers {

    private Blockers() {}

    public static String of(Sessions sessions) {
        try (Connection connection = sessions.read()) {
            List<String> found = new Query(connection)
                    .list(
                            "SELECT DISTINCT format('pid %s (user %s, %s)', a.pid, a.usename, COALESCE(NULLIF(a.application_name, ''), 'no name'))"
                                    + " FROM pg_locks l JOIN pg_stat_activity a USING (pid) JOIN pg_class c ON c.oid = l.relation"
                                    + " WHERE l.locktype = 'relation' AND l.granted AND c.oid >= 16384 AND a.pid <> pg_backend_pid()"
                                    + " AND a.application_name NOT LIKE 'restage copy%'"
                                    + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1",
                            row -> row.getString(1));
            return found.isEmpty()
                    ? "the sessions that held its tables are gone: run again"
                    : "its tables are in use by %s: stop them and run again".formatted(String.join(", ", found));
        } catch (SQLException e) {
            return "its tables are in use: stop the application and run again";
        }
    }
}
