package dev.restage.provider.database;

import java.time.Instant;

/**
 * A finished snapshot of a database.
 *
 * @param id how it is found again
 * @param takenAt when it was taken
 * @param sizeBytes the size as stored, in bytes; 0 if the vendor does not say
 */
public record Snapshot(SnapshotId id, Instant takenAt, long sizeBytes) {}
