package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.catalog.CatalogReader;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.LargeObjectSink;
import dev.restage.postgres.internal.content.LeftBehind;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.internal.session.Encodings;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.ProviderException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * One consistent view of a live database, read by several sessions. Its tables are locked against changes of their form,
 * not against writes.
 */
public final class LiveSource implements Source {

    /** A table below this is read by one session: cutting it up gains nothing. */
    static final long SPLIT_BYTES = 64L << 20;

    private static final int LARGE_OBJECT_PIECE = 1 << 20;
    private static final String SET_PATH = "SET LOCAL search_path TO ";
    private static final String NO_PATH = "''";
    private static final Pattern WHERE = Pattern.compile("(?i)^\\s*WHERE\\b");

    /** What waits for our locks is waited for by readers, but not by the session that has them. */
    private static final String SHORT_LOCK_WAIT = "SET LOCAL lock_timeout = '1s'";

    private final Sessions sessions;
    private final Connection exporter;
    private final SessionPool readers;
    private final CatalogReader catalog;
    private final long splitBytes;
    private final String searchPath;
    private Map<String, String> conditions = Map.of();
    private final List<String> without;
    private @Nullable LeftBehind left;
    private @Nullable Contents contents;
    private volatile boolean exporterReads;

    private LiveSource(
            Sessions sessions,
            Connection exporter,
            String snapshot,
            int targetMajor,
            List<String> without,
            long splitBytes)
            throws SQLException {
        this.sessions = sessions;
        this.without = List.copyOf(without);
        this.exporter = exporter;
        this.catalog = new CatalogReader(exporter, targetMajor);
        this.splitBytes = splitBytes;
        this.searchPath = new Query(exporter)
                .one(
                        "SELECT COALESCE(NULLIF(reset_val, ''), '''''') FROM pg_catalog.pg_settings WHERE name = 'search_path'",
                        row -> row.getString(1));
        this.readers = new SessionPool(() -> snapshotReader(sessions, snapshot));
    }

    /** Begins to look at a database of which all is wanted. */
    public static LiveSource open(Sessions sessions, int targetMajor) throws SQLException {
        return open(sessions, targetMajor, List.of());
    }

    /**
     * Begins to look at a database.
     *
     * @param targetMajor the major version of the server that the definitions are for
     * @param without names of what is not wanted of it
     * @throws ProviderException {@code CONFLICT} if somebody is changing the form of a table
     */
    public static LiveSource open(Sessions sessions, int targetMajor, List<String> without) throws SQLException {
        return open(sessions, targetMajor, without, SPLIT_BYTES);
    }

    static LiveSource open(Sessions sessions, int targetMajor, List<String> without, long splitBytes)
            throws SQLException {
        Connection exporter = sessions.source();
        try {
            begin(exporter);
            String snapshot = LockedSnapshot.take(sessions, exporter);
            LiveSource source = new LiveSource(sessions, exporter, snapshot, targetMajor, without, splitBytes);
            // A server without a session for reading has to be found out before anything is changed.
            source.readers.giveBack(source.readers.borrow());
            return source;
        } catch (SQLException | RuntimeException e) {
            exporter.close();
            throw e;
        }
    }

    @Override
    public synchronized Contents contents() throws SQLException {
        if (contents == null) {
            contents = left().rest();
        }
        return contents;
    }

    @Override
    public synchronized LeftBehind left() throws SQLException {
        if (left == null) {
            left = LeftBehind.of(catalog.contents(), without);
        }
        return left;
    }

    /** What is there and cannot be carried, by name. */
    public List<String> uncarried() throws SQLException {
        contents();
        return catalog.uncarried();
    }

    /**
     * How many threads may bring its rows to a database: as many as both servers have sessions to spare.
     *
     * @param most what the caller allows; 0 for no limit of his
     */
    public int workers(Sessions target, int most) throws SQLException {
        return Workers.between(sessions, target, most);
    }

    /** In what its server keeps its text, whatever we are sent. */
    public String encoding() throws SQLException {
        return Encodings.of(new Query(exporter));
    }

