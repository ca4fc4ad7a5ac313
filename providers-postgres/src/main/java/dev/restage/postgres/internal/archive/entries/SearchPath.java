package dev.restage.postgres.internal.archive.entries;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.session.Query;
import org.jspecify.annotations.Nullable;

/**
 * Definitions of archives before 1.13, which name objects without their schema and expect it in the search path. Here it
 * is set for each of them, so that they can stand among others.
 */
public final class SearchPath {

    private SearchPath() {}

    public static Entry qualified(Entry entry) {
        String schema = entry.schema();
        if (schema == null || schema.isEmpty()) {
            return entry;
        }
        return entry.writtenAs(
                schema,
                within(schema, entry.definition()),
                within(schema, entry.drop()),
                entry.copy() == null ? null : CopyStatement.qualified(entry.copy(), schema));
    }

    /** A drop statement stays alone: pg_restore reads signatures out of it, and it names the schema in all formats. */
    private static @Nullable String within(String schema, @Nullable String sql) {
        if (sql == null || sql.isEmpty() || sql.startsWith("DROP ") || sql.startsWith("ALTER ")) {
            return sql;
        }
        return set(Query.quoted(schema) + ", pg_catalog") + sql + set("");
    }

    private static String set(String path) {
        return "SELECT pg_catalog.set_config('search_path', %s, false);\n".formatted(Query.literal(path));
    }
}
