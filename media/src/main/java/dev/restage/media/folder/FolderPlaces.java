package dev.restage.media.folder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directories that files come into, held open from one file to the next: to open them anew took a third of the system
 * time of small downloads. Who meets one that another thread has closed asks again.
 */
final class FolderPlaces implements Closeable {

    /** So few that a process with few files at a time can hold them all, so many that files in order meet theirs. */
    private static final int MOST = 32;

    private final Path root;
    private final Map<List<Path>, FolderDirectory> places = new LinkedHashMap<>(MOST, 0.75f, true);
    private @Nullable FolderDirectory top;

    FolderPlaces(Path root) {
        this.root = root;
    }

    /** The folder itself. */
    synchronized FolderDirectory top() throws IOException {
        if (top == null) {
            top = FolderDirectory.open(root);
        }
        return top;
    }

    /** The directory of these names, made if it is not there. */
    synchronized FolderDirectory of(List<Path> names) throws IOException {
        if (names.isEmpty()) {
            return top();
        }
        FolderDirectory place = places.get(names);
        if (place == null) {
            place = FolderWay.make(top(), names).leave();
            places.put(List.copyOf(names), place);
            if (places.size() > MOST) {
                List<Path> eldest = places.keySet().iterator().next();
                close(places.remove(eldest));
            }
        }
        return place;
    }

    /** Closes the directories in the folder, as one of them may be no longer there. */
    synchronized void forget() {
        places.values().forEach(FolderPlaces::close);
        places.clear();
    }

    /** Only when nothing more comes. */
    @Override
    public synchronized void close() {
        forget();
        close(top);
        top = null;
    }

    private static void close(@Nullable FolderDirectory directory) {
        try {
            if (directory != null) {
                directory.close();
            }
        } catch (IOException e) {
            System.getLogger(FolderPlaces.class.getName())
                    .log(System.Logger.Level.DEBUG, "a directory cannot be closed", e);
        }
    }
}
