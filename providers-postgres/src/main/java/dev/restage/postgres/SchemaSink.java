package dev.restage.postgres;

import java.io.IOException;
import java.sql.SQLException;

/** Where a database is written to: a live database, or a file. What was written counts only after {@link #finish}. */
interface SchemaSink extends AutoCloseable {

    void make(SchemaEntry entry) throws SQLException, IOException;

    /** Opens a table for its rows. */
    TableSink open(TableData table) throws SQLException, IOException;

    void finish() throws SQLException, IOException;

    /** Takes back everything unless it was finished. */
    @Override
    void close() throws SQLException, IOException;

    /** Takes the rows of one table. */
    interface TableSink extends SchemaSource.RowSink {
        void end() throws SQLException, IOException;
    }
}
