package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.Identity;
import dev.restage.provider.database.DatabaseInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a database what it is. */
public final class Description {

    private static final String SYSTEM = "SELECT system_identifier::text FROM pg_control_system()";

    /**
     * For hosts that deny pg_control_system: since when which server runs. Not where it is reached: that differs between its
     * addresses, its socket and a pooler before it.
     */
    private static final String PROCESS =
            "SELECT concat_ws('-', current_setting('port'), extract(epoch FROM pg_postmaster_start_time()))";

    private static final String DENIED = "42501";

    private final Query query;
    private final Connection connection;

    public Description(Connection connection) {
        this.connection = connection;
        this.query = new Query(connection);
    }

    /** The server and the database's own name, which stays when a swap gives it other contents and another oid. */
    public Identity identity() throws SQLException {
        return Identity.of("postgres database", server(), one("SELECT current_database()"));
    }

    public DatabaseInfo info() throws SQLException {
        Map<String, String> extensions = query
                .list(
                        "SELECT extname, extversion FROM pg_extension",
                        row -> Map.entry(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new DatabaseInfo(
                "PostgreSQL " + one("SELECT split_part(current_setting('server_version'), ' ', 1)"),
                connection.getMetaData().getDatabaseMajorVersion(),
                Long.parseLong(one("SELECT pg_database_size(current_database())::text")),
                extensions,
                query.list(
                        "SELECT n.nspname, c.relname, GREATEST(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid) FROM pg_class c"
                                + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_'"
                                + " AND n.nspname <> 'information_schema' ORDER BY 1, 2",
                        row -> new DatabaseInfo.Table(
                                row.getString(1), row.getString(2), row.getLong(3), row.getLong(4))));
    }

    private String server() throws SQLException {
        try {
            return one(SYSTEM);
        } catch (SQLException e) {
            if (!DENIED.equals(e.getSQLState())) {
                throw e;
            }
            return one(PROCESS);
        }
    }

    private String one(String sql) throws SQLException {
        return query.one(sql, row -> row.getString(1));
    }
}
