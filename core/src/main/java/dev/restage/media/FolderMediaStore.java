package dev.restage.media;

import dev.restage.provider.Identity;
import dev.restage.provider.KeyRange;
import dev.restage.provider.Lockable;
import dev.restage.provider.MediaAttribute;
import dev.restage.provider.MediaContent;
import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Media files in a folder. Keys are paths with {@code /}; ETags are empty; content types and metadata are not kept, but
 * the time of the source object is. Links inside the folder are neither listed nor followed.
 */
final class FolderMediaStore implements MediaStore, Lockable {

    private final Path folder;

    FolderMediaStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Identity identity() {
        List<String> parts = new ArrayList<>();
        Path real = real();
        parts.add(String.valueOf(real.getRoot()));
        real.forEach(name -> parts.add(name.toString()));
        return new Identity("folder", parts);
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        Path root = real();
        String prefix = range.prefix();
        String startKey = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        Path start = startKey.isEmpty() ? root : FolderKeys.resolve(root, startKey.substring(0, startKey.length() - 1));
        try {
            boolean exists = inside(root, start) && Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS);
            return exists ? new FolderListing(start, startKey, range) : Collections.emptyIterator();
        } catch (IOException e) {
            throw failed(folder, "list", prefix, e);
        }
    }

    @Override
    public MediaContent open(MediaObject object) {
        Path file = FolderKeys.resolve(real(), object.key());
        try {
            if (!inside(real(), file)) {
                throw new NoSuchFileException(object.key());
            }
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (now.size() != object.sizeBytes()
                    || !now.lastModifiedTime().toInstant().equals(object.modifiedAt())) {
                throw new ProviderException(
                        Kind.CONFLICT,
                        "%s in the folder %s has changed since it was listed; list it again"
                                .formatted(object.key(), folder),
                        null);
            }
            return new MediaContent(
                    Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS),
                    now.size(),
                    Objects.requireNonNullElse(URLConnection.guessContentTypeFromName(object.key()), ""),
                    Map.of());
        } catch (IOException e) {
            throw failed(folder, "open", object.key(), e);
        }
    }

    @Override
    public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        Path root = real();
        Path file = FolderKeys.resolve(root, key);
        Path temporary = root.resolve(FolderKeys.OWN + UUID.randomUUID() + ".part");
        try (MediaContent content = source.open(object)) {
            makeRoom(root, file, key);
            long written = Files.copy(content.stream(), temporary);
            if (written != object.sizeBytes()) {
                throw new ProviderException(
                        Kind.UNAVAILABLE,
                        "%s ended after %d of %d bytes on its way to the folder %s; run again"
                                .formatted(object.key(), written, object.sizeBytes(), folder),
                        null);
            }
            Files.setLastModifiedTime(temporary, FileTime.from(object.modifiedAt()));
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (FileSystemException e) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    // another thread has made it meanwhile
                    throw clash(key, e);
                }
                throw e;
            }
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new MediaObject(key, now.size(), "", now.lastModifiedTime().toInstant());
        } catch (IOException e) {
            throw failed(folder, "write", key, e);
        } finally {
            discard(temporary);
        }
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        Path root = real();
        Map<String, String> failures = new TreeMap<>();
        for (String key : keys) {
            try {
                Path file = FolderKeys.resolve(root, key);
                if (inside(root, file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                    removeEmptyDirectories(root, file.getParent());
                }
            } catch (IOException e) {
                failures.put(key, failed(folder, "delete", key, e).getMessage());
            } catch (ProviderException e) {
                failures.put(key, e.getMessage());
            }
        }
        return failures;
    }

    @Override
    public Lock lock(String owner) {
        return FolderLock.take(real(), owner);
    }

    private Path real() {
        try {
            Path real = folder.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new ProviderException(
                        Kind.NOT_FOUND, "%s is a file; give the folder that holds the media".formatted(folder), null);
            }
            return real;
        } catch (NoSuchFileException e) {
            throw new ProviderException(
                    Kind.NOT_FOUND,
                    "there is no folder %s; make it (mkdir -p %s) or correct the address".formatted(folder, folder),
                    e);
        } catch (IOException e) {
            throw failed(folder, "read", "", e);
        }
    }

    /** Whether no link on the way leads elsewhere. The nearest existing parent counts, since the rest would be made here. */
    private static boolean inside(Path root, Path file) throws IOException {
        for (Path parent = file.getParent(); parent != null; parent = parent.getParent()) {
            if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
                return parent.startsWith(root) ? parent.toRealPath().equals(parent) : file.equals(root);
            }
        }
        return false;
    }

    private void makeRoom(Path root, Path file, String key) throws IOException {
        if (!inside(root, file)) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s is not written, since a link in the folder %s leads out of it; remove the link"
                            .formatted(key, folder),
                    null);
        }
        try {
            Files.createDirectories(file.getParent() == null ? root : file.getParent());
        } catch (FileAlreadyExistsException e) {
            throw clash(key, e);
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw clash(key, null);
        }
    }

    private ProviderException clash(String key, @Nullable Throwable cause) {
        return new ProviderException(
                Kind.UNSUPPORTED,
                "%s is not written to %s: one name would be a file and a directory there, which a bucket allows and a disk"
                                .formatted(key, folder)
                        + " does not; exclude one of them",
                cause);
    }

    private static void removeEmptyDirectories(Path root, @Nullable Path from) throws IOException {
        for (Path directory = from; directory != null && !directory.equals(root); directory = directory.getParent()) {
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            System.getLogger(FolderMediaStore.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove " + temporary, e);
        }
    }

    static ProviderException failed(Path folder, String verb, String key, IOException cause) {
        Kind kind = cause instanceof NoSuchFileException
                ? Kind.NOT_FOUND
                : cause instanceof AccessDeniedException ? Kind.DENIED : Kind.UNAVAILABLE;
        return new ProviderException(
                kind,
                "cannot %s \"%s\" in the folder %s (%s); check its rights and space, and run again"
                        .formatted(verb, key, folder, cause),
                cause);
    }
}
