package dev.restage.postgres.internal.content;

import java.io.IOException;
import java.sql.SQLException;

/** Where contents go: a live database, or an archive. What was written counts only after {@link #finish}. */
public interface Sink extends AutoCloseable {

    /** In which order entries and rows are to be given. */
    enum Order {
        /** Rows and post-data by several threads at once, as dependencies allow. */
        DEPENDENCIES,
        /** That of the entries, by one thread: a file that is written from front to back. */
        AS_LISTED
    }

    Order order();

    /** Takes notice of what will come: exactly these entries. */
    void begin(Contents contents) throws SQLException, IOException;

    /** Makes an entry that has no data. */
    void make(Entry entry) throws SQLException, IOException;

    /** Opens a part of a table for its rows. */
    TableWriter rows(TablePart part) throws SQLException, IOException;

    /** Opens an entry of kind {@link Entry#BLOBS} for its large objects. */
    LargeObjectWriter largeObjects(Entry blobs) throws SQLException, IOException;

    /** Makes a filled table ready for use, when everything else of it is made. */
    default void settle(TableData table) throws SQLException, IOException {}

    /** Completes it all. */
    void finish() throws SQLException, IOException;

    /** Ends all writing at once, from any thread; what was being written fails. */
    void cancel();

    /** Takes back what was not finished, as far as that is possible. */
    @Override
    void close() throws SQLException, IOException;

    /** Takes the rows of one part. Closed before its end, none of them count. */
    interface TableWriter extends RowSink, AutoCloseable {

        /** Says that there are no more rows. */
        void end() throws SQLException, IOException;

        @Override
        void close() throws SQLException, IOException;
    }

    /** Takes the large objects of one entry. Closed before its end, none of them count. */
    interface LargeObjectWriter extends LargeObjectSink, AutoCloseable {

        /** Says that there are no more large objects. */
        void finish() throws SQLException, IOException;

        @Override
        void close() throws SQLException, IOException;
    }
}
