package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.session.Query;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** What a live source tells of its tables besides their form, by {@code schema.table}. */
public final class SourceTables {

    private final Query query;

    public SourceTables(LiveSource source) {
        this.query = new Query(source.session());
    }

    /** How many bytes the indexes of tables take. */
    public Map<String, Long> indexBytes() throws SQLException {
        return byTable("index-bytes.sql", row -> row.getLong(2));
    }

    private <T> Map<String, T> byTable(String file, Query.Row<T> value) throws SQLException {
        return query
                .list(Query.text(SourceTables.class, file), row -> Map.entry(row.getString(1), value.read(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
