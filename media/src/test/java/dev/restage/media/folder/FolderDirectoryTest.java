package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both kinds of directories behave alike. */
class FolderDirectoryTest {

    enum Way {
        HELD {
            @Override
            FolderDirectory open(Path root) throws IOException {
                FolderDirectory directory = FolderDirectory.open(root);
                assertThat(directory).isInstanceOf(HeldDirectory.class);
                return directory;
            }
        },
        NAMED {
            @Override
            FolderDirectory open(Path root) {
                return new NamedDirectory(root, root);
            }
        };

        abstract FolderDirectory open(Path root) throws IOException;
    }

    @TempDir
    private Path root;

    @TempDir
    private Path outside;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(root.resolve("docs"));
        Files.writeString(root.resolve("file"), "1");
        Files.writeString(outside.resolve("secret"), "untouched");
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("linked"), outside.resolve("secret"));
    }

    @ParameterizedTest
    @EnumSource
    void entersDirectoriesAndNothingElse(Way way) throws IOException {
        try (FolderDirectory top = way.open(root);
                FolderDirectory docs = top.enter(Path.of("docs"))) {
            assertThat(docs.names()).isEmpty();
            assertThatThrownBy(() -> top.enter(Path.of("file"))).isInstanceOf(NotDirectoryException.class);
            assertThatThrownBy(() -> top.enter(Path.of("link"))).isInstanceOf(FolderDirectory.LinkInTheWay.class);
            assertThatThrownBy(() -> top.enter(Path.of("missing"))).isInstanceOf(NoSuchFileException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatIsInIt(Way way) throws IOException {
        try (FolderDirectory top = way.open(root)) {
            assertThat(top.names())
                    .extracting(Path::toString)
                    .containsExactlyInAnyOrder("docs", "file", "link", "linked");
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesADirectory(Way way) throws IOException {
        try (FolderDirectory top = way.open(root);
                FolderDirectory docs = top.enter(Path.of("docs"))) {
            docs.make(Path.of("new"));

            assertThat(root.resolve("docs/new")).isEmptyDirectory();
            assertThat(top.names()).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAndWritesFilesAndNotThroughLinks(Way way) throws IOException {
        try (FolderDirectory top = way.open(root)) {
            try (SeekableByteChannel channel =
                    top.channel(Path.of("new"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                assertThat(channel.size()).isZero();
            }
            assertThat(root.resolve("new")).isEmptyFile();
            assertThatThrownBy(() -> top.channel(
                                    Path.of("linked"), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                            .close())
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> top.channel(Path.of("linked"), StandardOpenOption.READ)
                            .close())
                    .isInstanceOf(IOException.class);
        }
        assertThat(outside.resolve("secret")).hasContent("untouched");
    }

    @ParameterizedTest
    @EnumSource
    void tellsALinkFromWhereItLeads(Way way) throws IOException {
        try (FolderDirectory top = way.open(root)) {
            assertThat(top.attributes(Path.of("link")).isSymbolicLink()).isTrue();
            assertThat(FolderDirectory.isReal(top.attributes(Path.of("link")))).isFalse();
            assertThat(FolderDirectory.isReal(top.attributes(Path.of("docs")))).isTrue();
            assertThat(FolderDirectory.isReal(top.attributes(Path.of("file")))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void movesAFileOverAnother(Way way) throws IOException {
        Files.writeString(root.resolve("docs/file"), "old");
        try (FolderDirectory top = way.open(root);
                FolderDirectory docs = top.enter(Path.of("docs"))) {
            top.move(Path.of("file"), docs, Path.of("file"));
        }
        assertThat(root.resolve("docs/file")).hasContent("1");
        assertThat(root.resolve("file")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void setsTheTimeOfAFile(Way way) throws IOException {
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        try (FolderDirectory top = way.open(root)) {
            top.setTime(Path.of("file"), time);
        }
        assertThat(Files.getLastModifiedTime(root.resolve("file"))).isEqualTo(time);
    }

    @ParameterizedTest
    @EnumSource
    void deletesWhatItIsTold(Way way) throws IOException {
        try (FolderDirectory top = way.open(root)) {
            top.deleteFile(Path.of("file"));
            top.deleteFile(Path.of("linked"));
            top.deleteDirectory(Path.of("docs"));

            assertThatThrownBy(() -> top.deleteFile(Path.of("missing"))).isInstanceOf(NoSuchFileException.class);
        }
        assertThat(root.resolve("file")).doesNotExist();
        assertThat(root.resolve("docs")).doesNotExist();
        assertThat(outside.resolve("secret")).hasContent("untouched");
    }

    @ParameterizedTest
    @EnumSource
    void deletesNoDirectoryThatHoldsSomething(Way way) throws IOException {
        Files.writeString(root.resolve("docs/a"), "1");
        try (FolderDirectory top = way.open(root)) {
            assertThatThrownBy(() -> top.deleteDirectory(Path.of("docs")))
                    .isInstanceOf(DirectoryNotEmptyException.class);
        }
        assertThat(root.resolve("docs/a")).exists();
    }

    /** Whoever may write there could put a link in the place of a directory that was entered. */
    @ParameterizedTest
    @EnumSource
    void isNotLedOutByALinkThatComesLater(Way way) throws IOException {
        try (FolderDirectory top = way.open(root);
                FolderDirectory docs = top.enter(Path.of("docs"))) {
            Files.move(root.resolve("docs"), root.resolve("moved"));
            Files.createSymbolicLink(root.resolve("docs"), outside);
            try {
                docs.deleteFile(Path.of("secret"));
            } catch (FileSystemException e) {
                assertThat(e).isInstanceOfAny(NoSuchFileException.class, FolderDirectory.LinkInTheWay.class);
            }
        }
        assertThat(outside.resolve("secret")).hasContent("untouched");
    }
}
