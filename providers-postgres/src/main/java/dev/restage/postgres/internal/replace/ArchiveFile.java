package dev.restage.postgres.internal.replace;

import dev.restage.masking.DatabaseShape;
import dev.restage.postgres.internal.archive.ArchiveOptions;
import dev.restage.postgres.internal.archive.ArchiveSink;
import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Origin;
import dev.restage.postgres.internal.content.Source;
import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.DatabaseInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One archive file: what it holds, and writing it anew. */
public final class ArchiveFile {

    /** Definitions are written for the newest server, which quotes more words than older ones need. */
    private static final int NEWEST_MAJOR = 18;

    private final Path path;
    private final Clock clock;

    public ArchiveFile(Path path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    public Path path() {
        return path;
    }

    /** Its real path; of a file that is not there yet, the real path of its folder with its name. */
    public Identity identity() {
        return Identity.file(path);
    }

    public DatabaseInfo describe() {
        return attempt("reading " + this, () -> {
            try (ArchiveSource source = ArchiveSource.of(path)) {
                return describe(source, Files.size(path));
            }
        });
    }

    /** What an archive of so many bytes holds. */
    public static DatabaseInfo describe(ArchiveSource source, long bytes) {
        Contents contents = source.contents();
        return new DatabaseInfo(
                "archive of PostgreSQL %s from %s"
                        .formatted(contents.version(), source.header().created()),
                contents.majorVersion(),
                bytes,
                contents.entries().stream()
                        .filter(entry -> entry.kind().equals("EXTENSION"))
                        .collect(Collectors.toMap(Entry::tag, entry -> "", (one, same) -> one)),
                contents.tables().stream()
                        .map(table -> new DatabaseInfo.Table(
                                table.table().schema(), table.table().name(), table.rows(), table.bytes()))
                        .sorted(Comparator.comparing(DatabaseInfo.Table::schema)
                                .thenComparing(DatabaseInfo.Table::name))
                        .toList());
    }

    public DatabaseShape shape() {
        return attempt("reading " + this, () -> {
            try (ArchiveSource source = ArchiveSource.of(path)) {
                return source.contents().shape();
            }
        });
    }

    /** What is known of a copy into it beforehand. */
    public CopyCheck check(Origin origin, CopyOptions options) {
        return attempt("the check of the copy of %s into %s".formatted(origin, this), () -> {
            try (Source source = origin.open(options, NEWEST_MAJOR)) {
                return new CopyCheck(problems(origin, source, options), Load.notes(source, options));
            }
        });
    }

    /** Writes it anew, masked. What is read back from the disk has to be what was sent, before the file gets its name. */
    public CopyResult copy(Origin origin, CopyOptions options, Progress progress) {
        String what = "the copy of %s into %s".formatted(origin, this);
        return attempt(what, () -> {
            try (Source source = origin.open(options, NEWEST_MAJOR)) {
                Engine.refuse(what, problems(origin, source, options));
                Load load = new Load(origin, source, options, progress);
                load.prepare();
                Path unproved =
                        Files.createTempFile(path.toAbsolutePath().getParent(), "." + path.getFileName(), ".unproved");
                try {
                    try (ArchiveSink sink = ArchiveSink.to(unproved, ArchiveOptions.COMMON, clock)) {
                        load.masked(sink, unproved);
                    }
                    Files.move(unproved, path, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(unproved);
                }
                return load.result(Optional.empty());
            }
        });
    }

    @Override
    public String toString() {
        return "archive " + path;
    }

    private List<String> problems(Origin origin, Source source, CopyOptions options) throws SQLException, IOException {
        List<String> problems = new ArrayList<>(origin.problems());
        problems.addAll(Load.problems(source, options));
        problems.addAll(source.left().problems(Set.of(), toString()));
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(path)) {
            problems.add("%s is a directory: name a file".formatted(path));
        } else if (!Files.isWritable(folder)) {
            problems.add("%s cannot be written: make the folder %s, or make it writable".formatted(path, folder));
        } else if (problems.isEmpty()) {
            Room.problem(path, new Load(origin, source, options, Progress.NONE).rowBytes())
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private static <T> T attempt(String what, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException | IOException e) {
            throw new ProviderException(
                    Kind.FAILED,
                    "%s failed: %s; no file was changed".formatted(what, e.getMessage()),
                    Effect.NONE,
                    null);
        }
    }

    private interface Work<T> {
        T run() throws SQLException, IOException;
    }
}
