package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.archive.ArchiveOptions;
import dev.restage.postgres.internal.archive.ArchiveSink;
import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Origin;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.copy.LiveSource;
import dev.restage.postgres.internal.copy.OrphanedRows;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that replaces or keeps what one live database holds. */
public final class Engine {

    private final Sessions target;
    private final SnapshotFiles files;
    private final long capacity;

    public Engine(Sessions target, Variables variables) {
        this(target, SnapshotFiles.of(variables), 0);
    }

    private Engine(Sessions target, SnapshotFiles files, long capacity) {
        this.target = target;
        this.files = files;
        this.capacity = capacity;
    }

    /** The same, for a database of which is known how many bytes it may hold. */
    public Engine withCapacity(long bytes) {
        return new Engine(target, files, bytes);
    }

    /** What is known of a copy beforehand. */
    public CopyCheck check(Origin origin, CopyOptions options) {
        String what = "the check of the copy of %s into %s".formatted(origin, target.database());
        return attempt(what, "nothing was changed", () -> {
            try (Source source = origin.open(options, major())) {
                List<String> problems = problems(origin, source, options);
                if (problems.isEmpty() && way(source.contents(), options) instanceof InPlace) {
                    problems = new Preflight(target).immovable(source.contents());
                }
                CopyCheck people = Load.people(source, options);
                problems = Stream.concat(problems.stream(), people.problems().stream())
                        .toList();
                List<String> notes = new ArrayList<>(Load.notes(source, options));
                notes.addAll(people.notes());
                if (problems.isEmpty()) {
                    OrphanedRows orphans = Load.orphans(source, options);
                    problems = orphans.problems(options.orphans());
                    notes.addAll(orphans.notes(options.orphans()));
                    notes.addAll(
                            new Preflight(target).notes(new Load(origin, source, options, Progress.NONE).carried()));
                }
                incomplete().ifPresent(state -> notes.add("%s %s".formatted(target.database(), state)));
                return new CopyCheck(problems, notes);
            }
        });
    }

    /** Replaces the contents by a masked copy. */
    public CopyResult copy(Origin origin, CopyOptions options, Progress progress) {
        String what = "the copy of %s into %s".formatted(origin, target.database());
        return alone(what, () -> {
            try (Source source = origin.open(options, major())) {
                refuse(what, problems(origin, source, options));
                Load load = new Load(origin, source, options, progress);
                load.prepare();
                Replacement way = way(source.contents(), options);
                if (way instanceof InPlace) {
                    refuse(what, Load.people(source, options).problems());
                    refuse(what, Load.orphans(source, options).problems(options.orphans()));
                }
                return load.result(replace(what, load, way, Marker.of(origin.toString())));
            }
        });
    }

    /** Takes a snapshot into a file on this machine. */
    public Snapshot capture(String directory, Progress progress) {
        return attempt("the snapshot of " + target.database(), "nothing was changed", () -> write(directory, progress));
    }

