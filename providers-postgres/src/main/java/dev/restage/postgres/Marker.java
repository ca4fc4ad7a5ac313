package dev.restage.postgres;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.SnapshotId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Says in a database what it was last filled with. It is the comment of an empty schema of our own, because that
 * changes in the transaction that fills the database and needs no more rights than filling it.
 */
record Marker(String text) {

    private static final String SNAPSHOT = "filled from snapshot ";

    static Marker of(SnapshotId snapshot) {
        return new Marker(SNAPSHOT + snapshot.value());
    }

    static Marker of(ConnectionSpec source) {
        return new Marker("filled from database " + source.database());
    }

    void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS %s; COMMENT ON SCHEMA %s IS %s"
                    .formatted(Catalog.OWN_SCHEMA, Catalog.OWN_SCHEMA, Catalog.literal(text)));
        }
    }

    static Optional<SnapshotId> snapshot(Connection connection) throws SQLException {
        List<String> found = new Catalog(connection)
                .askText(
                        "SELECT COALESCE(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = '"
                                + Catalog.OWN_SCHEMA + "'",
                        row -> row.getString(1));
        return found.stream()
                .filter(text -> text.startsWith(SNAPSHOT))
                .map(text -> new SnapshotId(text.substring(SNAPSHOT.length())))
                .findFirst();
    }
}
