package dev.restage.postgres.internal.mask;

import dev.restage.masking.TableMasking;
import dev.restage.postgres.internal.session.Query;
import java.sql.SQLException;
import java.util.Set;

/** Tables whose rows the role of a session may see as they are. */
final class ReadableTables {

    private static final String QUERY = "SELECT n.nspname || '.' || c.relname FROM pg_class c"
            + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')"
            + " AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')"
            + " AND NOT row_security_active(c.oid)";

    private final Set<String> names;

    private ReadableTables(Set<String> names) {
        this.names = names;
    }

    static ReadableTables of(Query source) throws SQLException {
        return new ReadableTables(Set.copyOf(source.list(QUERY, row -> row.getString(1))));
    }

    /** Whether rows of a table are carried, can be seen, and are not seen by its root as well. */
    boolean shows(TableMasking masking) {
        return masking.carriesRows()
                && masking.table().root().equals(masking.table().name())
                && names.contains(masking.table().qualifiedName());
    }
}
