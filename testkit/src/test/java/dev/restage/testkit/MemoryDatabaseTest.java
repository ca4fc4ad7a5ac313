package dev.restage.testkit;

import dev.restage.provider.database.DatabaseSnapshotter;

/** A database that keeps every promise passes. */
class MemoryDatabaseTest extends DatabaseSnapshotterContract {

    private final MemoryDatabase.Server server = new MemoryDatabase.Server();

    @Override
    protected DatabaseSnapshotter databaseHolding(String contents) {
        return new MemoryDatabase(server, contents);
    }

    @Override
    protected void fill(DatabaseSnapshotter database, String contents) {
        ((MemoryDatabase) database).contents = contents;
    }

    @Override
    protected String contentsOf(DatabaseSnapshotter database) {
        return ((MemoryDatabase) database).contents;
    }
}
