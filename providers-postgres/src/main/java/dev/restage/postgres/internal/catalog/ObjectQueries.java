package dev.restage.postgres.internal.catalog;

import java.util.List;

/** The statements for types, functions, operators and all else that is no relation. */
final class ObjectQueries {

    static final List<String> FILES = List.of(
            "objects/extensions.sql",
            "objects/types.sql",
            "objects/functions.sql",
            "objects/aggregates.sql",
            "objects/operators.sql",
            "objects/texts.sql",
            "objects/servers.sql",
            "objects/publications.sql",
            "objects/privileges.sql",
            "objects/comments.sql");

    private ObjectQueries() {}
}
