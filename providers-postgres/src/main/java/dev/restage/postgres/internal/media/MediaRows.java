package dev.restage.postgres.internal.media;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.media.RowGraph.Table;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Asks for the names of files in rows. The server sorts, and sends as fast as the stream is read. */
public final class MediaRows {

    private static final int ROWS_AT_ONCE = 2000;

    private final ConnectionSpec database;
    private final Connection connection;
    private final RowGraph graph;
    private final MediaQuery query;

    private MediaRows(ConnectionSpec database, Connection connection, RowGraph graph, MediaQuery query) {
        this.database = database;
        this.connection = connection;
        this.graph = graph;
        this.query = query;
    }

    /**
     * The files that a query asks for, in the order of their keys' UTF-8 bytes.
     *
     * @param connection closed with the stream, or here if there is none
     */
    public static Stream<MediaReference> of(
            ConnectionSpec database, Connection connection, DatabaseShape shape, MediaQuery query) {
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            return new MediaRows(database, connection, RowGraph.of(connection, shape), query).stream();
        } catch (SQLException e) {
            throw closed(connection, ServerErrors.of(database, "read the names of media files in", e));
        } catch (RuntimeException e) {
            throw closed(connection, e);
        }
    }

    private static RuntimeException closed(Connection connection, RuntimeException failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private Stream<MediaReference> stream() throws SQLException {
        Map<Table, List<String>> columns = columns();
        MediaQuery.Reach reach = query.reach();
        Map<Table, Set<String>> reached = reach == null
                ? Map.of()
                : new ReachWalk(connection, graph, reach, columns.keySet()).walk(database.toString());
        if (reach != null) {
            columns.keySet().retainAll(reached.keySet());
        }
        if (columns.isEmpty()) {
            connection.close();
            return Stream.empty();
        }
        List<String> parts = new ArrayList<>();
        List<Set<String>> keys = new ArrayList<>();
        columns.forEach((table, names) -> names.forEach(name -> {
            String condition = reach == null ? "" : " AND " + ReachWalk.isIn(table.key(), table.keyType());
            parts.add("SELECT t.%s::text AS key, %s AS place FROM %s t WHERE t.%s::text <> ''%s"
                    .formatted(
                            Query.quoted(name),
                            Query.literal(table.shape().qualifiedName() + "." + name),
                            table.sql(),
                            Query.quoted(name),
                            condition));
            if (reach != null) {
                keys.add(reached.getOrDefault(table, Set.of()));
            }
        }));
        return read(
                "SELECT r.key, min(r.place), count(*) FROM (%s) r WHERE r.key !~ '^[A-Za-z][A-Za-z0-9+.-]*://' GROUP BY r.key"
                                .formatted(String.join(" UNION ALL ", parts))
                        + " ORDER BY convert_to(r.key, 'UTF8')",
                keys);
    }

    /** The columns with names of files, by table; each once, although several rules may mean it. */
    private Map<Table, List<String>> columns() {
        Map<Table, List<String>> columns = new LinkedHashMap<>();
        graph.tables().forEach(table -> {
            List<String> names = table.shape().columns().stream()
                    .filter(column -> query.files().stream()
                            .anyMatch(files -> files.fits(column) && graph.fits(files.tables(), table)))
                    .map(TableShape.Column::name)
                    .toList();
            if (!names.isEmpty()) {
                columns.put(table, names);
            }
        });
        return columns;
    }

    private Stream<MediaReference> read(String sql, List<Set<String>> keys) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < keys.size(); i++) {
            statement.setArray(
                    i + 1, connection.createArrayOf("text", keys.get(i).toArray()));
        }
        statement.setFetchSize(ROWS_AT_ONCE);
        Rows rows = new Rows(statement.executeQuery());
        return StreamSupport.stream(rows, false).onClose(this::close);
    }

    private void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw ServerErrors.of(database, "end reading the names of media files in", e);
        }
    }

    private final class Rows extends Spliterators.AbstractSpliterator<MediaReference> {

        private final ResultSet rows;

        private Rows(ResultSet rows) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL);
            this.rows = rows;
        }

        @Override
        public boolean tryAdvance(Consumer<? super MediaReference> action) {
            try {
                if (!rows.next()) {
                    return false;
                }
                action.accept(new MediaReference(rows.getString(1), rows.getString(2), rows.getLong(3)));
                return true;
            } catch (SQLException e) {
                throw ServerErrors.of(database, "read the names of media files in", e);
            }
        }
    }
}
