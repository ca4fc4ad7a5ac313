package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;

/** The schema that is in every new database and often belongs to somebody else. */
final class PublicSchema {

    private PublicSchema() {}

    /** The contents without a comment on it that the role could not set. */
    static Contents fit(Contents contents, Connection target) throws SQLException {
        boolean own = new Query(target)
                        .list(
                                "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'public'",
                                row -> row.getBoolean(1))
                        .stream()
                        .allMatch(Boolean::booleanValue);
        return own
                ? contents
                : contents.withEntries(contents.entries().stream()
                        .filter(entry ->
                                !(entry.kind().equals("COMMENT") && entry.tag().equals("SCHEMA public")))
                        .toList());
    }
}
