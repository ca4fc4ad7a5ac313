package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    private Path folder;

    @Test
    void namesItsOwnerInAFile() throws IOException {
        try (FolderLock lock = FolderLock.take(folder, "run 7 of ines@laptop")) {
            assertThat(lock).isNotNull();
            assertThat(Files.readString(folder.resolve(FolderLock.FILE))).isEqualTo("run 7 of ines@laptop");
        }
    }

    @Test
    void refusesASecondOwnerAndNamesTheFirst() {
        try (FolderLock first = FolderLock.take(folder, "the first run")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> FolderLock.take(folder, "the second run"))
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("the folder %s is locked by the first run; wait until that run has ended", folder)
                    .returns(Kind.CONFLICT, e -> ((ProviderException) e).kind())
                    .returns(Effect.NONE, e -> ((ProviderException) e).effect());
        }
    }

    @Test
    void isFreeOnceItIsClosed() throws IOException {
        FolderLock first = FolderLock.take(folder, "first");
        first.close();
        first.close();
        assertThat(Files.readString(folder.resolve(FolderLock.FILE))).isEmpty();

        try (FolderLock second = FolderLock.take(folder, "second")) {
            assertThat(second).isNotNull();
            assertThat(Files.readString(folder.resolve(FolderLock.FILE))).isEqualTo("second");
        }
    }

    /** The system frees the lock of a process that was killed; its text stays. */
    @Test
    void overwritesWhatAKilledRunHasLeft() throws IOException {
        Files.writeString(folder.resolve(FolderLock.FILE), "a run that was killed, with a very long name");

        try (FolderLock lock = FolderLock.take(folder, "mine")) {
            assertThat(lock).isNotNull();
            assertThat(Files.readString(folder.resolve(FolderLock.FILE))).isEqualTo("mine");
        }
    }

    @Test
    void writesThroughNoLink(@TempDir Path outside) throws IOException {
        Path file = Files.writeString(outside.resolve("file"), "untouched");
        Files.createSymbolicLink(folder.resolve(FolderLock.FILE), file);

        assertThatThrownBy(() -> FolderLock.take(folder, "mine"))
                .isInstanceOf(ProviderException.class)
                .hasMessage(
                        ".restage-lock in the folder %s is a link, or no file, so it cannot be locked; remove it",
                        folder)
                .returns(Kind.UNSUPPORTED, e -> ((ProviderException) e).kind());
        assertThat(file).hasContent("untouched");
    }

    @Test
    void writesThroughNoHardLink(@TempDir Path outside) throws IOException {
        Path file = Files.writeString(outside.resolve("file"), "untouched");
        Files.createLink(folder.resolve(FolderLock.FILE), file);

        assertThatThrownBy(() -> FolderLock.take(folder, "mine")).hasMessageContaining("is a link, or no file");
        assertThat(file).hasContent("untouched");
    }

    @Test
    void refusesADirectoryInItsPlace() throws IOException {
        Files.createDirectory(folder.resolve(FolderLock.FILE));

        assertThatThrownBy(() -> FolderLock.take(folder, "mine")).hasMessageContaining("is a link, or no file");
    }
}
