package dev.restage.postgres.internal.content;

import java.io.IOException;
import java.sql.SQLException;

/** Takes rows in COPY's text form, one at a time, from one thread. */
@FunctionalInterface
public interface RowSink {

    /**
     * Takes one row: {@code value TAB value ... LF}, the line feed included.
     *
     * @param buffer holds the row; may be overwritten as soon as this returns
     * @param from where the row begins
     * @param length how many bytes it has
     */
    void row(byte[] buffer, int from, int length) throws SQLException, IOException;
}
