package dev.restage.postgres.internal.catalog;

import dev.restage.masking.DatabaseShape;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads what a database holds: every object in an order in which they can be made, and its tables. */
public final class CatalogReader {

    private final Connection connection;
    private final CatalogSession session;
    private final int targetMajor;

    /**
     * @param connection in a transaction that sees one snapshot, with the settings of pg_dump
     * @param targetMajor the major version of the server that the definitions are for
     */
    public CatalogReader(Connection connection, int targetMajor) throws SQLException {
        this.connection = connection;
        this.session = new CatalogSession(connection);
        this.targetMajor = targetMajor;
    }

    public Contents contents() throws SQLException {
        List<String> statements = Stream.concat(ObjectQueries.FILES.stream(), RelationQueries.FILES.stream())
                .map(session::text)
                .toList();
        List<Draft> drafts = session.all(statements, Draft::read);
        List<Entry> entries = new ArrayList<>();
        for (Draft draft : drafts) {
            entries.add(entry(draft, entries.size() + 1));
        }
        return new Contents(
                new Query(connection).one("SELECT current_database()", row -> row.getString(1)),
                Math.max(session.version(), Math.min(targetMajor, session.version())),
                connection.getMetaData().getDatabaseProductVersion(),
                "UTF8",
                entries,
                List.of(),
                new DatabaseShape(List.of()));
    }

    /** What cannot be carried, each by its name. */
    public List<String> uncarried() {
        return List.of();
    }

    private static Entry entry(Draft draft, int id) {
        return new Entry(
                id,
                draft.id().classOid(),
                draft.id().oid(),
                draft.kind().label(),
                draft.schema(),
                draft.tag(),
                draft.kind().section(),
                draft.definition(),
                draft.drop(),
                null,
                draft.tablespace(),
                draft.accessMethod(),
                draft.relkind(),
                draft.owner(),
                List.of());
    }
}
