package dev.restage.postgres.internal.catalog;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a database holds: every object in an order in which they can be made, and its tables. */
public final class CatalogReader {

    private final Query query;
    private final CatalogSession session;
    private final int targetMajor;
    private List<String> uncarried = List.of();

    /**
     * @param connection in a transaction that sees one snapshot, with the settings of pg_dump
     * @param targetMajor the major version of the server that the definitions are for
     */
    public CatalogReader(Connection connection, int targetMajor) throws SQLException {
        this.query = new Query(connection);
        this.session = new CatalogSession(connection, targetMajor);
        this.targetMajor = targetMajor;
    }

    public Contents contents() throws SQLException {
        Dependencies dependencies = Dependencies.read(session);
        List<Draft> drafts = dependencies.withoutMembers(drafts());
        Graph graph = graph(drafts, dependencies);
        Loops loops = new Loops(graph);
        List<Node> sorted = graph.sorted(loops);
        uncarried = Stream.of(
                        unread(dependencies).stream(), dependencies.selfReading(drafts), loops.unbroken().stream())
                .flatMap(Function.identity())
                .toList();
        List<Draft> following =
                drafts.stream().filter(draft -> draft.kind().follows()).toList();
        List<Entry> entries = new Assembly(graph, following).entries(sorted);
        List<TableReader.Table> tables = new TableReader(session).tables();
        return query.one(
                "SELECT current_database(), current_setting('server_version')",
                row -> new Contents(
                        row.getString(1),
                        session.version(),
                        row.getString(2),
                        "UTF8",
                        entries,
                        data(entries, tables),
                        new DatabaseShape(
                                tables.stream().map(TableReader.Table::shape).toList())));
    }

    /** What was found that cannot be carried, each by its name; known after {@link #contents}. */
    public List<String> uncarried() {
        return uncarried;
    }

    /** What is not read, or an older target does not know, each with its reason. */
    private List<String> unread(Dependencies dependencies) throws SQLException {
        return session
                .all(
                        List.of(session.text("unread.sql"), session.text("newer.sql")),
                        row -> Map.entry(new ObjectId(row.getLong(1), row.getLong(2)), row.getString(3)))
                .stream()
                .filter(found -> dependencies.extensionOf(found.getKey()) == null)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Words become reserved as versions go: what is unquoted here may be one of them there. */
    private List<Draft> drafts() throws SQLException {
        boolean quoteAll = targetMajor > session.version();
        if (quoteAll) {
            query.run("SET LOCAL quote_all_identifiers = on");
        }
        List<String> statements = Stream.concat(ObjectQueries.FILES.stream(), RelationQueries.FILES.stream())
                .map(session::text)
                .toList();
        List<Draft> drafts = new ArrayList<>(session.all(statements, Draft::read));
        Set<Long> readable = Set.copyOf(query.list(SequenceValues.READABLE, row -> row.getLong(1)));
        drafts.addAll(session.all(SequenceValues.statements(drafts, readable), Draft::read));
        if (quoteAll) {
            query.run("SET LOCAL quote_all_identifiers = off");
        }
        return drafts;
    }

    private static Graph graph(List<Draft> drafts, Dependencies dependencies) {
        Refreshes refreshes = new Refreshes(drafts, dependencies);
        List<Draft> sorted = drafts.stream()
                .filter(draft -> !draft.kind().follows())
                .filter(draft -> draft.kind() != Kind.MATERIALIZED_VIEW_DATA || refreshes.isPossible(draft))
                .toList();
        Graph graph = new Graph(sorted, dependencies);
        graph.order(refreshes);
        graph.attachBeforeReference();
        return graph;
    }

    private static List<TableData> data(List<Entry> entries, List<TableReader.Table> tables) {
        Map<Long, TableReader.Table> byOid =
                tables.stream().collect(Collectors.toMap(TableReader.Table::oid, Function.identity()));
        return entries.stream()
                .filter(entry -> entry.kind().equals(Entry.TABLE_DATA))
                .map(entry -> data(entry, Objects.requireNonNull(byOid.get(entry.oid()))))
                .toList();
    }

    private static TableData data(Entry entry, TableReader.Table table) {
        List<String> columns = table.shape().columns().stream()
                .filter(column -> column.generated() == null)
                .map(TableShape.Column::name)
                .toList();
        return new TableData(entry, table.shape(), columns, table.bytes(), table.rows(), table.pages(), table.filter());
    }
}
