package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.session.Blockers;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.SnapshotId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Empties the target and fills it again, where the role may not create databases. What it held is in a snapshot by then, and a
 * marker that comes with the emptying says that it is incomplete until the end. Whoever looks sees the old contents, the
 * marker, or the new contents. Where one transaction cannot drop it all, the marker comes before the emptying.
 */
final class InPlace implements Replacement {

    private final Sessions target;
    private final Contents wanted;
    private final Backup backup;
    private final Map<String, String> remembered;
    private Effect effect = Effect.NONE;
    private Optional<SnapshotId> before = Optional.empty();

    /**
     * Prepares it.
     *
     * @param remembered what is known of the state before, which the marker says until the end
     */
    InPlace(Sessions target, Contents wanted, Backup backup, Map<String, String> remembered) {
        this.target = target;
        this.wanted = wanted;
        this.backup = backup;
        this.remembered = remembered;
    }

    /** Takes a snapshot of the target that can be restored, and has checked that it can. */
    @FunctionalInterface
    interface Backup {
        SnapshotId take() throws SQLException, IOException;
    }

    @Override
    public Optional<SnapshotId> replace(Filling filling, Marker marker) throws SQLException, IOException {
        Optional<Incomplete> first = incomplete();
        if (first.isPresent()) {
            before = Optional.ofNullable(first.get().before());
            empty(marker.unfinished(first.get()));
        } else {
            before = isWorthKeeping() ? Optional.of(backup.take()) : Optional.empty();
            empty(marker.unfinished(before.orElse(null), remembered));
        }
        filling.into(target);
        try (Connection connection = target.write()) {
            marker.end(connection);
        }
        effect = Effect.SOME;
        return before;
    }

    @Override
    public Effect effect() {
        return effect;
    }

    @Override
    public String outcome() {
        if (effect == Effect.NONE) {
            return "nothing was changed";
        }
        String state = effect == Effect.SOME ? "it is" : "it is as before, or";
        String kept = before.map(
                        id -> "its state before is the snapshot %s, which an undo puts back and later runs know of"
                                .formatted(id))
                .orElse("it held nothing before");
        return "%s marked as incomplete, and %s: correct what failed, then run again".formatted(state, kept);
    }

    /** What the first of several replacements said that have failed. */
    private Optional<Incomplete> incomplete() throws SQLException {
        try (Connection connection = target.read()) {
            Optional<Incomplete> found = Marker.of(connection).flatMap(Marker::incomplete);
            effect = found.isPresent() ? Effect.SOME : effect;
            return found;
        }
    }

    private boolean isWorthKeeping() throws SQLException {
        return on(connection -> {
            Emptying emptying = Emptying.of(connection);
            List<String> immovable = new Preflight(target).immovable(wanted, emptying);
            if (!immovable.isEmpty()) {
                throw new ProviderException(
                        ProviderException.Kind.UNSUPPORTED, String.join("; ", immovable), effect, null);
            }
            return !emptying.isEmpty();
        });
    }

    private void empty(Marker marker) throws SQLException {
        on(connection -> {
            Emptying emptying = Emptying.of(connection);
            boolean atOnce = emptying.isOneTransaction();
            marker.write(connection);
            if (atOnce) {
                emptying.run();
            } else {
                commit(connection);
                emptying.runInPieces();
            }
            commit(connection);
            return true;
        });
    }

    /** Until the server answers, nobody knows whether it was done. */
    private void commit(Connection connection) throws SQLException {
        Effect before = effect;
        effect = effect == Effect.SOME ? effect : Effect.UNKNOWN;
        try {
            connection.commit();
            effect = Effect.SOME;
        } catch (SQLException e) {
            effect = ServerErrors.isConnectionLost(e) ? effect : before;
            throw e;
        }
    }

    /** Works in one transaction, after the role's own sessions that idle with locks have been ended. */
    private boolean on(Work work) throws SQLException {
        try (Connection connection = target.target()) {
            new Query(connection).list(Query.text(InPlace.class, "idle.sql"), row -> row.getBoolean(1));
            connection.setAutoCommit(false);
            return work.on(connection);
        } catch (SQLException e) {
            if (ServerErrors.isConnectionLost(e)) {
                throw e;
            }
            String why =
                    ServerErrors.isLockTimeout(e) ? Blockers.of(target, Blockers.Use.CHANGING) : ServerErrors.text(e);
            throw new ProviderException(
                    ServerErrors.kind(e),
                    "%s cannot be emptied: %s; %s".formatted(target.database(), why, outcome()),
                    effect,
                    null);
        }
    }

    /** Work on the target. */
    @FunctionalInterface
    private interface Work {
        boolean on(Connection connection) throws SQLException;
    }
}
