package dev.restage.sandbox.vendor.heroku;

/**
 * Keeps the databases of the Heroku stand-in: makes and restores the backups that its transfers stand for, and resets. Called by one
 * thread per transfer.
 */
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
     * Makes a database anew: empty, without sessions, with what the hosting company puts into each.
     *
     * @param databaseUrl the database, {@code postgres://user:password@host:port/name}
     */
    void renew(String databaseUrl);

    /**
     * Reads a snapshot, as a client downloads it.
     *
     * @param snapshotId the id that {@link #capture} returned
     * @return the bytes of an archive of {@code pg_dump}'s custom format
     */
    byte[] archive(String snapshotId);
}
