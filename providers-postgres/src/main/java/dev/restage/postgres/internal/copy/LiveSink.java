package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.content.Sink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.internal.session.Settings;
import dev.restage.provider.CopyOptions.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty live database by several sessions. What comes before the rows is made in few transactions; each part of
 * a table and each later entry is one of its own.
 */
public final class LiveSink implements Sink {

    private static final System.Logger LOG = System.getLogger(LiveSink.class.getName());

    /** Each entry costs the server several locks until the end of its transaction, and it has room for some thousands. */
    private static final int ENTRIES_PER_TRANSACTION = 100;

    private final Sessions sessions;
    private final SessionPool writers;
    private @Nullable Connection before;
    private int uncommitted;
    private volatile String encoding = "UTF8";

    private LiveSink(Sessions sessions, Settings settings) {
        this.sessions = sessions;
        this.writers = new SessionPool(() -> {
            Connection session = sessions.target();
            new Query(session).run(settings.sql());
            return session;
        });
    }

    /**
     * Opens a database that holds nothing yet.
     *
     * @param storage how large values are stored
     */
    public static LiveSink open(Sessions sessions, Storage storage) throws SQLException {
        try (Connection session = sessions.read()) {
            return new LiveSink(sessions, LoadSettings.of(new Query(session), storage));
        }
    }

    @Override
    public Order order() {
        return Order.DEPENDENCIES;
    }

    @Override
    public void begin(Contents contents) throws SQLException {
        encoding = contents.encoding();
        before = writers.borrow();
        before.setAutoCommit(false);
    }

    @Override
    public void make(Entry entry) throws SQLException {
        if (isBefore(entry)) {
            runBefore(Objects.requireNonNull(before), entry);
            return;
        }
        Connection session = settled();
        try {
            run(session, entry);
            writers.giveBack(session);
        } catch (SQLException | RuntimeException e) {
            writers.drop(session);
            throw e;
        }
    }

    @Override
    public TableWriter rows(TablePart part) throws SQLException {
        Connection session = settled();
        try {
            return new CopyWriter(session, writers, part.data(), encoding);
        } catch (SQLException | RuntimeException e) {
            writers.drop(session);
            throw e;
        }
    }

    @Override
    public LargeObjectWriter largeObjects(Entry blobs) throws SQLException {
        return new LargeObjectCopy(settled(), writers);
    }

    /** {@inheritDoc} Without figures the server plans badly until autovacuum comes; the rows are complete without them. */
    @Override
    public void settle(TableData table) throws SQLException {
        Connection session = settled();
        try {
            new Query(session)
                    .run("ANALYZE %s.%s"
                            .formatted(
                                    Query.quoted(table.table().schema()),
                                    Query.quoted(table.table().name())));
            writers.giveBack(session);
        } catch (SQLException e) {
            writers.drop(session);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} was filled, but ANALYZE failed: {1}",
                    table.table().qualifiedName(),
                    ServerErrors.text(e));
        }
    }

    @Override
    public void finish() throws SQLException {
        commitBefore();
    }

    @Override
    public void cancel() {
        writers.cancel();
    }

    @Override
    public void close() {
        writers.close();
    }

    @Override
    public String toString() {
        return sessions.database().toString();
    }

    private synchronized boolean isBefore(Entry entry) {
        return before != null && (entry.section() == Section.PRE_DATA || entry.section() == Section.NONE);
    }

    private Connection settled() throws SQLException {
        commitBefore();
        return writers.borrow();
    }

    private synchronized void commitBefore() throws SQLException {
        Connection session = before;
        if (session != null) {
            before = null;
            session.commit();
            session.setAutoCommit(true);
            writers.giveBack(session);
        }
    }

    private void runBefore(Connection session, Entry entry) throws SQLException {
        run(session, entry);
        if (++uncommitted == ENTRIES_PER_TRANSACTION) {
            session.commit();
            uncommitted = 0;
        }
    }

    private static void run(Connection session, Entry entry) throws SQLException {
        String sql = Statements.of(entry);
        if (!sql.isEmpty()) {
            try {
                new Query(session).run(sql);
            } catch (SQLException e) {
                throw new EntryException(entry.name(), e);
            }
        }
    }
}
