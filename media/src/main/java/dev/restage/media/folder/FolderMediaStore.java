package dev.restage.media.folder;

import dev.restage.media.internal.transfer.NameTaken;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Register;
import dev.restage.provider.media.KeyCheck;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Media files in a folder. Keys are paths with {@code /}; ETags are empty; content types and metadata are not kept, but
 * the time of the source object is. Links inside the folder are neither listed nor followed.
 */
final class FolderMediaStore implements MediaStore, Lockable {

    /** How often a directory may vanish before its file comes into it, as it does when another run removes empty ones. */
    private static final int ATTEMPTS = 3;

    private final Path folder;
    private final KeyPolicy policy;
    private final Function<Path, FolderDisk> disks;
    private @Nullable FolderDisk disk;
    private @Nullable Writing writing;

    FolderMediaStore(Path folder, KeyPolicy policy) {
        this(folder, policy, FolderDisk::of);
    }

    FolderMediaStore(Path folder, KeyPolicy policy, Function<Path, FolderDisk> disks) {
        this.folder = folder.toAbsolutePath().normalize();
        this.policy = policy;
        this.disks = disks;
    }

    @Override
    public Identity identity() {
        return Identity.file(real());
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        return new FolderListing(keys(), range);
    }

    @Override
    public MediaContent open(MediaObject object) {
        return open(object, 0);
    }

    @Override
    public MediaContent open(MediaObject object, long from) {
        FolderKeys keys = keys();
        List<Path> names = keys.names(object.key());
        try (FolderDirectory top = FolderDirectory.open(keys.root());
                FolderWay way = FolderWay.open(top, parents(names))) {
            Path name = fileOf(way.last(), keys, object.key());
            BasicFileAttributes now = way.last().attributes(name);
            if (!now.isRegularFile()) {
                throw new NoSuchFileException(object.key());
            }
            if (now.size() != object.sizeBytes()
                    || !now.lastModifiedTime().toInstant().equals(object.modifiedAt())) {
                throw new ProviderException(
                        Kind.CONFLICT,
                        "%s in the folder %s has changed since it was listed; list it again"
                                .formatted(MediaObject.shown(object.key()), folder),
                        null);
            }
            return new MediaContent(
                    Channels.newInputStream(
                            way.last().channel(name, StandardOpenOption.READ).position(from)),
                    now.size() - from,
                    Objects.requireNonNullElse(URLConnection.guessContentTypeFromName(object.key()), ""),
                    Map.of());
        } catch (NotDirectoryException | FolderDirectory.LinkInTheWay e) {
            throw failed(folder, "open", object.key(), new NoSuchFileException(object.key()));
        } catch (IOException e) {
            throw failed(folder, "open", object.key(), e);
        }
    }

    @Override
    public KeyCheck keyCheck() {
        FolderKeys keys = keys();
        return new FolderKeyCheck(keys, disk(keys.root()));
    }

