package dev.restage.postgres.internal.replace;

import dev.restage.provider.Variables;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The archives on this machine, a directory per database. A file has its final name only when it is complete. */
final class SnapshotFiles {

    private static final String SUFFIX = ".dump";

    private final Path root;

    private SnapshotFiles(Path root) {
        this.root = root;
    }

    static SnapshotFiles of(Variables variables) {
        Path home = variables
                .find("RESTAGE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".restage"));
        return new SnapshotFiles(home.resolve("snapshots").resolve("postgres"));
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
        return snapshot(
                Files.move(unfinished, unfinished.resolveSibling(id.value() + SUFFIX), StandardCopyOption.ATOMIC_MOVE));
    }

    /** Finds a snapshot of any database. */
    Optional<Path> find(SnapshotId id) throws IOException {
        if (!SnapshotName.isOne(id.value()) || !Files.isDirectory(root)) {
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
            return files.filter(file -> SnapshotName.isOne(id(file)))
                    .map(SnapshotFiles::snapshot)
                    .toList();
        }
    }

    void delete(SnapshotId id) throws IOException {
        Optional<Path> file = find(id);
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }

    private static Snapshot snapshot(Path file) {
        SnapshotId id = new SnapshotId(id(file));
        return new Snapshot(id, SnapshotName.takenAt(id), file.toFile().length());
    }

    private static String id(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
    }
}
