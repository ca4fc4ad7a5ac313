package dev.restage.postgres;

import dev.restage.provider.ProviderException;
import dev.restage.provider.Snapshot;
import dev.restage.provider.SnapshotId;
import dev.restage.provider.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The snapshot files on this machine, a directory per database. A file has its final name only when it is complete. */
final class SnapshotStore {

    private static final String SUFFIX = ".restage.zip";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern ID = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-[0-9a-f]{8}");

    private final Path root;

    SnapshotStore(Path root) {
        this.root = root;
    }

    static SnapshotStore of(Variables variables) {
        Path home = variables
                .find("RESTAGE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".restage"));
        return new SnapshotStore(home.resolve("snapshots").resolve("postgres"));
    }

    static SnapshotId newId(Instant takenAt) {
        return new SnapshotId(
                TIME.format(takenAt) + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** Makes an unfinished file that only this user can read. */
    Path begin(String database) throws IOException {
        Path directory = Files.createDirectories(root.resolve(database));
        boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
        return posix
                ? Files.createTempFile(
                        directory,
                        "unfinished-",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(directory, "unfinished-", ".tmp");
    }

    Snapshot finish(Path unfinished, SnapshotId id) throws IOException {
        Path file =
                Files.move(unfinished, unfinished.resolveSibling(id.value() + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
        return snapshot(file);
    }

    /** Finds a snapshot of any database. */
    Optional<Path> find(SnapshotId id) throws IOException {
        if (!ID.matcher(id.value()).matches() || !Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> directories = Files.list(root)) {
            return directories
                    .map(directory -> directory.resolve(id.value() + SUFFIX))
                    .filter(Files::isRegularFile)
                    .findFirst();
        }
    }

    List<Snapshot> of(String database) throws IOException {
        Path directory = root.resolve(database);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> ID.matcher(id(file)).matches())
                    .map(SnapshotStore::snapshot)
                    .sorted(Comparator.comparing(
                                    (Snapshot snapshot) -> snapshot.id().value())
                            .reversed())
                    .toList();
        }
    }

    void delete(SnapshotId id) {
        try {
            Optional<Path> file = find(id);
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED, "cannot delete snapshot %s: %s".formatted(id, e.getMessage()), e);
        }
    }

    private static Snapshot snapshot(Path file) {
        String id = id(file);
        return new Snapshot(
                new SnapshotId(id),
                TIME.parse(id.substring(0, id.lastIndexOf('-')), Instant::from),
                file.toFile().length());
    }

    private static String id(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
    }
}
