package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedKeysTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("refused.txt");
    }

    @Test
    void writesEachKeyWithItsReason() throws IOException {
        try (RefusedKeys keys = new RefusedKeys(file)) {
            keys.begin().add("a:b", "\"a:b\" is no safe file name");
            keys.add("c//d", "it has a part without a name");

            assertThat(keys.written()).hasValue(file);
            assertThat(Files.readAllLines(file))
                    .containsExactly("\"a:b\": \"a:b\" is no safe file name", "\"c//d\": it has a part without a name");
        }
    }

    @Test
    void makesNoFileWhileNothingIsRefused() {
        try (RefusedKeys keys = new RefusedKeys(file)) {
            assertThat(keys.begin().written()).isEmpty();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void removesWhatAnEarlierRunHasWritten() throws IOException {
        Files.writeString(file, "from before");
        try (RefusedKeys keys = new RefusedKeys(file)) {
            keys.begin();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void beginsAnewWhereStoresAreComparedAgain() throws IOException {
        try (RefusedKeys keys = new RefusedKeys(file)) {
            keys.begin().add("first walk", "why");
            keys.begin().add("second walk", "why");
        }
        assertThat(Files.readAllLines(file)).containsExactly("\"second walk\": why");
    }

    @Test
    void staysAfterTheRunForWhoReadsIt() {
        try (RefusedKeys keys = new RefusedKeys(file)) {
            keys.begin().add("a", "why");
        }
        assertThat(file).exists();
    }

    /** Names of files can tell of people. */
    @Test
    void isReadByItsOwnerAlone() throws IOException {
        try (RefusedKeys keys = new RefusedKeys(file)) {
            keys.begin().add("a", "why");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void isWrittenWhereThereAreNoSuchRights() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path there =
                    Files.createDirectories(windows.getPath("C:\\journals")).resolve("refused.txt");
            try (RefusedKeys keys = new RefusedKeys(there)) {
                keys.begin().add("a", "why");
            }
            assertThat(Files.readAllLines(there)).containsExactly("\"a\": why");
        }
    }

    @Test
    void withoutAJournalNothingIsWritten() {
        try (RefusedKeys keys = new RefusedKeys(null)) {
            keys.begin().add("a", "why");

            assertThat(keys.written()).isEmpty();
        }
    }

    @Test
    void writesThroughNoLinkThatStandsThere() throws IOException {
        Path outside = folder.resolve("outside");
        try (RefusedKeys keys = new RefusedKeys(file)) {
            keys.begin();
            Files.createSymbolicLink(file, outside);

            assertThatThrownBy(() -> keys.add("a", "why")).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(outside).doesNotExist();
    }

    @Test
    void saysThatItCannotBeWritten() {
        try (RefusedKeys keys = new RefusedKeys(folder.resolve("missing/refused.txt"))) {
            keys.begin();

            assertThatThrownBy(() -> keys.add("a", "why"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("the list of refused keys")
                    .hasMessageContaining("cannot be written: make room");
        }
    }
}
