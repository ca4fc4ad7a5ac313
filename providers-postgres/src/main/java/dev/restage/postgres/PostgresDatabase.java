package dev.restage.postgres;

import dev.restage.masking.DatabaseShape;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.catalog.CatalogReader;
import dev.restage.postgres.internal.catalog.CatalogTexts;
import dev.restage.postgres.internal.content.LeftBehind;
import dev.restage.postgres.internal.media.MediaRows;
import dev.restage.postgres.internal.replace.DatabaseRegister;
import dev.restage.postgres.internal.replace.Description;
import dev.restage.postgres.internal.replace.Engine;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Register;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseInfo;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.DatabaseTexts;
import dev.restage.provider.database.Dataset;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL database, version 13 or later, reached over JDBC alone.
 *
 * <p>A copy or a restore replaces what the database holds. Where the role may create databases, it fills one beside and
 * exchanges the names in one moment; what was there stays on the server as a snapshot. Where it may not, it takes a
 * snapshot, and then empties and fills the database in place, which says that it is incomplete until the end: {@link
 * #restored} is empty then, and the comment of the schema {@code restage} tells since when. It needs the database's
 * owner, no superuser, and on the server's disk the room for old and new. Owners, grants, default privileges and
 * publications are not carried over unless asked for.
 */
public final class PostgresDatabase implements Database, DatabaseSnapshotter, Lockable, PostgresBacked {

    /** Where snapshots are kept. */
    public enum Snapshots {
        /** In files that {@code pg_restore} reads, on the machine that takes them. */
        FILES,
        /** In databases beside this one, made in a moment. The role must be allowed to create databases. */
        TEMPLATES
    }

    private final Sessions sessions;
    private final Engine engine;
    private final Snapshots kept;
    private final DatabaseSnapshotter backups;

    private PostgresDatabase(Sessions sessions, Engine engine, Snapshots kept, @Nullable DatabaseSnapshotter backups) {
        this.sessions = sessions;
        this.engine = engine;
        this.kept = kept;
        this.backups = backups == null ? this : backups;
    }

    /**
     * Makes the object for a database. Connects to nothing yet.
     *
     * @param connection how it is reached
     * @param variables where {@code RESTAGE_HOME} is looked up, below which snapshots are kept; {@code ~/.restage}
     *     without it
     * @return the database, whose snapshots go into files
     */
    public static PostgresDatabase of(ConnectionSpec connection, Variables variables) {
        return of(connection, variables, Snapshots.FILES);
    }

    /**
     * Makes the object for a database. Connects to nothing yet.
     *
     * @param connection how it is reached
     * @param variables where {@code RESTAGE_HOME} is looked up
     * @param snapshots where snapshots that {@link #capture} takes are kept; all kinds can be restored
     * @return the database
     */
    public static PostgresDatabase of(ConnectionSpec connection, Variables variables, Snapshots snapshots) {
        Sessions sessions = new Sessions(connection);
        return new PostgresDatabase(sessions, new Engine(sessions, variables), snapshots, null);
    }

    /**
     * {@return the same database, of which is known how much it may hold: a copy that is bigger is refused}
     *
     * @param bytes the limit of its plan; what is kept beside it counts, too
     */
    public PostgresDatabase withCapacity(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException(
                    "a capacity of %d bytes: leave it out if it is not known".formatted(bytes));
        }
        return new PostgresDatabase(sessions, engine.withCapacity(bytes), kept, backups == this ? null : backups);
    }

    /**
     * {@return the same database, whose backups somebody else has: a copy relies on those}
     *
     * @param keeper lists the backups of this very database that can be restored
     */
    public PostgresDatabase backedUpBy(DatabaseSnapshotter keeper) {
        return new PostgresDatabase(sessions, engine, kept, keeper);
    }

    @Override
    public ConnectionSpec connection() {
        return sessions.database();
    }

    @Override
    public Identity identity() {
        return identity(sessions);
    }

    private static Identity identity(Sessions sessions) {
        return ask(sessions, "identify database", connection -> new Description(connection).identity());
    }

    @Override
    public DatabaseInfo describe() {
        return ask(sessions, "describe database", connection -> new Description(connection).info());
    }

    @Override
    public DatabaseShape shape() {
        try (Connection connection = sessions.source()) {
            connection.setAutoCommit(false);
            int major = connection.getMetaData().getDatabaseMajorVersion();
            return LeftBehind.of(new CatalogReader(connection, major).contents(), List.of())
                    .rest()
                    .shape();
        } catch (SQLException e) {
            throw ServerErrors.of(sessions.database(), "read the tables of database", e);
        }
    }

    @Override
    public Connection read() {
        return sessions.guarded();
    }

    @Override
    public Optional<Incomplete> incomplete() {
        return engine.incomplete();
    }

    @Override
    public Connection write() {
        return sessions.write();
    }

    @Override
    public Stream<MediaReference> media(MediaQuery query) {
        DatabaseShape shape = shape();
        return MediaRows.of(sessions.database(), sessions.read(), shape, query);
    }

    @Override
    public void texts(DatabaseTexts reader) {
        try (Connection connection = sessions.source()) {
            CatalogTexts.read(connection, reader);
        } catch (SQLException e) {
            throw ServerErrors.of(sessions.database(), "read the catalog of database", e);
        }
    }

    @Override
    public CopyCheck checkCopy(Dataset source, CopyOptions options) {
        return isSame(source)
                ? CopyCheck.refused(
                        "%s cannot be copied onto itself; check the addresses".formatted(sessions.database()))
                : engine.check(Origins.of(source), options);
    }

    @Override
    public CopyResult copyFrom(Dataset source, CopyOptions options, Progress progress) {
        if (isSame(source)) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s cannot be copied onto itself; check the addresses".formatted(sessions.database()),
                    Effect.NONE,
                    null);
        }
        SnapshotId before = options.before();
        if (before != null
                && backups.snapshots().stream()
                        .noneMatch(snapshot -> snapshot.id().equals(before))) {
            throw new ProviderException(
                    Kind.NOT_FOUND,
                    "%s has no snapshot %s any more, so nothing was changed: take another".formatted(backups, before),
                    Effect.NONE,
                    null);
        }
        return engine.copy(Origins.of(source), options, progress);
    }

    @Override
    public Snapshot capture(Progress progress) {
        return kept == Snapshots.TEMPLATES
                ? engine.captureBeside()
                : engine.capture(Engine.directory(identity()), progress);
    }

    @Override
    public void restore(SnapshotId snapshot, Progress progress) {
        engine.restore(snapshot, progress);
    }

    @Override
    public Optional<SnapshotId> restored() {
        return engine.restored();
    }

    @Override
    public List<Snapshot> snapshots() {
        return engine.snapshots(Engine.directory(identity()));
    }

    @Override
    public void delete(SnapshotId snapshot) {
        engine.delete(snapshot);
    }

    @Override
    public Register register() {
        return new DatabaseRegister(sessions);
    }

    /** Names host and database. */
    @Override
    public String toString() {
        return sessions.database().toString();
    }

    private boolean isSame(Dataset source) {
        return source instanceof PostgresBacked backed
                && identity(new Sessions(backed.connection())).equals(identity());
    }

    private static <T> T ask(Sessions sessions, String doing, Question<T> question) {
        try (Connection connection = sessions.read()) {
            return question.answer(connection);
        } catch (SQLException e) {
            throw ServerErrors.of(sessions.database(), doing, e);
        }
    }

    private interface Question<T> {
        T answer(Connection connection) throws SQLException;
    }
}