    @Override
    public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        Writing to = writing();
        to.keys().check(key);
        try {
            if (object.sizeBytes() >= FolderDownload.LARGE) {
                // Rather before the download than after it.
                directory(to, key);
            }
            place(to, source, object, key);
            return new MediaObject(key, object.sizeBytes(), "", FolderDownload.time(object));
        } catch (NotDirectoryException e) {
            NameTaken taken = new NameTaken(e.getFile());
            taken.initCause(e);
            throw clash(key, taken);
        } catch (NameTaken e) {
            throw clash(key, e);
        } catch (FolderDirectory.LinkInTheWay e) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s is not written, since \"%s\" is a link in the folder %s, or something like it; remove it"
                            .formatted(MediaObject.shown(key), e.getFile(), folder),
                    e);
        } catch (IOException e) {
            throw failed(folder, "write", key, e);
        }
    }

    private void place(Writing to, MediaStore source, MediaObject object, String key) throws IOException {
        try (FolderDownload download =
                new FolderDownload(to.keys().root(), to.places().top(), source, object)) {
            download.fetch();
            for (int attempt = 1; ; attempt++) {
                try {
                    FolderDirectory directory = directory(to, key);
                    download.moveTo(directory, freeName(directory, to.keys(), key));
                    return;
                } catch (NoSuchFileException | ClosedDirectoryStreamException e) {
                    // Removed, or closed in favour of others, since it was opened.
                    to.places().forget();
                    if (attempt == ATTEMPTS) {
                        throw new NoSuchFileException(key);
                    }
                } catch (NameTaken | NotDirectoryException e) {
                    throw e;
                } catch (FileSystemException e) {
                    // Another key's directory may have come since there was room.
                    if (attempt == ATTEMPTS || to.keys().aside(key).isEmpty()) {
                        throw e;
                    }
                }
            }
        }
    }

    /** The directory that a key's file comes into. A file of its name gives way, where it may have another name. */
    private static FolderDirectory directory(Writing to, String key) throws IOException {
        List<Path> parents = parents(to.keys().names(key));
        for (int attempt = 1; ; attempt++) {
            try {
                return to.places().of(parents);
            } catch (NotDirectoryException e) {
                if (attempt > parents.size() || !stepAside(to.keys(), key)) {
                    throw e;
                }
            }
        }
    }

    /** Gives the first file on the way to a key its other name; false if there is none, or it has no other. */
    private static boolean stepAside(FolderKeys keys, String key) throws IOException {
        try (FolderDirectory top = FolderDirectory.open(keys.root())) {
            for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
                String shorter = key.substring(0, slash);
                List<Path> names = keys.names(shorter);
                try (FolderWay way = FolderWay.open(top, parents(names))) {
                    Optional<Path> aside = keys.aside(shorter);
                    if (aside.isPresent() && way.last().attributes(file(names)).isRegularFile()) {
                        way.last().move(file(names), way.last(), aside.get());
                        return true;
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // It has given way, or the directory is not there yet.
            return true;
        }
        return false;
    }

    /** The name that a key's file gets, which has room then. */
    private Path freeName(FolderDirectory directory, FolderKeys keys, String key) throws IOException {
        Path name = file(keys.names(key));
        Optional<Path> aside = keys.aside(key);
        try {
            makeRoom(directory, name);
        } catch (NameTaken e) {
            return aside.orElseThrow(() -> e);
        }
        if (aside.isPresent()) {
            // One key has one file.
            deleteIfThere(directory, aside.get());
        }
        return name;
    }

    private static void deleteIfThere(FolderDirectory directory, Path name) throws IOException {
        try {
            directory.deleteFile(name);
        } catch (NoSuchFileException e) {
            // There is nothing to delete.
        }
    }

    /** The name under which a key's file is there: the other one if its first is a directory's, or nobody's. */
    private static Path fileOf(FolderDirectory directory, FolderKeys keys, String key) throws IOException {
        Path name = file(keys.names(key));
        Optional<Path> aside = keys.aside(key);
        if (aside.isEmpty()) {
            return name;
        }
        try {
            if (directory.attributes(name).isRegularFile()) {
                return name;
            }
        } catch (NoSuchFileException e) {
            // It may be there under its other name.
        }
        return aside.get();
    }

    /**
     * An empty directory is no object, but would keep one out. A file of another spelling would pass its name on to this
     * one, on a disk where the two are one.
     */
    private void makeRoom(FolderDirectory directory, Path name) throws IOException {
        try {
            if (FolderDirectory.isReal(directory.attributes(name))) {
                directory.deleteDirectory(name);
            } else if (!isSpelt(directory, name)) {
                directory.deleteFile(name);
            }
        } catch (NoSuchFileException e) {
            // There is room.
        } catch (DirectoryNotEmptyException e) {
            throw new NameTaken(name.toString());
        }
    }

    /** Whether what a name stands for really has that name. */
    private boolean isSpelt(FolderDirectory directory, Path name) throws IOException {
        return !disk(real()).folds()
                || directory.names().stream().anyMatch(found -> found.toString().equals(name.toString()));
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        FolderKeys names = keys();
        Map<String, String> failures = new TreeMap<>();
        try (FolderDirectory top = FolderDirectory.open(names.root())) {
            for (String key : keys) {
                try {
                    delete(top, names, key);
                } catch (IOException e) {
                    failures.put(key, failed(folder, "delete", key, e).getMessage());
                } catch (ProviderException e) {
                    failures.put(key, e.getMessage());
                }
            }
        } catch (IOException e) {
            throw failed(folder, "delete from", "", e);
        }
        return failures;
    }

    private void delete(FolderDirectory top, FolderKeys keys, String key) throws IOException {
        List<Path> names = keys.names(key);
        try (FolderWay way = FolderWay.open(top, parents(names))) {
            Path name = fileOf(way.last(), keys, key);
            if (way.last().attributes(name).isRegularFile() && isSpelt(way.last(), name)) {
                way.last().deleteFile(name);
                way.removeEmptyDirectories();
            }
        } catch (NoSuchFileException | NotDirectoryException | FolderDirectory.LinkInTheWay e) {
            // There is no such object.
        }
    }

    @Override
    public Register register() {
        return new FolderRegister(this::real);
    }

    /** What all copies need, found once. */
    private record Writing(FolderKeys keys, FolderPlaces places) {}

    private synchronized Writing writing() {
        if (writing == null) {
            FolderKeys keys = keys();
            FolderPlaces places = new FolderPlaces(keys.root());
            try {
                FolderLeftovers.remove(places.top());
            } catch (IOException e) {
                places.close();
                throw failed(folder, "write to", "", e);
            }
            writing = new Writing(keys, places);
        }
        return writing;
    }

    @Override
    public synchronized void close() {
        if (writing != null) {
            writing.places().close();
            writing = null;
        }
    }

    private FolderKeys keys() {
        return new FolderKeys(real(), policy);
    }

    private synchronized FolderDisk disk(Path root) {
        if (disk == null) {
            disk = disks.apply(root);
        }
        return disk;
    }

    private static List<Path> parents(List<Path> names) {
        return names.subList(0, names.size() - 1);
    }

    private static Path file(List<Path> names) {
        return names.get(names.size() - 1);
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

    private ProviderException clash(String key, NameTaken cause) {
        return new ProviderException(
                Kind.UNSUPPORTED,
                "%s is not written to %s: one name would be a file and a directory there, which a bucket allows and a disk"
                                .formatted(MediaObject.shown(key), folder)
                        + " does not; delete or exclude one of them",
                cause);
    }

    static ProviderException failed(Path folder, String verb, String key, IOException cause) {
        Kind kind = cause instanceof NoSuchFileException
                ? Kind.NOT_FOUND
                : cause instanceof AccessDeniedException ? Kind.DENIED : Kind.UNAVAILABLE;
        return new ProviderException(
                kind,
                "cannot %s \"%s\" in the folder %s (%s); check its rights and space, and run again"
                        .formatted(verb, MediaObject.shown(key), folder, cause),
                cause);
    }
}
