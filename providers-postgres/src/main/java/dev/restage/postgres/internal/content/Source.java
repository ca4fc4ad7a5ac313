package dev.restage.postgres.internal.content;

import dev.restage.provider.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Where contents come from: one consistent view of a live database, or an archive. */
public interface Source extends AutoCloseable {

    /** In which order rows can be read. */
    enum Order {
        /** Any, by several threads at once. */
        ANY,
        /** That of the entries, by one thread: a stream that cannot go back. */
        AS_LISTED
    }

    /** What of it is taken along. */
    Contents contents() throws SQLException, IOException;

    /** What of it is not, and all there is. */
    LeftBehind left() throws SQLException, IOException;

    Order order();

    /** The search path that sessions have there, as {@code SET search_path TO} takes it. */
    String searchPath() throws SQLException, IOException;

    /**
     * Makes sure that rows can be read in any order and more than once, before any are. A stream is put into a file for
     * that, which ends with this source.
     *
     * @param progress told of bytes, if it takes a while
     */
    default void inAnyOrder(Progress progress) throws IOException {}

    /** Cuts a table into at most so many parts that can be read side by side; one part where that is not possible. */
    List<TablePart> parts(TableData table, int most);

    /** Hands over the rows of a part and returns after the last one. */
    void rows(TablePart part, RowSink sink) throws SQLException, IOException;

    /** Hands over the large objects of an entry of kind {@link Entry#BLOBS}. */
    void largeObjects(Entry blobs, LargeObjectSink sink) throws SQLException, IOException;

    /** Ends all reading at once, from any thread; what was being read fails. */
    void cancel();

    @Override
    void close() throws SQLException, IOException;
}
