package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.SnapshotId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Says in a database what it was last filled with, or that its filling has not ended. It is the comment of an empty
 * schema of our own, because that changes in the transaction that empties the database and needs no more rights.
 *
 * @param text what people read
 */
public record Marker(String text) {

    /** The schema that carries the marker. */
    public static final String SCHEMA = "restage";

    private static final String INCOMPLETE = "incomplete: ";
    private static final String SNAPSHOT = "filled from snapshot ";

    /** What a database says that was filled from a snapshot. */
    public static Marker of(SnapshotId snapshot) {
        return new Marker(SNAPSHOT + snapshot.value());
    }

    /** What a database says that was filled from another one, or from an archive. */
    public static Marker of(String source) {
        return new Marker("filled from " + source);
    }

    /** What the database says until it is complete. */
    Marker unfinished() {
        return new Marker("%snot yet %s; being filled since %s by %s: do not use, run again"
                .formatted(
                        INCOMPLETE,
                        text,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        System.getProperty("user.name")));
    }

    /** Whether the filling that wrote it has not ended. */
    public boolean isUnfinished() {
        return text.startsWith(INCOMPLETE);
    }

    /** The snapshot that the database was filled with. */
    public Optional<SnapshotId> snapshot() {
        return Optional.of(text)
                .filter(found -> found.startsWith(SNAPSHOT))
                .map(found -> new SnapshotId(found.substring(SNAPSHOT.length())));
    }

    /** The marker of a database, if it has one. */
    public static Optional<Marker> of(Connection connection) throws SQLException {
        return new Query(connection)
                        .list(
                                "SELECT COALESCE(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = "
                                        + Query.literal(SCHEMA),
                                row -> new Marker(row.getString(1)))
                        .stream()
                        .findFirst();
    }

    void write(Connection connection) throws SQLException {
        new Query(connection)
                .run("CREATE SCHEMA IF NOT EXISTS %1$s; COMMENT ON SCHEMA %1$s IS %2$s"
                        .formatted(SCHEMA, Query.literal(text)));
    }
}
