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
import dev.restage.provider.database.CopyOptions.Orphans;
import dev.restage.provider.database.CopyOptions.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty live database by several sessions. What comes before the rows is made in few transactions; each part of
 * a table and each later entry is one of its own.
 */
public final class LiveSink implements Sink {

    private static final System.Logger LOG = System.getLogger(LiveSink.class.getName());

    /** Each entry costs the server several locks until the end of its transaction, and it has room for some thousands. */
    private static final int ENTRIES_PER_TRANSACTION = 100;

    private static final Pattern END = Pattern.compile(";\\s*$");

    private final Sessions sessions;
    private final SessionPool writers;
    private final Orphans orphans;
    private final List<String> unheld = new CopyOnWriteArrayList<>();
    private @Nullable Connection before;
    private int uncommitted;
    private volatile String encoding = "UTF8";

    private LiveSink(Sessions sessions, Settings settings, Orphans orphans) {
        this.sessions = sessions;
        this.orphans = orphans;
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
        return open(sessions, storage, Orphans.REFUSE);
    }

    /**
     * The same.
     *
     * @param orphans what becomes of rows that refer to nothing
     */
    public static LiveSink open(Sessions sessions, Storage storage, Orphans orphans) throws SQLException {
        try (Connection session = sessions.read()) {
            return new LiveSink(sessions, LoadSettings.of(new Query(session), storage), orphans);
        }
    }

    /** Foreign keys that do not hold, because of rows that refer to nothing; a sentence each. */
    public List<String> unheld() {
        return List.copyOf(unheld);
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
            if (orphans == Orphans.KEEP && entry.kind().equals("FK CONSTRAINT")) {
                reference(session, entry);
            } else {
                run(session, entry);
            }
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

    /** A foreign key that does not hold is made for the rows to come; servers before 18 cannot on partitioned tables. */
    private void reference(Connection session, Entry entry) throws SQLException {
        try {
            run(session, entry);
        } catch (SQLException e) {
            if (!ServerErrors.isOrphan(e)) {
                throw e;
            }
            try {
                run(
                        session,
                        entry.definedAs(
                                END.matcher(String.valueOf(entry.definition())).replaceFirst(" NOT VALID;")));
                unheld.add("%s is NOT VALID: rows refer to others that are not there".formatted(entry.name()));
            } catch (SQLException again) {
                unheld.add("%s was left out: rows refer to others that are not there".formatted(entry.name()));
            }
        }
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
