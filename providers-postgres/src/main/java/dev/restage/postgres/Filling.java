package dev.restage.postgres;

import dev.restage.postgres.internal.session.Blockers;
import dev.restage.postgres.internal.session.Cancellable;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.CopyResult;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.SnapshotId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Replaces what one database holds. */
final class Filling {

    private static final System.Logger LOG = System.getLogger(Filling.class.getName());
    private static final String LOCK_TIMEOUT = "55P03";

    private final Sessions target;

    Filling(Sessions target) {
        this.target = target;
    }

    CopyResult copy(Sessions from, MaskPlan masks, Progress progress) {
        String what = "the copy of %s into %s".formatted(from.database(), target.database());
        try (Connection in = from.source();
                Connection out = target.target()) {
            return new Cancellable(what, List.of(in, out)).run(() -> {
                try (LiveSource source = new LiveSource(in)) {
                    refuse(what, new CopyCheck(out, target.database()).problems(source, in, masks));
                    return fill(what, source, out, Marker.of(from.database()), masks, progress);
                }
            });
        } catch (Exception e) {
            throw failure(what, e);
        }
    }

    void restore(SnapshotStore store, SnapshotId snapshot, Progress progress) {
        String what = "the restore of snapshot %s into %s".formatted(snapshot, target.database());
        try (ArchiveSource source = verified(store, snapshot);
                Connection out = target.target()) {
            new Cancellable(what, List.of(out)).run(() -> {
                CopyCheck check = new CopyCheck(out, target.database());
                refuse(what, check.problems(source));
                return fill(what, source, out, Marker.of(snapshot), PostgresDatabase.unmasked(), progress);
            });
        } catch (Exception e) {
            throw failure(what, e);
        }
    }

    private CopyResult fill(
            String what, SchemaSource source, Connection out, Marker marker, MaskPlan masks, Progress progress)
            throws SQLException, IOException {
        LiveSink sink = new LiveSink(out, marker);
        CopyResult result;
        try {
            sink.empty();
            result = new Transfer(source, sink, masks, progress).run();
        } catch (SQLException e) {
            String also = LOCK_TIMEOUT.equals(e.getSQLState()) ? "; " + Blockers.of(target) : "";
            throw new ProviderException(
                    ServerErrors.kind(e),
                    "%s failed at %s: %s%s; nothing was changed"
                            .formatted(what, sink.current(), ServerErrors.text(e), also),
                    Effect.NONE,
                    null);
        }
        analyze(out);
        return result;
    }

    /** Without figures the server plans badly until autovacuum comes; the copy is complete without them. */
    private void analyze(Connection out) {
        try (Statement statement = out.createStatement()) {
            statement.execute("ANALYZE");
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} was filled, but ANALYZE failed: {1}",
                    target.database(),
                    ServerErrors.text(e));
        }
    }

    private ArchiveSource verified(SnapshotStore store, SnapshotId snapshot) throws IOException, SQLException {
        Path file = store.find(snapshot)
                .orElseThrow(() -> new ProviderException(
                        Kind.NOT_FOUND,
                        "there is no snapshot %s on this machine; list the snapshots of the database"
                                .formatted(snapshot),
                        Effect.NONE,
                        null));
        ArchiveSource source = new ArchiveSource(file);
        try {
            source.verify();
            return source;
        } catch (IOException | SQLException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static void refuse(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s cannot work; nothing was changed. %d problems:%n- %s"
                            .formatted(what, problems.size(), String.join(System.lineSeparator() + "- ", problems)),
                    Effect.NONE,
                    null);
        }
    }

    private ProviderException failure(String what, Exception e) {
        if (e instanceof ProviderException known) {
            return known;
        }
        String why = e instanceof SQLException sql ? ServerErrors.sentence(target.database(), sql) : e.getMessage();
        Kind kind = e instanceof SQLException sql ? ServerErrors.kind(sql) : Kind.FAILED;
        return new ProviderException(
                kind, "%s failed: %s; nothing was changed".formatted(what, why), Effect.NONE, null);
    }
}
