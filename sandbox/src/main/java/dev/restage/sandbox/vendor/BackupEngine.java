package dev.restage.sandbox.vendor;

/** Makes and restores the backups that the Heroku stand-in's transfers stand for. Called by one thread per transfer. */
public interface BackupEngine {

    /**
     * Captures a database.
     *
     * @param databaseUrl the database, {@code postgres://user:password@host:port/name}
     * @return the id of the snapshot, of letters, digits, dots, dashes and underscores
     */
    String capture(String databaseUrl);

    /**
     * Restores a snapshot over whatever a database holds.
     *
     * @param snapshotId the id that {@link #capture} returned, for the same or for another database
     * @param databaseUrl the database, {@code postgres://user:password@host:port/name}
     */
    void restore(String snapshotId, String databaseUrl);

    /**
     * Reads a snapshot, as a client downloads it.
     *
     * @param snapshotId the id that {@link #capture} returned
     * @return the bytes of an archive of {@code pg_dump}'s custom format
     */
    byte[] archive(String snapshotId);
}
