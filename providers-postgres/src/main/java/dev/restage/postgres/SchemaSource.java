package dev.restage.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** What a database is made from: a live database, or a file. */
interface SchemaSource extends AutoCloseable {

    List<SchemaEntry> entries() throws SQLException, IOException;

    List<TableData> tables() throws SQLException, IOException;

    /** Hands over the rows of a table in COPY's text form. */
    void rows(TableData table, RowSink sink) throws SQLException, IOException;

    @Override
    void close() throws SQLException, IOException;

    /** Takes one row, its line feed included. */
    @FunctionalInterface
    interface RowSink {
        void take(byte[] row) throws SQLException, IOException;
    }
}
