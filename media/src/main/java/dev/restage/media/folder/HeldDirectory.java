package dev.restage.media.folder;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An open directory: what becomes of its name meanwhile does not matter. */
final class HeldDirectory implements FolderDirectory {

    private final Path root;
    private final SecureDirectoryStream<Path> top;
    private final SecureDirectoryStream<Path> here;

    HeldDirectory(Path root, SecureDirectoryStream<Path> top) {
        this(root, top, top);
    }

    private HeldDirectory(Path root, SecureDirectoryStream<Path> top, SecureDirectoryStream<Path> here) {
        this.root = root;
        this.top = top;
        this.here = here;
    }

    @Override
    public FolderDirectory enter(Path name) throws IOException {
        // Asked first, since to open a pipe would wait for its writer.
        BasicFileAttributes found = attributes(name);
        if (!FolderDirectory.isReal(found)) {
            throw FolderDirectory.notDirectory(name, found);
        }
        return new HeldDirectory(root, top, here.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    /** Java can make a directory only by its whole path, on which a link may lie; but it can move one into an open directory. */
    @Override
    public void make(Path name) throws IOException {
        Path spare = root.getFileSystem().getPath(FolderKeys.OWN + UUID.randomUUID());
        Files.createDirectory(root.resolve(spare));
        try {
            top.move(spare, here, name);
        } catch (FileSystemException e) {
            Files.deleteIfExists(root.resolve(spare));
            throw e;
        }
    }

    @Override
    public SeekableByteChannel channel(Path name, OpenOption... options) throws IOException {
        Set<OpenOption> all = Stream.concat(Arrays.stream(options), Stream.of(LinkOption.NOFOLLOW_LINKS))
                .collect(Collectors.toSet());
        return here.newByteChannel(name, all);
    }

    @Override
    public BasicFileAttributes attributes(Path name) throws IOException {
        return view(name).readAttributes();
    }

    @Override
    public void setTime(Path name, FileTime time) throws IOException {
        view(name).setTimes(time, null, null);
    }

    @Override
    public void move(Path name, FolderDirectory to, Path newName) throws IOException {
        here.move(name, ((HeldDirectory) to).here, newName);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        here.deleteFile(name);
    }

    @Override
    public void deleteDirectory(Path name) throws IOException {
        here.deleteDirectory(name);
    }

    @Override
    public List<Path> names() {
        List<Path> names = new ArrayList<>();
        here.forEach(path -> names.add(path.getFileName()));
        return names;
    }

    @Override
    public void close() throws IOException {
        here.close();
    }

    private BasicFileAttributeView view(Path name) {
        return here.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
