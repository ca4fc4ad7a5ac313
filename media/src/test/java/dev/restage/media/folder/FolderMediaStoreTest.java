package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.FakeStore;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.MediaObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderMediaStoreTest {

    @TempDir
    private Path directory;

    private Path root;
    private FolderMediaStore folder;
    private final FakeStore source = new FakeStore("source");

    @BeforeEach
    void makeFolder() throws IOException {
        root = Files.createDirectory(directory.resolve("media"));
        folder = new FolderMediaStore(root, KeyPolicy.FAIL);
    }

    @Test
    void listsInTheOrderOfBytesAcrossDirectories() throws IOException {
        for (String key : List.of("a!", "a/b", "a/c/d", "a/c0", "a0", "a-/x", "Z")) {
            Path file = root.resolve(key);
            Files.createDirectories(file.getParent());
            Files.writeString(file, key);
        }

        assertThat(keys("")).containsExactly("Z", "a!", "a-/x", "a/b", "a/c/d", "a/c0", "a0");
        assertThat(keys("a/c")).containsExactly("a/c/d", "a/c0");
        assertThat(keys("a/c/")).containsExactly("a/c/d");
        assertThat(keys("nothing/")).isEmpty();
    }

    @Test
    void isTheSameAfterACopyAndKeepsTheTime() throws IOException {
        source.with("images/a.jpg", "1").with("empty", "").with("images/", "");

        MediaSync.between(source, folder, MediaSyncOptions.standard()).run(Progress.NONE);

        assertThat(MediaSync.between(source, folder, MediaSyncOptions.standard())
                        .compare()
                        .isEmpty())
                .isTrue();
        assertThat(Files.getLastModifiedTime(root.resolve("images/a.jpg")).toInstant())
                .isEqualTo(FakeStore.TIME);
        assertThat(Files.readString(root.resolve("images/a.jpg"))).isEqualTo("1");
        try (var files = Files.list(root)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("empty", "images");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/evil", "a//b", "./a", "a/.", "a\0b", ".restage-lock", "a/"})
    void writesNothingForAnUnsafeKey(String key) throws IOException {
        source.with(key, "evil");
        MediaObject object = new MediaObject(key, 4, "", FakeStore.TIME);

        assertThatThrownBy(() -> folder.copy(source, object))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED));
        assertThat(folder.delete(List.of(key))).containsOnlyKeys(key);
        try (var files = Files.walk(directory)) {
            assertThat(files).containsExactlyInAnyOrder(directory, root);
        }
    }

    @Test
    void followsNoLinkOutOfTheFolder() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("a"), "keep");
        Files.createSymbolicLink(root.resolve("link"), outside);
        source.with("link/a", "evil");

        assertThat(keys("")).isEmpty();
        assertThat(keys("link/")).isEmpty();
        folder.delete(List.of("link/a"));
        assertThatThrownBy(() -> MediaSync.between(source, folder, MediaSyncOptions.standard())
                        .run(Progress.NONE))
                .hasMessageContaining("a link in the folder");
        assertThat(outside.resolve("a")).hasContent("keep");
    }

    @Test
    void saysThatAFileAndADirectoryCannotShareAName() {
        source.with("a", "1").with("a/b", "2");

        assertThatThrownBy(() -> MediaSync.between(source, folder, MediaSyncOptions.standard())
                        .run(Progress.NONE))
                .hasMessageContaining("would be a file and a directory");
    }

    @Test
    void removesEmptyDirectoriesWithTheirLastFile() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/c"), "1");

        assertThat(folder.delete(List.of("a/b/c", "a/b/missing"))).isEmpty();

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void itsRegisterIsNoObject() {
        assertThat(folder.register().putIfAbsent("ann@laptop")).isTrue();

        assertThat(keys("")).isEmpty();
    }

    @Test
    void asksForAFolderThatIsNotThere() {
        assertThatThrownBy(() -> new FolderMediaStore(root.resolve("missing"), KeyPolicy.FAIL).list(""))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining("mkdir");
    }

    @Test
    void isOneFolderUnderTwoNames() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("other"), root);

        assertThat(new FolderMediaStore(link, KeyPolicy.FAIL).identity()).isEqualTo(folder.identity());
        assertThat(new FolderMediaStore(directory, KeyPolicy.FAIL).identity().overlaps(folder.identity()))
                .isTrue();
    }

    private List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        folder.list(prefix).forEachRemaining(object -> keys.add(object.key()));
        return keys;
    }
}
