package dev.restage.store;

import java.io.IOException;

/** A journal in the hands of the one who may write it. */
public interface RunLog extends AutoCloseable {

    /**
     * Appends. The bytes outlive this process when this returns, and the machine when {@link #sync} returns. If it fails the
     * journal is as long as before, as far as that can be had.
     *
     * @param expectedLength how long the journal is, in bytes; what is beyond it is part of an entry that was never whole, and is cut
     * @param bytes whole entries
     * @throws IOException if they cannot be written
     */
    void append(long expectedLength, byte[] bytes) throws IOException;

    /**
     * Waits until all that was appended outlives the machine. May be called while another thread appends.
     *
     * @throws IOException if that cannot be had
     */
    void sync() throws IOException;

    /**
     * Lets go of the journal.
     *
     * @throws IOException if that fails; the journal is let go of all the same
     */
    @Override
    void close() throws IOException;
}
