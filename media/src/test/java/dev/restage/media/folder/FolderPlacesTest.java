package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPlacesTest {

    @TempDir
    private Path root;

    @AutoClose
    private FolderPlaces places;

    @BeforeEach
    void open() {
        places = new FolderPlaces(root);
    }

    @Test
    void makesWhatIsNotThereAndHoldsIt() throws IOException {
        FolderDirectory place = places.of(names("a/b/c"));

        assertThat(root.resolve("a/b/c")).isEmptyDirectory();
        assertThat(places.of(names("a/b/c"))).isSameAs(place);
        assertThat(places.of(List.of())).isSameAs(places.top());
    }

    @Test
    void asksAnewForWhatItHasForgotten() throws IOException {
        FolderDirectory place = places.of(names("a"));
        Files.delete(root.resolve("a"));

        places.forget();

        assertThat(places.of(names("a"))).isNotSameAs(place);
        assertThat(root.resolve("a")).isEmptyDirectory();
    }

    @Test
    void holdsThirtyTwoThatWereUsedLast() throws IOException {
        FolderDirectory first = places.of(names("d0"));
        FolderDirectory second = places.of(names("d1"));
        for (int i = 2; i < 32; i++) {
            places.of(names("d" + i));
        }
        assertThat(places.of(names("d0"))).isSameAs(first);

        places.of(names("one more"));

        assertThat(places.of(names("d0"))).isSameAs(first);
        assertThat(places.of(names("d1"))).isNotSameAs(second);
    }

    @Test
    void refusesAFileOrALinkOnTheWay(@TempDir Path outside) throws IOException {
        Files.writeString(root.resolve("file"), "1");
        Files.createSymbolicLink(root.resolve("link"), outside);

        assertThatThrownBy(() -> places.of(names("file/b"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> places.of(names("link/b"))).isInstanceOf(FolderDirectory.LinkInTheWay.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void removesEmptyDirectoriesUpToOneThatHoldsSomething() throws IOException {
        Files.createDirectories(root.resolve("a/b/c"));
        Files.writeString(root.resolve("a/file"), "1");
        try (FolderDirectory top = FolderDirectory.open(root);
                FolderWay way = FolderWay.open(top, names("a/b/c"))) {
            way.removeEmptyDirectories();
        }
        assertThat(root.resolve("a/b")).doesNotExist();
        assertThat(root.resolve("a/file")).exists();
    }

    @Test
    void mayBeUsedAgainAfterItIsClosed() throws IOException {
        places.of(names("a"));
        places.close();
        places.close();

        places.of(names("b"));

        assertThat(root.resolve("b")).isEmptyDirectory();
    }

    private static List<Path> names(String key) {
        return List.of(key.split("/")).stream().map(Path::of).toList();
    }
}
