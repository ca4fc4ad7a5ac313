package dev.restage.postgres.internal.catalog;

import java.util.List;

/** The statements for relations and what lies on them. */
final class RelationQueries {

    static final List<String> FILES = List.of("relations/schemas.sql");

    private RelationQueries() {}
}
