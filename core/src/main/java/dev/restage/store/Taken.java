package dev.restage.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder that this process has for itself, by a lock on a file of its own. The lock ends with the process, however that ends.
 *
 * <p>The file is never read, nor opened twice by one process: on POSIX, closing any handle of a file ends all locks that the process has
 * on it.
 */
final class Taken implements AutoCloseable {

    /** Whoever looks whether a folder is taken has it for a moment. */
    private static final int TRIES = 5;

    private static final long PAUSE_MILLIS = 20;

    /** The system's locks belong to the process, so threads need a list beside them; of all stores, as two may have one folder. */
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final RandomAccessFile file;

    private Taken(Path folder, RandomAccessFile file) {
        this.folder = folder;
        this.file = file;
    }

    /** {@return the folder; empty if somebody else has it} */
    static Optional<Taken> of(Path folder) throws IOException {
        for (int i = 1; i < TRIES; i++) {
            Optional<Taken> taken = once(folder);
            if (taken.isPresent() || HERE.contains(folder.toRealPath())) {
                return taken;
            }
            if (!pause()) {
                break;
            }
        }
        return once(folder);
    }

    static boolean isTaken(Path folder) throws IOException {
        Optional<Taken> free = once(folder);
        if (free.isEmpty()) {
            return true;
        }
        free.get().close();
        return false;
    }

    private static Optional<Taken> once(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!HERE.add(real)) {
            return Optional.empty();
        }
        @Nullable RandomAccessFile file = null;
        boolean locked = false;
        try {
            file = new RandomAccessFile(real.resolve("lock").toFile(), "rw");
            @Nullable FileLock lock = file.getChannel().tryLock();
            locked = lock != null;
            return locked ? Optional.of(new Taken(real, file)) : Optional.empty();
        } finally {
            if (!locked) {
                if (file != null) {
                    file.close();
                }
                HERE.remove(real);
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            HERE.remove(folder);
        }
    }
}
