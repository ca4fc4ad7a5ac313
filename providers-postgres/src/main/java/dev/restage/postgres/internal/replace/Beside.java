package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Fills a database beside the target and then exchanges their names in one transaction. Whoever looks sees the old
 * contents or the new ones.
 */
final class Beside implements Replacement {

    private static final System.Logger LOG = System.getLogger(Beside.class.getName());

    private final Sessions target;
    private final Fence fence;
    private Effect effect = Effect.NONE;

    Beside(Sessions target, Sessions maintenance) {
        this(target, maintenance, Fence.PATIENCE);
    }

    Beside(Sessions target, Sessions maintenance, Duration patience) {
        this.target = target;
        this.fence = new Fence(target, maintenance, patience);
    }

    @Override
    public Optional<SnapshotId> replace(Filling filling, Marker marker) throws SQLException, IOException {
        String incoming = fence.unfenced(siblings -> {
            siblings.dropUnfinished();
            return siblings.create();
        });
        SnapshotId before = fillAndSwap(incoming, filling, marker);
        fence.unfenced(siblings -> {
            siblings.dropKeptBut(before);
            return before;
        });
        return Optional.of(before);
    }

    /** Puts a copy of a snapshot in the target's place and drops what was there. */
    void restore(String snapshot, Marker marker) throws SQLException, IOException {
        String incoming = fence.unfenced(siblings -> {
            siblings.dropUnfinished();
            return siblings.copyOf(snapshot);
        });
        drop(fillAndSwap(incoming, database -> {}, marker));
    }

    /** Makes a copy of the target's files, for which the sessions that do nothing are ended. */
    SnapshotId capture() throws SQLException {
        String name = target.database().database();
        target.letGo();
        return fence.fenced("copied within its server", Fence.Ended.IDLE, List.of(name), siblings -> {
            siblings.dropUnfinished();
            return siblings.keep(siblings.copyOf(name));
        });
    }

    /** The databases that are snapshots of the target. */
    List<Snapshot> snapshots() throws SQLException {
        return fence.unfenced(Siblings::snapshots);
    }

    /** The name of the database that is a snapshot. */
    Optional<String> find(SnapshotId id) throws SQLException {
        return fence.unfenced(siblings -> siblings.find(id));
    }

    /** Drops a snapshot, if there is such a database. */
    void drop(SnapshotId id) throws SQLException {
        fence.unfenced(siblings -> {
            Optional<String> database = siblings.find(id);
            if (database.isPresent()) {
                siblings.drop(database.get());
            }
            return id;
        });
    }

    @Override
    public Effect effect() {
        return effect;
    }

    @Override
    public String outcome() {
        return effect == Effect.NONE
                ? "nothing was changed"
                : "whether it was replaced is not known: run again, which leaves the same either way";
    }

    private SnapshotId fillAndSwap(String incoming, Filling filling, Marker marker) throws SQLException, IOException {
        try {
            Sessions database = target.at(incoming);
            try (Connection connection = database.write()) {
                marker.unfinished().write(connection);
            }
            filling.into(database);
            try (Connection connection = database.write()) {
                marker.end(connection);
            }
            return swap(incoming);
        } catch (SQLException | IOException | RuntimeException e) {
            clear(incoming);
            throw e;
        }
    }

    private SnapshotId swap(String incoming) throws SQLException {
        target.letGo();
        try {
            return fence.fenced(
                    "replaced",
                    Fence.Ended.ALL,
                    List.of(target.database().database(), incoming),
                    siblings -> siblings.swap(incoming));
        } catch (SQLException e) {
            effect = ServerErrors.isConnectionLost(e) ? Effect.UNKNOWN : effect;
            throw e;
        }
    }

    /** What cannot be dropped now is dropped by the next run. */
    private void clear(String incoming) {
        // An interrupted thread could not connect.
        boolean interrupted = Thread.interrupted();
        try {
            fence.unfenced(siblings -> {
                siblings.drop(incoming);
                return incoming;
            });
        } catch (SQLException | ProviderException e) {
            LOG.log(System.Logger.Level.WARNING, "the next run has to drop the database {0}", incoming);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
