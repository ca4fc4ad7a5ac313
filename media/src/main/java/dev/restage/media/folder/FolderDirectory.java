package dev.restage.media.folder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * A directory of a folder, reached from the folder without following a link. Takes names of its own entries only, and
 * follows none that is a link. Where the system has them, it works with open directories, so that not even a link put in
 * the way between a check and its use leads out; elsewhere each call checks the way anew, which leaves a moment.
 */
interface FolderDirectory extends Closeable {

    /** Opens the folder itself, to which a link may lead. */
    @SuppressWarnings("StreamResourceLeak") // the directory that is returned closes it
    static FolderDirectory open(Path root) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(root);
        if (stream instanceof SecureDirectoryStream<Path> held) {
            return new HeldDirectory(root, held);
        }
        stream.close();
        return new NamedDirectory(root, root);
    }

    /** Throws {@link NotDirectoryException} if the name is a file or a link. */
    FolderDirectory enter(Path name) throws IOException;

    /** Makes a directory. Another one may come to be there at the same time; then this fails or replaces it, if empty. */
    void make(Path name) throws IOException;

    SeekableByteChannel channel(Path name, OpenOption... options) throws IOException;

    BasicFileAttributes attributes(Path name) throws IOException;

    void setTime(Path name, FileTime time) throws IOException;

    /** Replaces what is there, but no directory. */
    void move(Path name, FolderDirectory to, Path newName) throws IOException;

    void deleteFile(Path name) throws IOException;

    /** Throws {@link java.nio.file.DirectoryNotEmptyException} if something is in it. */
    void deleteDirectory(Path name) throws IOException;

    /** In no order. */
    List<Path> names() throws IOException;

    /** A junction on Windows is a directory, and yet leads elsewhere. */
    static boolean isReal(BasicFileAttributes attributes) {
        return attributes.isDirectory() && !attributes.isOther();
    }

    /** Says what stands in a directory's place. */
    static FileSystemException notDirectory(Path name, BasicFileAttributes found) {
        return found.isRegularFile() ? new NotDirectoryException(name.toString()) : new LinkInTheWay(name.toString());
    }

    /** A link, or something like it, stands where a directory should be. */
    final class LinkInTheWay extends FileSystemException {

        private static final long serialVersionUID = 1;

        LinkInTheWay(String name) {
            super(name, null, "a link in the folder");
        }
    }
}
