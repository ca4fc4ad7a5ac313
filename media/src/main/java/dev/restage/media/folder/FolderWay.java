package dev.restage.media.folder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The directories from a folder to one of its files, all open. */
final class FolderWay implements Closeable {

    private final FolderDirectory top;
    private final List<Path> names;
    private final List<FolderDirectory> entered = new ArrayList<>();

    private FolderWay(FolderDirectory top, List<Path> names) {
        this.top = top;
        this.names = names;
    }

    /** Opens directories that are there. */
    static FolderWay open(FolderDirectory top, List<Path> names) throws IOException {
        return new FolderWay(top, names).enter(FolderDirectory::enter);
    }

    /** Makes those that are not there. */
    static FolderWay make(FolderDirectory top, List<Path> names) throws IOException {
        return new FolderWay(top, names).enter(FolderWay::enterOrMake);
    }

    FolderDirectory last() {
        return entered.isEmpty() ? top : entered.get(entered.size() - 1);
    }

    /** Closes all but the last, which is the caller's to close. */
    FolderDirectory leave() throws IOException {
        FolderDirectory last = entered.remove(entered.size() - 1);
        close();
        return last;
    }

    void removeEmptyDirectories() throws IOException {
        for (int i = names.size() - 1; i >= 0; i--) {
            FolderDirectory parent = i == 0 ? top : entered.get(i - 1);
            try {
                parent.deleteDirectory(names.get(i));
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (FolderDirectory directory : entered) {
            directory.close();
        }
    }

    private interface Entering {
        FolderDirectory enter(FolderDirectory from, Path name) throws IOException;
    }

    private FolderWay enter(Entering entering) throws IOException {
        boolean arrived = false;
        try {
            for (Path name : names) {
                entered.add(entering.enter(last(), name));
            }
            arrived = true;
            return this;
        } finally {
            if (!arrived) {
                close();
            }
        }
    }

    private static FolderDirectory enterOrMake(FolderDirectory from, Path name) throws IOException {
        try {
            return from.enter(name);
        } catch (NoSuchFileException e) {
            return makeAndEnter(from, name);
        }
    }

    /** One at a time, so that no thread replaces the empty directory that another one has just made and entered. */
    private static synchronized FolderDirectory makeAndEnter(FolderDirectory from, Path name) throws IOException {
        try {
            return from.enter(name);
        } catch (NoSuchFileException e) {
            try {
                from.make(name);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException again) {
                // Another process has made it.
            } catch (FileSystemException failed) {
                // So it has if there is something now.
                if (missing(from, name)) {
                    throw failed;
                }
            }
            return from.enter(name);
        }
    }

    private static boolean missing(FolderDirectory from, Path name) throws IOException {
        try {
            from.attributes(name);
            return false;
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
