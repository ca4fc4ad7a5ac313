package dev.restage.postgres.internal.media;

import dev.restage.postgres.internal.media.RowGraph.Edge;
import dev.restage.postgres.internal.media.RowGraph.Table;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.media.MediaQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goes from row to row, as {@link MediaQuery.Reach} says. Holds the primary keys of the rows that it has come to, no
 * other value of them.
 */
final class ReachWalk {

    private static final int BATCH = 10_000;
    private static final int TEXTS_AT_ONCE = 100;

    /** Whether what refers to a row belongs to it. */
    private enum Belongings {
        FOLLOWED,
        LEFT
    }

    private record Visit(Table table, List<String> keys, Belongings belongings) {}

    private final Connection connection;
    private final RowGraph graph;
    private final MediaQuery.Reach reach;
    private final Set<Table> files;
    private final Set<Table> kin = new LinkedHashSet<>();
    private final Set<Table> closed;
    private final Set<Table> groups;
    private final TextLinks links;
    private final Map<Table, Set<String>> seen = new HashMap<>();
    private final Deque<Visit> open = new ArrayDeque<>();

    /** @param files the tables with files */
    ReachWalk(Connection connection, RowGraph graph, MediaQuery.Reach reach, Set<Table> files) throws SQLException {
        this.connection = connection;
        this.graph = graph;
        this.reach = reach;
        this.files = files;
        this.closed = graph.tables(reach.closed()).collect(Collectors.toCollection(HashSet::new));
        this.groups = graph.tables(reach.groups()).collect(Collectors.toSet());
        this.links = new TextLinks(
                graph, reach.texts(), names(), List.copyOf(files), (table, key) -> reach(table, List.of(key)));
    }

