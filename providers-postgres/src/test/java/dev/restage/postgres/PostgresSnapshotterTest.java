package dev.restage.postgres;

import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.testkit.DatabaseSnapshotterContract;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class PostgresSnapshotterTest extends DatabaseSnapshotterContract {

    @TempDir
    Path home;

    @Override
    protected DatabaseSnapshotter databaseHolding(String contents) {
        DatabaseSnapshotter database = new TestDatabases(home).empty();
        fill(database, contents);
        return database;
    }

    @Override
    protected void fill(DatabaseSnapshotter database, String contents) {
        try {
            TestDatabases.run(
                    (PostgresDatabase) database,
                    "DROP TABLE IF EXISTS held",
                    "CREATE TABLE held(text text)",
                    "INSERT INTO held VALUES (%s)".formatted(Query.literal(contents)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected String contentsOf(DatabaseSnapshotter database) {
        try {
            return TestDatabases.one((PostgresDatabase) database, "SELECT text FROM held");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
