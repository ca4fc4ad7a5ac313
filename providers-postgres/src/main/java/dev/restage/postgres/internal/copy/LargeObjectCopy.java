package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.Sink.LargeObjectWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/** Writes large objects, which exist already, in one transaction. */
final class LargeObjectCopy implements LargeObjectWriter {

    private final Connection session;
    private final SessionPool writers;
    private final PreparedStatement put;
    private long oid;
    private long at;
    private boolean finished;

    LargeObjectCopy(Connection session, SessionPool writers) throws SQLException {
        this.session = session;
        this.writers = writers;
        session.setAutoCommit(false);
        this.put = session.prepareStatement("SELECT pg_catalog.lo_put(?::bigint::oid, ?, ?)");
    }

    @Override
    public void begin(long oid) {
        this.oid = oid;
        this.at = 0;
    }

    @Override
    public void write(byte[] buffer, int from, int length) throws SQLException {
        put.setLong(1, oid);
        put.setLong(2, at);
        put.setBytes(3, Arrays.copyOfRange(buffer, from, from + length));
        put.execute();
        at += length;
    }

    @Override
    public void end() {
        // Every piece is with the server already.
    }

    @Override
    public void finish() throws SQLException {
        put.close();
        session.commit();
        session.setAutoCommit(true);
        finished = true;
        writers.giveBack(session);
    }

    @Override
    public void close() {
        if (!finished) {
            finished = true;
            writers.drop(session);
        }
    }
}