    /** The session that reads the catalog, for more questions within the same view. */
    public Connection session() {
        return exporter;
    }

    /**
     * The same for no longer than a limit.
     *
     * @return the answer; empty if it took longer, or if somebody waits for the table to be free of us
     */
    public <T> Optional<T> ofRows(Duration limit, Query.Asking<T> question) throws SQLException {
        Connection session = readers.borrow();
        try {
            Query query = new Query(session);
            query.run("SET LOCAL statement_timeout = %d; %s%s".formatted(limit.toMillis(), SET_PATH, searchPath));
            T answer = question.ask(query);
            query.run("SET LOCAL statement_timeout = 0; %s%s".formatted(SET_PATH, NO_PATH));
            readers.giveBack(session);
            return Optional.of(answer);
        } catch (SQLException e) {
            readers.drop(session);
            if (ServerErrors.isCancelled(e) || ServerErrors.isLockTimeout(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Asks something that reads rows, within the same view and under a path by which the server can plan it. */
    public <T> T ofRows(Query.Asking<T> question) throws SQLException {
        Query query = new Query(exporter);
        query.run(SET_PATH + searchPath);
        T answer = question.ask(query);
        query.run(SET_PATH + NO_PATH);
        return answer;
    }

    /**
     * Reads only the rows of some tables for which a condition holds.
     *
     * @param conditions the condition in SQL by {@code schema.table}, not quoted
     */
    public void filter(Map<String, String> conditions) {
        this.conditions = Map.copyOf(conditions);
    }

    /** {@inheritDoc} It is the one that the role's sessions begin with, whatever ours have. */
    @Override
    public String searchPath() {
        return searchPath;
    }

    @Override
    public Order order() {
        return Order.ANY;
    }

    /** {@inheritDoc} Servers before 14 read the whole table for each range, so there it stays whole. */
    @Override
    public List<TablePart> parts(TableData table, int most) {
        boolean scansRanges = contents != null && contents.majorVersion() >= 14;
        long wanted = Math.min(Math.min(most, table.bytes() / Math.max(1, splitBytes)), table.pages());
        if (!scansRanges || wanted < 2) {
            return List.of(TablePart.whole(table));
        }
        List<TablePart> parts = new ArrayList<>();
        for (long i = 0; i < wanted; i++) {
            long to = i == wanted - 1 ? Long.MAX_VALUE : table.pages() * (i + 1) / wanted;
            parts.add(new TablePart(table, table.pages() * i / wanted, to));
        }
        return parts;
    }

    @Override
    public void rows(TablePart part, RowSink sink) throws SQLException, IOException {
        Connection session = readers.borrow();
        try {
            CopyOut copy;
            try {
                copy = copyOut(session, part);
            } catch (SQLException e) {
                if (!ServerErrors.isLockTimeout(e)) {
                    throw failure(part, e);
                }
                readers.drop(session);
                rowsByExporter(part, sink);
                return;
            }
            hand(copy, part, sink);
            readers.giveBack(session);
        } catch (SQLException | IOException | RuntimeException e) {
            readers.drop(session);
            throw e;
        }
    }

    /** Somebody waits for the table to be free of us; only the session that has the lock comes before him. */
    private void rowsByExporter(TablePart part, RowSink sink) throws SQLException, IOException {
        synchronized (exporter) {
            exporterReads = true;
            try {
                readers.refuseWhenEnded();
                hand(copyOut(exporter, part), part, sink);
            } finally {
                exporterReads = false;
            }
        }
    }

    /**
     * The planner looks into functions that indexes call, and fails where those find nothing. Values that name objects read
     * differently under each path, so their tables are read under none.
     */
    private CopyOut copyOut(Connection session, TablePart part) throws SQLException {
        boolean underPath = isPlanned(part) && !namesObjects(part);
        new Query(session).run(SET_PATH + (underPath ? searchPath : NO_PATH));
        return session.unwrap(PGConnection.class).getCopyAPI().copyOut(copyText(part));
    }

    private void hand(CopyOut copy, TablePart part, RowSink sink) throws SQLException, IOException {
        for (byte[] row = next(copy, part); row != null; row = next(copy, part)) {
            sink.row(row, 0, row.length);
        }
    }

    private byte @Nullable [] next(CopyOut copy, TablePart part) throws SQLException {
        try {
            return copy.readFromCopy();
        } catch (SQLException e) {
            throw failure(part, e);
        }
    }

    private EntryException failure(TablePart part, SQLException e) {
        return new EntryException(
                "reading rows of %s in %s".formatted(part.data().table().qualifiedName(), sessions.database()), e);
    }

    @Override
    public void largeObjects(Entry blobs, LargeObjectSink sink) throws SQLException, IOException {
        Connection session = readers.borrow();
        try {
            Query query = new Query(session);
            for (long oid : query.list(
                    "SELECT oid FROM pg_catalog.pg_largeobject_metadata ORDER BY oid", row -> row.getLong(1))) {
                sink.begin(oid);
                long at = 0;
                byte[] piece = piece(query, oid, at);
                while (piece.length > 0) {
                    sink.write(piece, 0, piece.length);
                    at += piece.length;
                    piece = piece(query, oid, at);
                }
                sink.end();
            }
            readers.giveBack(session);
        } catch (SQLException | IOException | RuntimeException e) {
            readers.drop(session);
            throw e;
        }
    }

    @Override
    public void cancel() {
        readers.cancel();
        if (exporterReads) {
            SessionPool.cancel(exporter);
        }
    }

    @Override
    public void close() throws SQLException {
        readers.close();
        Sessions.end(exporter);
    }

    @Override
    public String toString() {
        return sessions.database().toString();
    }

    /** The columns are named, so that their order cannot differ; ONLY leaves out children, which are tables of their own. */
    private String copyText(TablePart part) {
        TableData data = part.data();
        String table = Query.quoted(data.table().schema()) + "."
                + Query.quoted(data.table().name());
        String columns =
                String.join(", ", data.columns().stream().map(Query::quoted).toList());
        String where = String.join(" AND ", conditions(part));
        return !isPlanned(part)
                ? "COPY %s (%s) TO STDOUT".formatted(table, columns)
                : "COPY (SELECT %s FROM ONLY %s%s) TO STDOUT"
                        .formatted(columns, table, where.isEmpty() ? "" : " WHERE " + where);
    }

    private static boolean namesObjects(TablePart part) {
        return part.data().table().columns().stream()
                .anyMatch(column -> column.type().startsWith("reg"));
    }

    /** Whether rows are read by a query, and not just one after the other. */
    private boolean isPlanned(TablePart part) {
        return part.data().columns().isEmpty() || !conditions(part).isEmpty();
    }

    private List<String> conditions(TablePart part) {
        List<String> all = new ArrayList<>();
        if (!part.isWhole()) {
            all.add("ctid >= '(%d,0)'::pg_catalog.tid".formatted(part.from()));
            if (part.to() != Long.MAX_VALUE) {
                all.add("ctid < '(%d,0)'::pg_catalog.tid".formatted(part.to()));
            }
        }
        String filter = part.data().filter();
        if (filter != null) {
            all.add("(" + WHERE.matcher(filter).replaceFirst("") + ")");
        }
        String condition = conditions.get(part.data().table().qualifiedName());
        if (condition != null) {
            all.add("(" + condition + ")");
        }
        return all;
    }

    private static byte[] piece(Query query, long oid, long at) throws SQLException {
        return query.one(
                "SELECT pg_catalog.lo_get(%d, %d, %d)".formatted(oid, at, LARGE_OBJECT_PIECE), row -> row.getBytes(1));
    }

    private static Connection snapshotReader(Sessions sessions, String snapshot) throws SQLException {
        Connection session = sessions.source();
        try {
            begin(session);
            new Query(session)
                    .run("SET TRANSACTION SNAPSHOT %s; %s".formatted(Query.literal(snapshot), SHORT_LOCK_WAIT));
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static void begin(Connection session) throws SQLException {
        session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        session.setAutoCommit(false);
    }
}
