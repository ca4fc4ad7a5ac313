package dev.restage.media;

import dev.restage.provider.KeyOrder;
import dev.restage.provider.KeyRange;
import dev.restage.provider.MediaObject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Walks a folder in the order of keys. A directory sorts as its name with a slash, so {@code a!} comes before
 * {@code a/b}, and that before {@code a0}. Holds the names of the directories on the way; follows no link.
 */
final class FolderListing implements Iterator<MediaObject> {

    private record Entry(String key, Path path) {}

    private final Path start;
    private final KeyRange range;
    private final Deque<Iterator<Entry>> ways = new ArrayDeque<>();
    private @Nullable MediaObject next;

    /**
     * @param start the directory to begin in
     * @param startKey its key, empty or ending in a slash
     * @param range the wanted keys, with a prefix that is not shorter than the start's key
     */
    FolderListing(Path start, String startKey, KeyRange range) {
        this.start = start;
        this.range = range;
        ways.push(entries(start, startKey));
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
        while (!ways.isEmpty()) {
            Iterator<Entry> way = ways.peek();
            if (!way.hasNext()) {
                ways.pop();
                continue;
            }
            Entry entry = way.next();
            if (entry.key().endsWith("/")) {
                ways.push(entries(entry.path(), entry.key()));
                continue;
            }
            MediaObject object = object(entry);
            if (object != null) {
                return object;
            }
        }
        return null;
    }

    private @Nullable MediaObject object(Entry entry) {
        try {
            BasicFileAttributes file =
                    Files.readAttributes(entry.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return file.isRegularFile()
                    ? new MediaObject(
                            entry.key(),
                            file.size(),
                            "",
                            file.lastModifiedTime().toInstant())
                    : null;
        } catch (NoSuchFileException e) {
            // Deleted since its directory was read: then it is not in the listing.
            return null;
        } catch (IOException e) {
            throw FolderMediaStore.failed(start, "list", "", e);
        }
    }

    /** A directory that sorts before the wanted keys may hold some of them. */
    private boolean holdsMore(String key) {
        return key.endsWith("/") && range.after().startsWith(key) && !range.ends(key);
    }

    private Iterator<Entry> entries(Path directory, String directoryKey) {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                if (!name.startsWith(FolderKeys.OWN)) {
                    String key = directoryKey + name + (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) ? "/" : "");
                    if (range.contains(key) || holdsMore(key)) {
                        entries.add(new Entry(key, child));
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return Collections.emptyIterator();
        } catch (IOException e) {
            throw FolderMediaStore.failed(start, "list", "", e);
        }
        entries.sort(Comparator.comparing(Entry::key, KeyOrder.UTF_8));
        return entries.iterator();
    }
}
