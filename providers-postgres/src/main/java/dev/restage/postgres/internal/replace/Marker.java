package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.SnapshotId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in a database that its filling has not ended, or which snapshot it was filled with. It is the comment of an empty
 * schema of our own, because that changes in the transaction that empties the database and needs no more rights. A
 * copy that is complete leaves none.
 *
 * @param text what people read
 */
public record Marker(String text) {

    /** The schema that carries the marker. */
    public static final String SCHEMA = "restage";

    private static final String INCOMPLETE = "incomplete: not yet ";
    private static final String BEFORE = "state before: ";
    private static final String KNOWN = "known: ";
    private static final Pattern STATE = Pattern.compile("^" + INCOMPLETE + "(.*); being filled since (\\S+) by ");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
    private static final String SNAPSHOT = "filled from snapshot ";

    /** What a database says that was filled from a snapshot. */
    public static Marker of(SnapshotId snapshot) {
        return new Marker(SNAPSHOT + snapshot.value());
    }

    /** What a database says that was filled from another one, or from an archive. */
    public static Marker of(String source) {
        return new Marker("filled from " + source);
    }

    /** What a database says that nobody has used yet. */
    Marker unfinished() {
        return unfinished(null, Map.of());
    }

    /**
     * What the database says until it is complete.
     *
     * @param before the snapshot of what it held; null if it held nothing
     * @param remembered what is known of that besides
     */
    Marker unfinished(@Nullable SnapshotId before, Map<String, String> remembered) {
        return unfinished(new Incomplete(Instant.now().truncatedTo(ChronoUnit.SECONDS), text, before, remembered));
    }

    /** The same, of a database of which what counts has been said by the first that began to fill it. */
    Marker unfinished(Incomplete first) {
        StringBuilder lines = new StringBuilder("%s%s; being filled since %s by %s: do not use, run again"
                .formatted(INCOMPLETE, text, first.since(), System.getProperty("user.name")));
        if (first.before() != null) {
            lines.append('\n').append(BEFORE).append(first.before().value());
        }
        first.remembered()
                .forEach((name, value) -> lines.append('\n')
                        .append(KNOWN)
                        .append(name)
                        .append('=')
                        .append(value.replace("\\", "\\\\").replace("\n", "\\n")));
        return new Marker(lines.toString());
    }

    /** Whether the filling that wrote it has not ended. */
    public boolean isUnfinished() {
        return text.startsWith(INCOMPLETE);
    }

    /** What an unfinished one says; empty for another. */
    public Optional<Incomplete> incomplete() {
        Matcher state = STATE.matcher(text);
        if (!state.find()) {
            return Optional.empty();
        }
        @Nullable SnapshotId before = null;
        Map<String, String> known = new HashMap<>();
        for (String line : text.lines().skip(1).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith(BEFORE)) {
                before = new SnapshotId(line.substring(BEFORE.length()));
            } else if (line.startsWith(KNOWN) && equals > 0) {
                known.put(line.substring(KNOWN.length(), equals), unescaped(line.substring(equals + 1)));
            }
        }
        return Optional.of(new Incomplete(Instant.parse(state.group(2)), state.group(1), before, known));
    }

    private static String unescaped(String value) {
        return ESCAPED.matcher(value).replaceAll(found -> found.group(1).equals("n") ? "\n" : "\\\\");
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

    /** Says that the filling has ended. Only a snapshot is asked for later; somebody else's things in the schema keep it. */
    void end(Connection connection) throws SQLException {
        if (snapshot().isPresent()) {
            write(connection);
            return;
        }
        new Query(connection).run("""
                DO $$ BEGIN
                    DROP SCHEMA IF EXISTS %1$s;
                EXCEPTION WHEN dependent_objects_still_exist THEN
                    COMMENT ON SCHEMA %1$s IS NULL;
                END $$""".formatted(SCHEMA));
    }
}
