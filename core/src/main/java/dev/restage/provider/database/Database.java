package dev.restage.provider.database;

import dev.restage.provider.ProviderException;
import dev.restage.provider.Writes;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import java.sql.Connection;
import java.util.Optional;
import java.util.stream.Stream;

/** A live SQL database. */
public interface Database extends Dataset {

    /**
     * {@return a connection that cannot write: the server itself refuses} The caller closes it. Nothing that is called or
     * sent turns it to writing: all is read in a transaction that is read only and never committed, it cannot be unwrapped,
     * and statements that would end the transaction are refused. While it commits automatically, as it does at first, the
     * next statement after a failed one goes on in a new transaction. It finds tables by the database's own search path.
     */
    Connection read();

    /**
     * {@return what it says of itself when a replacement of its contents has begun and not ended; empty if it is complete} A
     * database whose contents are replaced in one moment is always complete.
     */
    Optional<Incomplete> incomplete();

    /** {@return a connection that can write, to be closed by the caller; it commits automatically} */
    @Writes
    Connection write();

    /**
     * Asks which media files rows name, each once, in the order of the UTF-8 bytes of their keys. Rows come while the
     * stream is read and all from one view of the database, so memory does not grow with it, save for what a {@link
     * MediaQuery.Reach} leads to. An error meanwhile is thrown by the stream. Values that are empty or whole URLs are
     * no files.
     *
     * @param query which files
     * @return the files, to be closed
     * @throws ProviderException {@code NOT_FOUND} if no row fulfils the condition of a {@link MediaQuery.Reach}
     */
    Stream<MediaReference> media(MediaQuery query);

    /**
     * Hands over what can be read in it besides rows: names and definitions of objects, their comments and defaults, and the
     * values that statistics keep.
     *
     * @param reader hears of each text once
     */
    void texts(DatabaseTexts reader);
}
