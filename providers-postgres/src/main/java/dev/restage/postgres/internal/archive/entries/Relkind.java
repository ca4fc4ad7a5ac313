package dev.restage.postgres.internal.archive.entries;

import org.jspecify.annotations.Nullable;

/** The kind letter of a relation, for formats that do not store it. */
public final class Relkind {

    private static final char NO_RELATION = 0;

    private Relkind() {}

    public static char of(String kind, @Nullable String definition) {
        return switch (kind) {
            case "TABLE" -> definition != null && definition.contains("\nPARTITION BY ") ? 'p' : 'r';
            case "VIEW" -> 'v';
            case "MATERIALIZED VIEW" -> 'm';
            case "FOREIGN TABLE" -> 'f';
            default -> NO_RELATION;
        };
    }
}
