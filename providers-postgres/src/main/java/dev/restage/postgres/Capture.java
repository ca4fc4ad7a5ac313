package dev.restage.postgres;

import dev.restage.postgres.internal.session.Cancellable;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Snapshot;
import dev.restage.provider.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Takes a snapshot of one database into a file. */
final class Capture {

    private final Sessions sessions;
    private final SnapshotStore store;

    Capture(Sessions sessions, SnapshotStore store) {
        this.sessions = sessions;
        this.store = store;
    }

    Snapshot take(String directory, Progress progress) {
        String what = "the snapshot of " + sessions.database();
        try (Connection connection = sessions.source()) {
            return new Cancellable(what, List.of(connection)).run(() -> write(what, connection, directory, progress));
        } catch (ProviderException e) {
            throw e;
        } catch (Exception e) {
            String why = e instanceof SQLException sql ? ServerErrors.text(sql) : e.getMessage();
            Kind kind = e instanceof SQLException sql ? ServerErrors.kind(sql) : Kind.FAILED;
            throw new ProviderException(kind, "%s failed: %s".formatted(what, why), Effect.NONE, e);
        }
    }

    private Snapshot write(String what, Connection connection, String directory, Progress progress)
            throws SQLException, IOException {
        Instant takenAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        SnapshotId id = SnapshotStore.newId(takenAt);
        Path unfinished = store.begin(directory);
        try {
            try (LiveSource source = new LiveSource(connection);
                    ArchiveSink sink = new ArchiveSink(
                            unfinished,
                            id.value(),
                            takenAt,
                            connection.getMetaData().getDatabaseMajorVersion())) {
                refuse(what, source.reader().unsupported());
                new Transfer(source, sink, PostgresDatabase.unmasked(), progress).run();
            }
            try (ArchiveSource written = new ArchiveSource(unfinished)) {
                written.verify();
            }
            return store.finish(unfinished, id);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void refuse(String what, List<String> unsupported) {
        if (!unsupported.isEmpty()) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s would not be complete, because these are of kinds that are not carried yet: %s"
                            .formatted(what, String.join(", ", unsupported)),
                    Effect.NONE,
                    null);
        }
    }
}
