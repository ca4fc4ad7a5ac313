package dev.restage.provider.database;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.util.List;
import java.util.Optional;

/**
 * Captures the state of one database and puts a captured state back.
 *
 * <p>Callers must not add a retry loop. Every method throws {@link ProviderException} if the provider refuses or
 * cannot be reached.
 */
public interface DatabaseSnapshotter extends Resource {

    /**
     * Takes a snapshot and waits until it can be restored. The database stays online and unchanged, but a host keeps so many
     * snapshots and may drop the oldest for it: so it is a change.
     *
     * @param progress told of bytes or rows done, and of the total as soon as it is known
     * @return the finished snapshot
     */
    @Writes
    Snapshot capture(Progress progress);

    /**
     * Replaces all data in this database with a snapshot. Doing it again leaves the same data. If this fails midway,
     * the exception's {@code effect()} says whether the database is unchanged.
     *
     * @param snapshot the snapshot to read, taken of this database or of another of the same provider
     * @param progress told of bytes or rows done
     * @throws ProviderException {@code NOT_FOUND} if the snapshot is missing; the database is then unchanged
     */
    @Writes
    void restore(SnapshotId snapshot, Progress progress);

    /** {@return the snapshot this database was filled with; empty if none, or if the last restore failed midway} */
    Optional<SnapshotId> restored();

    /** {@return the finished snapshots of this database, newest first; empty if there are none} */
    List<Snapshot> snapshots();

    /**
     * Removes a snapshot. Does nothing if it is gone already.
     *
     * @param snapshot the snapshot
     */
    @Writes
    void delete(SnapshotId snapshot);
}
