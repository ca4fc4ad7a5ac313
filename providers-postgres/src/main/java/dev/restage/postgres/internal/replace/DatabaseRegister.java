package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.Register;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A line at the end of the comment of a database, below what people have written there. It is not in the database but beside
 * it: emptying leaves it, a swap hands it on, and no dump holds it. It needs no object of ours and no right but that of the
 * owner, and its changes are single transactions, so that a pooler does no harm.
 */
public final class DatabaseRegister implements Register {

    private static final String MARK = "[restage] ";

    /** Keeps two changes apart. The number is one that nobody else would use. */
    private static final int KEY = 1382380406;

    private static final String COMMENT =
            "SELECT COALESCE(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = current_database()";

    private final Sessions target;

    public DatabaseRegister(Sessions target) {
        this.target = target;
    }

    @Override
    public Optional<String> read() {
        try (Connection connection = target.read()) {
            return text(comment(new Query(connection)));
        } catch (SQLException e) {
            throw failed("read the lock of", e);
        }
    }

    @Override
    public boolean putIfAbsent(String text) {
        return change(Optional.empty(), Optional.of(text));
    }

    @Override
    public boolean replace(String expected, String text) {
        return change(Optional.of(expected), Optional.of(text));
    }

    @Override
    public boolean remove(String expected) {
        return change(Optional.of(expected), Optional.empty());
    }

    private boolean change(Optional<String> expected, Optional<String> wanted) {
        try (Connection connection = target.write()) {
            connection.setAutoCommit(false);
            Query query = new Query(connection);
            query.run("SET LOCAL lock_timeout = '10s'");
            query.list("SELECT pg_advisory_xact_lock(%d)".formatted(KEY), row -> KEY);
            String comment = comment(query);
            boolean asExpected = text(comment).equals(expected);
            if (asExpected) {
                String changed =
                        people(comment) + wanted.map(DatabaseRegister::line).orElse("");
                query.run("COMMENT ON DATABASE %s IS %s"
                        .formatted(
                                Query.quoted(target.database().database()),
                                changed.isEmpty() ? "NULL" : Query.literal(changed)));
            }
            connection.commit();
            return asExpected;
        } catch (SQLException e) {
            throw failed("lock", e);
        }
    }

    private RuntimeException failed(String doing, SQLException e) {
        return ServerErrors.of(target.database(), doing + " database (only its owner can)", e);
    }

    private static String comment(Query query) throws SQLException {
        return query.one(COMMENT, row -> row.getString(1));
    }

    private static String line(String text) {
        return "\n" + MARK + text;
    }

    private static int start(String comment) {
        return comment.lastIndexOf("\n" + MARK);
    }

    private static Optional<String> text(String comment) {
        int start = start(comment);
        return start < 0 ? Optional.empty() : Optional.of(comment.substring(start + line("").length()));
    }

    private static String people(String comment) {
        int start = start(comment);
        return start < 0 ? comment : comment.substring(0, start);
    }
}
