package dev.restage.media.folder;

import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks a folder in the order of keys. A directory sorts as its name with a slash, so {@code a!} comes before
 * {@code a/b}, and that before {@code a0}. Holds what is in the directories on the way; follows no link.
 */
final class FolderListing implements Iterator<MediaObject> {

    private record Entry(String key, Path name, BasicFileAttributes file) {}

    /** A directory on the way, and what of it is still to come. */
    private record Level(List<Path> way, Iterator<Entry> rest) {}

    private final FolderKeys keys;
    private final KeyRange range;
    private final Deque<Level> levels = new ArrayDeque<>();
    private @Nullable MediaObject next;

    FolderListing(FolderKeys keys, KeyRange range) {
        this.keys = keys;
        this.range = range;
        String prefix = range.prefix();
        String start = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        if (start.isEmpty()) {
            levels.push(level(List.of(), start));
        } else if (keys.problem(start.substring(0, start.length() - 1)).isEmpty()) {
            levels.push(level(keys.names(start.substring(0, start.length() - 1)), start));
        }
        next = find();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public MediaObject next() {
        MediaObject found = next;
        if (found == null) {
            throw new NoSuchElementException();
        }
        next = find();
        return found;
    }

    private @Nullable MediaObject find() {
        while (!levels.isEmpty()) {
            Level level = levels.element();
            if (!level.rest().hasNext()) {
                levels.pop();
                continue;
            }
            Entry entry = level.rest().next();
            if (entry.file().isRegularFile()) {
                return new MediaObject(
                        entry.key(),
                        entry.file().size(),
                        "",
                        entry.file().lastModifiedTime().toInstant());
            }
            levels.push(level(
                    Stream.concat(level.way().stream(), Stream.of(entry.name())).toList(), entry.key()));
        }
        return null;
    }

    private Level level(List<Path> way, String key) {
        try (FolderDirectory top = FolderDirectory.open(keys.root())) {
            return new Level(way, entries(top, way, key).iterator());
        } catch (IOException e) {
            throw FolderMediaStore.failed(
                    keys.root(), "list", way.stream().map(Path::toString).collect(Collectors.joining("/")), e);
        }
    }

    private List<Entry> entries(FolderDirectory top, List<Path> way, String key) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (FolderWay open = FolderWay.open(top, way)) {
            for (Path name : open.last().names()) {
                Entry entry = name.toString().startsWith(FolderKeys.OWN) ? null : entry(open.last(), name, key);
                if (entry != null && isWanted(entry.key())) {
                    entries.add(entry);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException | FolderDirectory.LinkInTheWay e) {
            // It was there when its parent was read, or is the prefix: either way there are no files below it.
            return List.of();
        }
        entries.sort(Comparator.comparing(Entry::key, KeyOrder.UTF_8));
        return entries;
    }

    /** Null for what is neither a file nor a directory. */
    private @Nullable Entry entry(FolderDirectory directory, Path name, String directoryKey) throws IOException {
        try {
            BasicFileAttributes file = directory.attributes(name);
            if (!file.isRegularFile() && !FolderDirectory.isReal(file)) {
                return null;
            }
            String key = directoryKey + keys.segmentOf(name.toString(), file);
            return new Entry(file.isRegularFile() ? key : key + "/", name, file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** A directory that sorts before the wanted keys may hold some of them. */
    private boolean isWanted(String key) {
        return range.contains(key) || (key.endsWith("/") && range.after().startsWith(key) && !range.ends(key));
    }
}
