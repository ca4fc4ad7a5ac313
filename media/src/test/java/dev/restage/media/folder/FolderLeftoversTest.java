package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLeftoversTest {

    @TempDir
    private Path root;

    @Test
    void removesWhatIsOfNoUseToAnotherRun() throws IOException {
        Files.writeString(root.resolve(".restage-1.part"), "half a file");
        Files.createDirectory(root.resolve(".restage-2"));

        remove();

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void keepsForAWeekWhatAnotherRunCanGoOnWith() throws IOException {
        Path fresh = Files.writeString(root.resolve(".restage-1.resume"), "half a file");
        Path old = Files.writeString(root.resolve(".restage-2.resume"), "half a file");
        Files.setLastModifiedTime(fresh, FileTime.from(Instant.now().minus(Duration.ofDays(6))));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));

        remove();

        assertThat(fresh).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void touchesNothingElse() throws IOException {
        Files.writeString(root.resolve("a.part"), "an object");
        Files.writeString(root.resolve(FolderRegister.FILE), "");
        Files.writeString(root.resolve(".restage-notes"), "whose is it?");
        Files.createDirectories(root.resolve(".restage-full"));
        Files.writeString(root.resolve(".restage-full/a"), "1");
        Files.createDirectories(root.resolve("b"));
        Files.writeString(root.resolve("b/.restage-1.part"), "deeper");

        remove();

        assertThat(root.resolve("a.part")).exists();
        assertThat(root.resolve(FolderRegister.FILE)).exists();
        assertThat(root.resolve(".restage-notes")).exists();
        assertThat(root.resolve(".restage-full/a")).exists();
        assertThat(root.resolve("b/.restage-1.part")).exists();
    }

    @Test
    void followsNoLink(@TempDir Path outside) throws IOException {
        Path file = Files.writeString(outside.resolve("file"), "untouched");
        Files.createSymbolicLink(root.resolve(".restage-1.part"), file);

        remove();

        assertThat(file).hasContent("untouched");
    }

    @Test
    void leavesWhatAnotherRunIsWriting() throws IOException {
        Path file = Files.writeString(root.resolve(".restage-1.part"), "half a file");
        try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(FolderLeftovers.lock(writer)).isTrue();
            remove();
            assertThat(file).exists();
        }
        remove();
        assertThat(file).doesNotExist();
    }

    @Test
    void aLockIsTakenOnce() throws IOException {
        Path file = Files.writeString(root.resolve("a"), "1");
        try (FileChannel one = FileChannel.open(file, StandardOpenOption.WRITE);
                FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(FolderLeftovers.lock(one)).isTrue();
            assertThat(FolderLeftovers.lock(other)).isFalse();
        }
    }

    @Test
    void knowsWhetherAFileHasAnotherName() throws IOException {
        Files.writeString(root.resolve("a"), "1");
        assertThat(isOnlyName("a")).isTrue();
        assertThat(isOnlyName("not there yet")).isTrue();

        Files.createLink(root.resolve("b"), root.resolve("a"));
        assertThat(isOnlyName("a")).isFalse();

        Files.createSymbolicLink(root.resolve("c"), root.resolve("a"));
        assertThat(isOnlyName("c")).isFalse();
        Files.createDirectory(root.resolve("d"));
        assertThat(isOnlyName("d")).isFalse();
    }

    private void remove() throws IOException {
        try (FolderDirectory top = FolderDirectory.open(root)) {
            FolderLeftovers.remove(top);
        }
    }

    private boolean isOnlyName(String name) throws IOException {
        try (FolderDirectory top = FolderDirectory.open(root)) {
            return FolderLeftovers.isOnlyName(root, top, Path.of(name));
        }
    }
}
