package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads one table of the target, in parts by several threads, for all that is to be proved of it. */
final class TableReading {

    /** So many rows lie between two reports. */
    private static final int ROWS_PER_REPORT = 4096;

    private final TargetTable table;
    private final List<String> columns;
    private final TableSearch search;
    private final Supplier<RowTally> fresh;
    private final RowTally tally;

    /**
     * Plans to read a table.
     *
     * @param sent the columns of the rows that were sent, empty if none could be
     * @param search looks into values
     * @param fresh makes tallies of rows as they were sent
     */
    TableReading(TargetTable table, List<String> sent, TableSearch search, Supplier<RowTally> fresh) {
        this.table = table;
        this.search = search;
        this.fresh = fresh;
        this.tally = fresh.get();
        this.columns = new ArrayList<>(sent);
        search.columns().stream().filter(column -> !sent.contains(column)).forEach(columns::add);
    }

    long pages() {
        return table.pages();
    }

    /** Whether an extension may have put rows of its own into it. */
    boolean isShared() {
        return table.ofExtension();
    }

    synchronized RowTally tally() {
        return tally;
    }

    /** Counts the rows and looks at nothing else. */
    TargetPass.Reading counting() {
        return connection -> {
            long rows = new Query(connection).one(table.count(), row -> row.getLong(1));
            synchronized (this) {
                tally.count(rows);
            }
        };
    }

    /** Reads all rows; each part can be read by another thread. */
    List<TargetPass.Reading> reading(LongConsumer progress) {
        return table.parts().stream()
                .<TargetPass.Reading>map(part -> connection -> read(connection, part, progress))
                .toList();
    }

    private void read(Connection connection, String part, LongConsumer progress) throws SQLException {
        if (!table.namesObjects()) {
            readAsItIs(connection, part, progress);
            return;
        }
        connection.setAutoCommit(false);
        new Query(connection).run("SET LOCAL search_path TO ''");
        readAsItIs(connection, part, progress);
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void readAsItIs(Connection connection, String part, LongConsumer progress) throws SQLException {
        RowTally own = fresh.get();
        Optional<TableSearch.Reader> reader = search.reader(columns);
        CopyOut rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copy(columns, part));
        long before = 0;
        for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
            own.add(row, 0, row.length, columns.size());
            if (reader.isPresent()) {
                reader.get().row(row);
            }
            if (own.rows() - before == ROWS_PER_REPORT) {
                progress.accept(ROWS_PER_REPORT);
                before = own.rows();
            }
        }
        progress.accept(own.rows() - before);
        reader.ifPresent(TableSearch.Reader::end);
        synchronized (this) {
            tally.add(own);
        }
    }
}
