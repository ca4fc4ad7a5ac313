package dev.restage.sandbox.server;

import java.nio.file.Path;
import java.util.List;

/**
 * A directory that goes when it is closed, and also when this JVM ends in whatever way. A process that does nothing
 * but wait stands for it.
 */
public final class OwnedDirectory implements AutoCloseable {

    private final Path path;
    private final OwnedProcess owner;

    private OwnedDirectory(Path path, OwnedProcess owner) {
        this.path = path;
        this.owner = owner;
    }

    /**
     * {@return a new temporary directory}
     * @param prefix how its name begins
     */
    public static OwnedDirectory createTemporary(String prefix) {
        return of(Directories.createTemporary(prefix));
    }

    /**
     * {@return a directory, made if it is missing}
     * @param path where it is
     */
    static OwnedDirectory of(Path path) {
        Directories.create(path);
        return new OwnedDirectory(
                path,
                OwnedProcess.start(
                        path.toString(), OwnedProcess.StopSignal.TERM, path, List.of("tail", "-f", "/dev/null")));
    }

    /** {@return where it is} */
    public Path path() {
        return path;
    }

    /** Removes the directory with all that is in it. Does nothing the second time. */
    @Override
    public void close() {
        owner.close();
    }
}
