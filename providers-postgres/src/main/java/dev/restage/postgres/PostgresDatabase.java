package dev.restage.postgres;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskKey;
import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.CopyOptions;
import dev.restage.provider.CopyResult;
import dev.restage.provider.Database;
import dev.restage.provider.DatabaseInfo;
import dev.restage.provider.DatabaseSnapshotter;
import dev.restage.provider.Dataset;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Snapshot;
import dev.restage.provider.SnapshotId;
import dev.restage.provider.Variables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One PostgreSQL database, version 13 or later, reached over JDBC alone.
 *
 * <p>A copy or a restore replaces what the database holds in one transaction, so it is as before or complete; others
 * who use its tables wait meanwhile. It needs the database's owner, no superuser, and on the server's disk the room for
 * old and new. Owners, grants, default privileges and publications are not carried over.
 */
public final class PostgresDatabase implements Database, DatabaseSnapshotter, Lockable, PostgresBacked {

    private final Sessions sessions;
    private final Filling filling;
    private final SnapshotStore store;

    private PostgresDatabase(Sessions sessions, SnapshotStore store) {
        this.sessions = sessions;
        this.filling = new Filling(sessions);
        this.store = store;
    }

    /**
     * Makes the object for a database. Connects to nothing yet.
     *
     * @param connection how it is reached
     * @param variables where {@code RESTAGE_HOME} is looked up, below which snapshots are kept; {@code ~/.restage}
     *     without it
     * @return the database
     */
    public static PostgresDatabase of(ConnectionSpec connection, Variables variables) {
        return new PostgresDatabase(new Sessions(connection), SnapshotStore.of(variables));
    }

    @Override
    public PostgresDatabase postgres() {
        return this;
    }

    @Override
    public Identity identity() {
        try (Connection connection = read()) {
            return new Description(connection).identity();
        } catch (SQLException e) {
            throw ServerErrors.of(sessions.database(), "identify database", e);
        }
    }

    @Override
    public DatabaseInfo describe() {
        try (Connection connection = read()) {
            return new Description(connection).info();
        } catch (SQLException e) {
            throw ServerErrors.of(sessions.database(), "describe database", e);
        }
    }

    @Override
    public DatabaseShape shape() {
        return new DatabaseShape(List.of());
    }

    @Override
    public void delete(SnapshotId snapshot) {
        store.delete(snapshot);
    }

    @Override
    public Connection read() {
        return sessions.read();
    }

    @Override
    public Connection write() {
        return sessions.write();
    }

    @Override
    public List<String> checkCopy(Dataset source, CopyOptions options) {
        try (Connection from = postgres(source).sessions.source();
                LiveSource live = new LiveSource(from);
                Connection to = sessions.read()) {
            return new CopyCheck(to, sessions.database()).problems(live, from, plan(options));
        } catch (SQLException e) {
            throw ServerErrors.of(sessions.database(), "check the copy of %s into".formatted(source), e);
        }
    }

    @Override
    public CopyResult copyFrom(Dataset source, CopyOptions options, Progress progress) {
        PostgresDatabase from = postgres(source);
        if (from.identity().equals(identity())) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s cannot be copied onto itself; check the addresses".formatted(sessions.database()),
                    Effect.NONE,
                    null);
        }
        return filling.copy(from.sessions, plan(options), progress);
    }

    @Override
    public Snapshot capture(Progress progress) {
        return new Capture(sessions, store).take(key(identity()), progress);
    }

    @Override
    public void restore(SnapshotId snapshot, Progress progress) {
        filling.restore(store, snapshot, progress);
    }

    @Override
    public Optional<SnapshotId> restored() {
        try (Connection connection = read()) {
            return Marker.snapshot(connection);
        } catch (SQLException e) {
            throw ServerErrors.of(sessions.database(), "read the marker of database", e);
        }
    }

    @Override
    public List<Snapshot> snapshots() {
        try {
            return store.of(key(identity()));
        } catch (java.io.IOException e) {
            throw new ProviderException(Kind.FAILED, "cannot list snapshots: " + e.getMessage(), Effect.NONE, e);
        }
    }

    @Override
    public Lock lock(String owner) {
        return AdvisoryLock.take(sessions, owner);
    }

    /** Names host and database. */
    @Override
    public String toString() {
        return sessions.database().toString();
    }

    static MaskPlan unmasked() {
        return new MaskPlan(MaskingPolicy.none(), MaskKey.of("unused"));
    }

    private static MaskPlan plan(CopyOptions options) {
        return new MaskPlan(options.policy(), MaskKey.of(options.key().reveal()));
    }

    private static String key(Identity identity) {
        return String.join("-", identity.parts()).replaceAll("[^A-Za-z0-9.-]", "_");
    }

    private static PostgresDatabase postgres(Dataset source) {
        if (source instanceof PostgresBacked backed) {
            return backed.postgres();
        }
        throw new ProviderException(
                Kind.UNSUPPORTED,
                "%s is no PostgreSQL database, so it cannot be copied into one".formatted(source),
                Effect.NONE,
                null);
    }
}
