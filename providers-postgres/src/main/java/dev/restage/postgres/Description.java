package dev.restage.postgres;

import dev.restage.provider.DatabaseInfo;
import dev.restage.provider.Identity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a database what it is. */
final class Description {

    private static final String SYSTEM = "SELECT system_identifier::text FROM pg_control_system()";

    /** For hosts that deny pg_control_system: which server process answers, and since when. */
    private static final String PROCESS =
            "SELECT concat_ws('-', host(inet_server_addr()), inet_server_port(), extract(epoch FROM pg_postmaster_start_time())::bigint)";

    private static final String DENIED = "42501";

    private final Catalog catalog;
    private final Connection connection;

    Description(Connection connection) {
        this.connection = connection;
        this.catalog = new Catalog(connection);
    }

    Identity identity() throws SQLException {
        String oid = one("SELECT oid::text FROM pg_database WHERE datname = current_database()");
        return Identity.of("postgres database", server(), oid);
    }

    DatabaseInfo info() throws SQLException {
        Map<String, String> extensions = catalog
                .askText(
                        "SELECT extname, extversion FROM pg_extension",
                        row -> Map.entry(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new DatabaseInfo(
                "PostgreSQL " + one("SELECT split_part(current_setting('server_version'), ' ', 1)"),
                connection.getMetaData().getDatabaseMajorVersion(),
                Long.parseLong(one("SELECT pg_database_size(current_database())::text")),
                extensions,
                catalog.askText(
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
        return catalog.askText(sql, row -> row.getString(1)).get(0);
    }
}
