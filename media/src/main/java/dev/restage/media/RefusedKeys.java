package dev.restage.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down all keys that a target cannot hold, each with the reason, of which a message names the first few. The file is
 * private, as names of files can tell of people, and goes when no key is refused any more.
 */
final class RefusedKeys implements AutoCloseable {

    private final @Nullable Path file;
    private @Nullable Writer writer;

    /** @param file where they are written; null for nowhere */
    RefusedKeys(@Nullable Path file) {
        this.file = file;
    }

    /** Begins anew, with none. */
    synchronized RefusedKeys begin() {
        close();
        writer = null;
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw failed(file, e);
            }
        }
        return this;
    }

    synchronized void add(String key, String why) {
        if (file == null) {
            return;
        }
        try {
            if (writer == null) {
                Files.createFile(file, onlyForItsOwner(file));
                writer = Files.newBufferedWriter(file);
            }
            writer.write("\"%s\": %s%n".formatted(key, why));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Where all that were added are to be read; empty if nowhere. */
    synchronized Optional<Path> written() {
        if (file == null || writer == null) {
            return Optional.empty();
        }
        try {
            writer.flush();
            return Optional.of(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public synchronized void close() {
        if (file != null && writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                throw failed(file, e);
            }
        }
    }

    private static FileAttribute<?>[] onlyForItsOwner(Path file) throws IOException {
        return Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static UncheckedIOException failed(Path file, IOException cause) {
        return new UncheckedIOException(
                "the list of refused keys %s cannot be written: make room".formatted(file), cause);
    }
}
