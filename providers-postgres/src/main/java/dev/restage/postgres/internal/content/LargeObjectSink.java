package dev.restage.postgres.internal.content;

import java.io.IOException;
import java.sql.SQLException;

/** Takes large objects one after the other. Each is begun, written piece by piece, and ended. */
public interface LargeObjectSink {

    void begin(long oid) throws SQLException, IOException;

    void write(byte[] buffer, int from, int length) throws SQLException, IOException;

    void end() throws SQLException, IOException;
}
