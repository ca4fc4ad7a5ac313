package dev.restage.postgres.internal.archive.entries;

import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.sql.QualifiedName;
import dev.restage.postgres.internal.sql.SqlCursor;
import java.util.List;

/** The statement that a table's rows are copied by: {@code COPY schema.table (column, ...) FROM stdin;}. */
public final class CopyStatement {

    private CopyStatement() {}

    public static List<String> columns(String copy) {
        SqlCursor cursor = new SqlCursor(copy);
        cursor.take("copy");
        cursor.name("");
        return cursor.names();
    }

    /** The same statement with the schema before the table. */
    static String qualified(String copy, String schema) {
        SqlCursor cursor = new SqlCursor(copy);
        cursor.take("copy");
        QualifiedName table = cursor.name(schema);
        return "COPY %s.%s %s"
                .formatted(Query.quoted(table.schema()), Query.quoted(table.name()), copy.substring(cursor.position()));
    }
}
