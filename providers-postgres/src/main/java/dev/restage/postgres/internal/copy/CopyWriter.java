package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.Sink.TableWriter;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes rows by COPY in one transaction, in pieces that are worth a trip over the network. */
final class CopyWriter implements TableWriter {

    private static final int PIECE = 128 << 10;

    private final Connection session;
    private final SessionPool writers;
    private final TableData table;
    private final CopyIn copy;
    private final byte[] piece = new byte[PIECE];
    private int filled;
    private boolean ended;

    /**
     * Begins.
     *
     * @param encoding of the rows; the server converts them
     */
    CopyWriter(Connection session, SessionPool writers, TableData table, String encoding) throws SQLException {
        this.session = session;
        this.writers = writers;
        this.table = table;
        this.copy = session.unwrap(PGConnection.class).getCopyAPI().copyIn(copyText(table, encoding));
    }

    @Override
    public void row(byte[] buffer, int from, int length) throws SQLException {
        if (length > PIECE - filled) {
            flush();
            if (length > PIECE) {
                send(buffer, from, length);
                return;
            }
        }
        System.arraycopy(buffer, from, piece, filled, length);
        filled += length;
    }

    @Override
    public void end() throws SQLException {
        flush();
        try {
            copy.endCopy();
        } catch (SQLException e) {
            throw failure(e);
        }
        ended = true;
        writers.giveBack(session);
    }

    @Override
    public void close() throws SQLException {
        if (!ended) {
            ended = true;
            try {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            } finally {
                writers.drop(session);
            }
        }
    }

    private void flush() throws SQLException {
        if (filled > 0) {
            send(piece, 0, filled);
            filled = 0;
        }
    }

    private void send(byte[] buffer, int from, int length) throws SQLException {
        try {
            copy.writeToCopy(buffer, from, length);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private EntryException failure(SQLException e) {
        return new EntryException("rows of " + table.table().qualifiedName(), e);
    }

    private static String copyText(TableData data, String encoding) {
        String columns =
                String.join(", ", data.columns().stream().map(Query::quoted).toList());
        return "COPY %s.%s%s FROM STDIN WITH (ENCODING %s)"
                .formatted(
                        Query.quoted(data.into().schema()),
                        Query.quoted(data.into().name()),
                        columns.isEmpty() ? "" : " (" + columns + ")",
                        Query.literal(encoding));
    }
}
