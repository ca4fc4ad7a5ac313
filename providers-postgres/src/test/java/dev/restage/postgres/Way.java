package dev.restage.postgres;

import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.provider.Progress;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.Dataset;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** How contents can get into a database. */
enum Way {
    /** Where the role may not create databases. */
    IN_PLACE,
    /** Where it may. */
    BESIDE,
    /** Over an archive that Restage wrote. */
    ARCHIVE,
    /** Over an archive of pg_dump. */
    PG_DUMP;

    /** What is copied from: the source itself, or what its contents went into. */
    Dataset from(dev.restage.sandbox.server.PostgresDatabase made, TestDatabases databases, Path folder) {
        Path file = folder.resolve(UUID.randomUUID() + ".dump");
        return switch (this) {
            case IN_PLACE, BESIDE -> databases.open(made);
            case ARCHIVE -> {
                PostgresArchive archive = PostgresArchive.of(file, Clock.systemUTC());
                archive.copyFrom(databases.open(made), TestDatabases.UNMASKED, Progress.NONE);
                yield archive;
            }
            case PG_DUMP -> {
                ClientPrograms.atLeast(18).dump(made, "-Fc", "-f", file.toString());
                yield PostgresArchive.of(file, Clock.systemUTC());
            }
        };
    }

    /** Copies into a new database after a check that has nothing against it. */
    PostgresDatabase copied(Dataset source, TestDatabases databases, CopyOptions options) throws SQLException {
        PostgresDatabase target = this == BESIDE ? databases.creating() : databases.empty();
        List<String> problems = target.checkCopy(source, options).problems();
        if (!problems.isEmpty()) {
            throw new AssertionError("the check has something against it: " + problems);
        }
        target.copyFrom(source, options, Progress.NONE);
        return target;
    }
}