    /** The primary keys of the rows with files that were reached. */
    Map<Table, Set<String>> walk(String database) throws SQLException {
        Table root = root();
        List<String> begin = column("SELECT root.%s::text FROM %s root WHERE %s"
                .formatted(Query.quoted(root.key()), root.sql(), placed(reach.where())));
        if (begin.isEmpty()) {
            throw new ProviderException(
                    Kind.NOT_FOUND,
                    "no row of %s in %s is where the media files of its rows are asked for (%s), so there are none; check the path"
                            .formatted(root.shape().qualifiedName(), database, reach.where()),
                    Effect.NONE,
                    null);
        }
        kin.add(root);
        closed.remove(root);
        for (Deque<Table> more = new ArrayDeque<>(kin); !more.isEmpty(); ) {
            graph.to(more.remove())
                    .filter(Edge::isInheritance)
                    .map(Edge::from)
                    .filter(table -> !closed.contains(table) && kin.add(table))
                    .forEach(more::add);
        }
        kin.forEach(table -> enter(table, begin, Belongings.FOLLOWED));
        while (!open.isEmpty()) {
            visit(open.remove());
        }
        return seen.entrySet().stream()
                .filter(entry -> files.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Table root() {
        return graph.tables(reach.root())
                .filter(table -> !table.key().isEmpty())
                .findFirst()
                .orElseThrow(() -> new ProviderException(
                        Kind.UNSUPPORTED,
                        "no table is one to begin in (%s), so nothing says which files are needed"
                                .formatted(reach.root()),
                        Effect.NONE,
                        null));
    }

    /** SQL that says where the walk begins, or beside which tables. */
    private String placed(String sql) {
        Table root = root();
        return sql.replace("{table}", root.sql())
                .replace("{schema}", Query.quoted(root.shape().schema()));
    }

    private Map<String, Set<Table>> names() throws SQLException {
        Map<String, Set<Table>> names = new HashMap<>();
        for (Edge edge : graph.edges()) {
            String name = edge.column().replaceFirst("_id$", "");
            names.computeIfAbsent(name, any -> new HashSet<>()).add(edge.to());
        }
        if (!reach.index().isEmpty()) {
            new Query(connection)
                    .list("SELECT DISTINCT i.name, i.to_table FROM (%s) i".formatted(placed(reach.index())), row -> {
                        Set<Table> known = names.computeIfAbsent(row.getString(1), any -> new HashSet<>());
                        graph.named(row.getString(2)).ifPresent(known::add);
                        return known;
                    });
        }
        return names;
    }

    /** Goes on to rows that are referred to. */
    private void reach(Table table, Collection<String> keys) {
        if (!kin.contains(table)) {
            enter(table, keys, Belongings.LEFT);
        }
    }

    private void enter(Table table, Collection<String> keys, Belongings belongings) {
        if (closed.contains(table) || table.key().isEmpty()) {
            return;
        }
        Set<String> known = seen.computeIfAbsent(table, any -> new HashSet<>());
        List<String> fresh =
                keys.stream().filter(key -> table.takes(key) && known.add(key)).toList();
        if (!files.contains(table)) {
            for (int from = 0; from < fresh.size(); from += BATCH) {
                open.add(new Visit(table, fresh.subList(from, Math.min(fresh.size(), from + BATCH)), belongings));
            }
        }
    }

    private void visit(Visit visit) throws SQLException {
        Table table = visit.table();
        if (groups.contains(table)) {
            for (Edge edge :
                    graph.to(table).filter(edge -> files.contains(edge.from())).toList()) {
                enter(edge.from(), referring(edge, visit.keys()), Belongings.LEFT);
            }
            return;
        }
        for (Edge edge : graph.from(table).filter(edge -> mayReach(edge.to())).toList()) {
            reach(edge.to(), referred(edge, visit.keys()));
        }
        for (Edge edge : graph.to(table).filter(edge -> belongs(edge, visit)).toList()) {
            enter(edge.from(), referring(edge, visit.keys()), visit.belongings());
        }
        readTexts(table, visit.keys());
        readIndex(table, visit.keys());
    }

    private boolean belongs(Edge edge, Visit visit) {
        Table from = edge.from();
        return !kin.contains(from)
                && !closed.contains(from)
                && (visit.belongings() == Belongings.FOLLOWED || edge.isInheritance())
                && (files.contains(from)
                        || !from.texts().isEmpty()
                        || graph.to(from).findAny().isPresent()
                        || graph.from(from).anyMatch(other -> !other.equals(edge) && mayReach(other.to())));
    }

    private boolean mayReach(Table table) {
        return !kin.contains(table) && !closed.contains(table);
    }

    private List<String> referred(Edge edge, List<String> keys) throws SQLException {
        return column(
                "SELECT DISTINCT t.%s::text FROM %s t WHERE %s AND t.%s IS NOT NULL"
                        .formatted(
                                Query.quoted(edge.column()),
                                edge.from().sql(),
                                isIn(edge.from().key(), edge.from().keyType()),
                                Query.quoted(edge.column())),
                keys);
    }

    private List<String> referring(Edge edge, List<String> keys) throws SQLException {
        Table from = edge.from();
        return from.key().isEmpty()
                ? List.of()
                : column(
                        "SELECT t.%s::text FROM %s t WHERE %s"
                                .formatted(
                                        Query.quoted(from.key()),
                                        from.sql(),
                                        isIn(edge.column(), edge.to().keyType())),
                        keys);
    }

    private void readTexts(Table table, List<String> keys) throws SQLException {
        for (String text : table.texts()) {
            String sql = "SELECT t.%s::text FROM %s t WHERE %s AND t.%s IS NOT NULL"
                    .formatted(Query.quoted(text), table.sql(), isIn(table.key(), table.keyType()), Query.quoted(text));
            try (PreparedStatement statement = prepare(sql, keys)) {
                statement.setFetchSize(TEXTS_AT_ONCE);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        links.read(rows.getString(1));
                    }
                }
            }
        }
    }

    private void readIndex(Table table, List<String> keys) throws SQLException {
        if (reach.index().isEmpty()) {
            return;
        }
        String sql = "SELECT DISTINCT i.to_table, i.to_key FROM (%s) i WHERE i.from_key = ANY (?) AND i.from_table = %s"
                .formatted(placed(reach.index()), Query.literal(table.shape().name()));
        try (PreparedStatement statement = prepare(sql, keys);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String key = rows.getString(2);
                graph.named(rows.getString(1)).ifPresent(to -> reach(to, List.of(key)));
            }
        }
    }

    static String isIn(String column, String type) {
        return "t.%s = ANY (CAST(CAST(? AS text[]) AS %s[]))".formatted(Query.quoted(column), type);
    }

    private PreparedStatement prepare(String sql, List<String> keys) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
        return statement;
    }

    private List<String> column(String sql, List<String> keys) throws SQLException {
        try (PreparedStatement statement = prepare(sql, keys);
                ResultSet rows = statement.executeQuery()) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private List<String> column(String sql) throws SQLException {
        return new Query(connection).list(sql, row -> row.getString(1));
    }
}
