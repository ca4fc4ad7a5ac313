package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.FakeStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderListingTest {

    @TempDir
    private Path root;

    @Test
    void anEmptyFolderHasNoObject() {
        FolderListing listing = listing(KeyRange.ALL);

        assertThat(listing.hasNext()).isFalse();
        assertThatThrownBy(listing::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void tellsSizeAndTimeAndNoETag() throws IOException {
        Files.setLastModifiedTime(write("a"), FileTime.from(FakeStore.TIME));

        assertThat(listing(KeyRange.ALL).next()).isEqualTo(new MediaObject("a", 1, "", FakeStore.TIME));
    }

    @Test
    void sortsADirectoryAsItsNameWithASlash() throws IOException {
        write("a0", "a!", "a/z", "a/b/c", "a.b");

        assertThat(keys(KeyRange.ALL)).containsExactly("a!", "a.b", "a/b/c", "a/z", "a0");
    }

    @Test
    void sortsByBytes() throws IOException {
        write("Z", "a", "\u00e4", "\uFFFD", "\uD83D\uDE00");

        assertThat(keys(KeyRange.ALL)).containsExactly("Z", "a", "\u00e4", "\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void listsARangeAlone() throws IOException {
        write("docs/a", "docs/b", "docs/c/d", "docs0", "images/a");

        assertThat(keys(KeyRange.of("docs/"))).containsExactly("docs/a", "docs/b", "docs/c/d");
        assertThat(keys(KeyRange.of("docs"))).containsExactly("docs/a", "docs/b", "docs/c/d", "docs0");
        assertThat(keys(new KeyRange("docs/", "docs/a", ""))).containsExactly("docs/b", "docs/c/d");
        assertThat(keys(new KeyRange("", "docs/c/", "images/"))).containsExactly("docs/c/d", "docs0");
        assertThat(keys(new KeyRange("", "docs/c/d", ""))).containsExactly("docs0", "images/a");
        assertThat(keys(KeyRange.of("missing/"))).isEmpty();
        assertThat(keys(KeyRange.of("docs/a/"))).isEmpty();
    }

    @Test
    void aPrefixThatIsNoSafeNameHoldsNothing() throws IOException {
        write("a");

        assertThat(keys(KeyRange.of("../"))).isEmpty();
        assertThat(keys(KeyRange.of("/"))).isEmpty();
        assertThat(keys(KeyRange.of(".restage-x/"))).isEmpty();
    }

    @Test
    void followsNoLink(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret"), "1");
        write("a");
        Files.createSymbolicLink(root.resolve("directory"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("round"), root);

        assertThat(keys(KeyRange.ALL)).containsExactly("a");
        assertThat(keys(KeyRange.of("directory/"))).isEmpty();
    }

    @Test
    void passesOverFilesOfItsOwn() throws IOException {
        write(".restage-lock", ".restage-1.part", "a", "b/.restage-2.part", ".restage");

        assertThat(keys(KeyRange.ALL)).containsExactly(".restage", "a");
    }

    @Test
    void anEmptyDirectoryIsNoObject() throws IOException {
        Files.createDirectories(root.resolve("empty/emptier"));
        write("z");

        assertThat(keys(KeyRange.ALL)).containsExactly("z");
    }

    @Test
    void goesOnWhileDirectoriesVanish() throws IOException {
        write("a/1", "b/1", "c/1");
        FolderListing listing = listing(KeyRange.ALL);
        assertThat(listing.next().key()).isEqualTo("a/1");

        // The next one has been found already.
        Files.delete(root.resolve("c/1"));
        Files.delete(root.resolve("c"));

        assertThat(listing.next().key()).isEqualTo("b/1");
        assertThat(listing.hasNext()).isFalse();
    }

    @Test
    void saysThatAFolderHasGone() throws IOException {
        Files.delete(root);

        assertThatThrownBy(() -> listing(KeyRange.ALL))
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith("cannot list \"\" in the folder " + root)
                .returns(Kind.NOT_FOUND, e -> ((ProviderException) e).kind());
        Files.createDirectory(root);
    }

    private FolderListing listing(KeyRange range) {
        return new FolderListing(new FolderKeys(root, KeyPolicy.FAIL), range);
    }

    private List<String> keys(KeyRange range) {
        List<String> keys = new ArrayList<>();
        listing(range).forEachRemaining(object -> keys.add(object.key()));
        return keys;
    }

    private Path write(String... keys) throws IOException {
        Path file = root;
        for (String key : keys) {
            file = root.resolve(key);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "1");
        }
        return file;
    }
}
