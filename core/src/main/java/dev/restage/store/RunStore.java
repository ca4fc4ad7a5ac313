package dev.restage.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the journals of runs, each a sequence of bytes that only grows. One writer at a time has a journal, whatever process or
 * machine it is on; anybody may read. Implementations may be used by several threads at once.
 *
 * <p>A store that is not a file system keeps what is appended as parts, each put at a position where none may be yet, and
 * the writer by a lease that it renews.
 */
public interface RunStore {

    /**
     * Makes the journal of a new run, and takes it. When this returns the journal outlives the machine.
     *
     * @param runId the run
     * @return the empty journal, which is this caller's until it is closed
     * @throws dev.restage.provider.ProviderException {@code CONFLICT} if there is a journal of that name
     * @throws IOException if it cannot be made
     */
    RunLog create(String runId) throws IOException;

    /**
     * Takes the journal of a run, to write on at its end.
     *
     * @param runId the run
     * @return the journal, which is this caller's until it is closed
     * @throws dev.restage.provider.ProviderException {@code CONFLICT} if somebody else has it; {@code NOT_FOUND} if there is none
     * @throws IOException if it cannot be opened
     */
    RunLog open(String runId) throws IOException;

    /**
     * Reads a journal, also while somebody writes it.
     *
     * @param runId the run
     * @return what is there so far, maybe with a part of an entry at its end; empty if there is no such run
     * @throws IOException if it cannot be read
     */
    Optional<byte[]> read(String runId) throws IOException;

    /**
     * {@return whether somebody has the journal now}
     *
     * @param runId the run
     * @throws IOException if that cannot be found out
     */
    boolean isTaken(String runId) throws IOException;

    /**
     * {@return the ids of all runs, sorted; empty if there are none}
     *
     * @throws IOException if they cannot be listed
     */
    List<String> list() throws IOException;

    /**
     * Keeps journals in a folder: each in a folder of its own, named like the run.
     *
     * @param folder made when the first run begins
     * @return the store
     */
    static RunStore folder(Path folder) {
        return new FolderRunStore(folder);
    }
}
