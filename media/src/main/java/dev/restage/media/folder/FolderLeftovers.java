package dev.restage.media.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** What a run that was killed has left in a folder. Whoever writes a file holds the system's lock on it, so it is no leftover. */
final class FolderLeftovers {

    /** The end of names of files that are of no use to another run. */
    static final String TEMPORARY = ".part";

    /** The end of names of files that another run can go on with. */
    static final String RESUMABLE = ".resume";

    /** After that, nobody goes on with it: the object has changed, or left the scope. */
    private static final Duration KEPT = Duration.ofDays(7);

    private FolderLeftovers() {}

    static void remove(FolderDirectory top) throws IOException {
        Instant oldest = Instant.now().minus(KEPT);
        for (Path name : top.names()) {
            if (name.toString().startsWith(FolderKeys.OWN)) {
                try {
                    remove(top, name, oldest);
                } catch (NoSuchFileException | DirectoryNotEmptyException e) {
                    // It was no leftover.
                }
            }
        }
    }

    private static void remove(FolderDirectory top, Path name, Instant oldest) throws IOException {
        BasicFileAttributes found = top.attributes(name);
        if (FolderDirectory.isReal(found)) {
            top.deleteDirectory(name);
        } else if (found.isRegularFile()) {
            boolean useless = name.toString().endsWith(TEMPORARY)
                    || (name.toString().endsWith(RESUMABLE)
                            && found.lastModifiedTime().toInstant().isBefore(oldest));
            if (useless && isFree(top, name)) {
                top.deleteFile(name);
            }
        }
    }

    private static boolean isFree(FolderDirectory top, Path name) throws IOException {
        try (SeekableByteChannel channel = top.channel(name, StandardOpenOption.WRITE)) {
            return lock(channel);
        }
    }

    /**
     * Whether a file has no other name, under which it lies outside: then what is written here would be written there. As
     * true as the system tells.
     */
    static boolean isOnlyName(Path root, FolderDirectory top, Path name) throws IOException {
        try {
            BasicFileAttributes found = top.attributes(name);
            if (!root.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                return found.isRegularFile();
            }
            Map<String, Object> names =
                    Files.readAttributes(root.resolve(name), "unix:nlink,fileKey", LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile()
                    && Integer.valueOf(1).equals(names.get("nlink"))
                    && Objects.equals(found.fileKey(), names.get("fileKey"));
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Takes the lock until the channel is closed. False if another one has it. */
    static boolean lock(SeekableByteChannel channel) throws IOException {
        try {
            return !(channel instanceof FileChannel file) || file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
