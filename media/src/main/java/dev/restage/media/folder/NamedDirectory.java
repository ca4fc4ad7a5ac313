package dev.restage.media.folder;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory known by its path, for systems that Java cannot hold one open on: Windows, and the Mac before Java 21. */
record NamedDirectory(Path root, Path path) implements FolderDirectory {

    @Override
    public FolderDirectory enter(Path name) throws IOException {
        NamedDirectory entered = new NamedDirectory(root, path.resolve(name));
        entered.check();
        return entered;
    }

    @Override
    public void make(Path name) throws IOException {
        Files.createDirectory(checked(name));
    }

    @Override
    public SeekableByteChannel channel(Path name, OpenOption... options) throws IOException {
        Set<OpenOption> all = Stream.concat(Arrays.stream(options), Stream.of(LinkOption.NOFOLLOW_LINKS))
                .collect(Collectors.toSet());
        return Files.newByteChannel(checked(name), all);
    }

    @Override
    public BasicFileAttributes attributes(Path name) throws IOException {
        return read(checked(name));
    }

    @Override
    public void setTime(Path name, FileTime time) throws IOException {
        Files.getFileAttributeView(checked(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }

    @Override
    public void move(Path name, FolderDirectory to, Path newName) throws IOException {
        Files.move(
                checked(name),
                ((NamedDirectory) to).checked(newName),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        Files.delete(checked(name));
    }

    @Override
    public void deleteDirectory(Path name) throws IOException {
        Files.delete(checked(name));
    }

    @Override
    public List<Path> names() throws IOException {
        check();
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            entries.forEach(entry -> names.add(entry.getFileName()));
        }
        return names;
    }

    @Override
    public void close() {}

    private Path checked(Path name) throws IOException {
        check();
        return path.resolve(name);
    }

    private void check() throws IOException {
        for (Path way = path; way != null && !way.equals(root); way = way.getParent()) {
            BasicFileAttributes found = read(way);
            if (!FolderDirectory.isReal(found)) {
                throw FolderDirectory.notDirectory(way, found);
            }
        }
    }

    private static BasicFileAttributes read(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
