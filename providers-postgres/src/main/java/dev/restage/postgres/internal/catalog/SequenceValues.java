package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.session.Query;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the positions of all sequences that the role may read, by one statement. */
final class SequenceValues {

    /** The oids of those. */
    static final String READABLE = "SELECT oid FROM pg_catalog.pg_class WHERE relkind = 'S'"
            + " AND pg_catalog.has_table_privilege(oid, 'SELECT')"
            + " AND pg_catalog.has_schema_privilege(relnamespace, 'USAGE')";

    private static final String VALUE = "SELECT 'SEQUENCE SET' AS kind, 0 AS classoid, 0 AS oid,"
            + " %2$s AS schema, %3$s AS tag, %4$s AS owner, '%5$s/%1$d' AS host,"
            + " format(E'SELECT pg_catalog.setval(%%L, %%s, %%s);\\n',"
            + " %1$d::oid::regclass, last_value, is_called::text) AS definition FROM %6$s.%7$s";

    private SequenceValues() {}

    /** The statements for the drafts of sequences: none if there are no sequences. */
    static List<String> statements(List<Draft> drafts, Set<Long> readable) {
        String all = drafts.stream()
                .filter(draft -> draft.kind() == Kind.SEQUENCE
                        && readable.contains(draft.id().oid()))
                .map(draft -> VALUE.formatted(
                        draft.id().oid(),
                        Query.literal(String.valueOf(draft.schema())),
                        Query.literal(draft.tag()),
                        Query.literal(String.valueOf(draft.owner())),
                        draft.id().classOid(),
                        Query.quoted(String.valueOf(draft.schema())),
                        Query.quoted(draft.tag())))
                .collect(Collectors.joining("\nUNION ALL\n"));
        return all.isEmpty() ? List.of() : List.of(all);
    }
}
