package dev.restage.postgres.internal.catalog;

import java.util.List;

/** The statements for relations and what lies on them. */
final class RelationQueries {

    static final List<String> FILES = List.of(
            "relations/schemas.sql",
            "relations/tables.sql",
            "relations/attachments.sql",
            "relations/sequences.sql",
            "relations/defaults.sql",
            "relations/constraints.sql",
            "relations/lain-on.sql",
            "relations/data.sql");

    private RelationQueries() {}
}