    /** Takes a snapshot within the server, in a moment. */
    public Snapshot captureBeside() {
        return attempt("the snapshot of " + target.database(), "nothing was changed", () -> {
            Optional<String> obstacle = Siblings.obstacle(target);
            if (obstacle.isPresent()) {
                throw new ProviderException(
                        Kind.UNSUPPORTED,
                        "%s cannot be copied within its server: %s; take snapshots into files instead"
                                .formatted(target.database(), obstacle.get()),
                        Effect.NONE,
                        null);
            }
            SnapshotId id = beside().orElseThrow().capture();
            return within().stream()
                    .filter(snapshot -> snapshot.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        });
    }

    /** Replaces the contents by those of a snapshot. */
    public void restore(SnapshotId id, Progress progress) {
        String what = "the restore of snapshot %s into %s".formatted(id, target.database());
        alone(what, () -> {
            Optional<String> database = database(id);
            if (database.isPresent()) {
                restore(what, database.get(), id);
            } else {
                restore(what, files.find(id).orElseThrow(() -> missing(id)), id, progress);
            }
            return id;
        });
    }

    /** The snapshot that the database was filled with last. */
    public Optional<SnapshotId> restored() {
        return attempt("reading the marker of " + target.database(), "nothing was changed", () -> {
            try (Connection connection = target.read()) {
                return Marker.of(connection).flatMap(Marker::snapshot);
            }
        });
    }

    /** What the database says of itself when a replacement has begun and not ended. */
    public Optional<Incomplete> incomplete() {
        return attempt("reading the marker of " + target.database(), "nothing was changed", () -> {
            try (Connection connection = target.read()) {
                return Marker.of(connection).flatMap(Marker::incomplete);
            }
        });
    }

    /** The snapshots in files and within the server, newest first. */
    public List<Snapshot> snapshots(String directory) {
        return attempt(
                "listing the snapshots of " + target.database(),
                "nothing was changed",
                () -> Stream.concat(files.of(directory).stream(), within().stream())
                        .sorted(Comparator.comparing(
                                        (Snapshot snapshot) -> snapshot.id().value())
                                .reversed())
                        .toList());
    }

    public void delete(SnapshotId id) {
        attempt("deleting snapshot " + id, "run again", () -> {
            files.delete(id);
            if (database(id).isPresent()) {
                beside().orElseThrow().drop(id);
            }
            return id;
        });
    }

    private List<String> problems(Origin origin, Source source, CopyOptions options) throws SQLException, IOException {
        List<String> problems = new ArrayList<>(origin.problems());
        problems.addAll(Load.problems(source, options));
        if (source instanceof LiveSource live) {
            problems.addAll(new Preflight(target).missing(live));
        }
        problems.addAll(new Preflight(target).problems(source.left()));
        Load load = new Load(origin, source, options, Progress.NONE);
        Optional<String> encoding = source instanceof LiveSource live ? Optional.of(live.encoding()) : Optional.empty();
        problems.addAll(new Preflight(target).problems(load.carried(), encoding));
        if (problems.isEmpty() && capacity > 0) {
            boolean inPlace = way(source.contents(), options) instanceof InPlace;
            Room.problem(target, capacity, load.bytes(), inPlace ? Room.Way.IN_PLACE : Room.Way.BESIDE)
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<SnapshotId> replace(String what, Load load, Replacement way, Marker marker) {
        try {
            return way.replace(load, marker);
        } catch (SQLException | IOException | RuntimeException e) {
            throw failure(what, way.outcome(), way.effect(), e);
        }
    }

    private void restore(String what, Path file, SnapshotId id, Progress progress) throws SQLException, IOException {
        Origin origin = new ArchiveOrigin(file);
        try (ArchiveSource source = ArchiveSource.of(file)) {
            source.verify();
            Load load = new Load(origin, source, Load.ALL, progress);
            refuse(what, new Preflight(target).problems(load.carried(), Optional.empty()));
            replace(what, load, way(source.contents(), Load.ALL), Marker.of(id));
        }
    }

    private void restore(String what, String database, SnapshotId id) throws SQLException {
        Beside beside = beside().orElseThrow();
        try {
            beside.restore(database, Marker.of(id));
        } catch (SQLException | IOException | RuntimeException e) {
            throw failure(what, beside.outcome(), beside.effect(), e);
        }
    }

    /** Beside wherever the role may, because that never shows anything unfinished. */
    private Replacement way(Contents contents, CopyOptions options) throws SQLException {
        if (Siblings.obstacle(target).isEmpty()) {
            try (Connection connection = target.source()) {
                if (Extensions.of(connection).canBeMadeAnew(contents) && !Emptying.isHosted(connection)) {
                    return beside().orElseThrow();
                }
            }
        }
        @Nullable SnapshotId backup = options.before();
        return new InPlace(
                target,
                contents,
                () -> backup == null ? write(directory(), Progress.NONE).id() : backup,
                options.remembered());
    }

    /** Where the files of this database are. */
    private String directory() throws SQLException {
        try (Connection connection = target.read()) {
            return directory(new Description(connection).identity());
        }
    }

    /** A name for a directory that no other database has. */
    public static String directory(dev.restage.provider.Identity identity) {
        return String.join("-", identity.parts()).replaceAll("[^A-Za-z0-9.-]", "_");
    }

    private Optional<Beside> beside() {
        return Maintenance.of(target).map(maintenance -> new Beside(target, maintenance));
    }

    private List<Snapshot> within() throws SQLException {
        Optional<Beside> beside = beside();
        return beside.isPresent() ? beside.get().snapshots() : List.of();
    }

    private Optional<String> database(SnapshotId id) throws SQLException {
        Optional<Beside> beside = beside();
        return beside.isPresent() ? beside.get().find(id) : Optional.empty();
    }

    private Snapshot write(String directory, Progress progress) throws SQLException, IOException {
        SnapshotId id = SnapshotName.next();
        Path unfinished = files.begin(directory);
        try {
            Origin origin = new LiveOrigin(target);
            try (Source source = origin.open(Load.ALL, major());
                    ArchiveSink sink = ArchiveSink.to(unfinished, ArchiveOptions.FAST, Clock.systemUTC())) {
                Load load = new Load(origin, source, Load.ALL, progress);
                List<String> problems = new ArrayList<>(Load.problems(source, Load.ALL));
                Room.problem(unfinished, load.rowBytes()).ifPresent(problems::add);
                refuse("the snapshot of " + target.database(), problems);
                load.into(sink);
            }
            try (ArchiveSource written = ArchiveSource.of(unfinished)) {
                written.verify();
            }
            return files.finish(unfinished, id);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private int major() throws SQLException {
        try (Connection connection = target.read()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        }
    }

    private static ProviderException missing(SnapshotId id) {
        return new ProviderException(
                Kind.NOT_FOUND,
                "there is no snapshot %s in the server or on this machine; list the snapshots of the database"
                        .formatted(id),
                Effect.NONE,
                null);
    }

    static void refuse(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s cannot work; nothing was changed. %d problems:%n- %s"
                            .formatted(what, problems.size(), String.join(System.lineSeparator() + "- ", problems)),
                    Effect.NONE,
                    null);
        }
    }

    /** Work of which the outcome is the same whatever fails. */
    private interface Work<T> {
        T run() throws SQLException, IOException;
    }

    /** Works while no other process replaces the contents. */
    private <T> T alone(String what, Work<T> work) {
        AdvisoryLock lock = AdvisoryLock.forReplacement(target);
        try {
            return attempt(what, "nothing was changed", work);
        } finally {
            lock.close();
        }
    }

    private <T> T attempt(String what, String outcome, Work<T> work) {
        Sessions.Held held = target.held();
        try {
            return work.run();
        } catch (SQLException | IOException e) {
            throw failure(what, outcome, Effect.NONE, e);
        } finally {
            held.close();
        }
    }

    private ProviderException failure(String what, String outcome, Effect effect, Exception e) {
        if (e instanceof ProviderException known) {
            return known.effect() == effect
                    ? known
                    : new ProviderException(
                            known.kind(), "%s; %s".formatted(known.getMessage(), outcome), effect, known.getCause());
        }
        if (e instanceof RuntimeException unexpected && !(e instanceof java.io.UncheckedIOException)) {
            throw unexpected;
        }
        String why = e instanceof SQLException sql
                ? ServerErrors.sentence(target.database(), sql)
                : String.valueOf(e.getMessage());
        Kind kind = e instanceof SQLException sql ? ServerErrors.kind(sql) : Kind.FAILED;
        return new ProviderException(kind, "%s failed: %s; %s".formatted(what, why, outcome), effect, null);
    }
}
