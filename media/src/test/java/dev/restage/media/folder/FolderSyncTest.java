package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.restage.media.FakeStore;
import dev.restage.media.MediaDifference;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.media.MediaSyncResult;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a bucket to a folder, which cannot hold every key. */
class FolderSyncTest {

    private static final MediaSyncOptions KEEP = MediaSyncOptions.standard();
    private static final MediaSyncOptions MIRROR =
            MediaSyncOptions.builder().surplus(Surplus.DELETE).maxDeleteShare(1).build();

    @TempDir
    private Path directory;

    private Path root;
    private final FakeStore source = new FakeStore("source");

    @BeforeEach
    void makeFolder() throws IOException {
        root = Files.createDirectory(directory.resolve("media"));
    }

    @Test
    void saysAllThatCannotBeHeldBeforeItWritesAnything() {
        source.with("0", "1")
                .with("../evil", "1")
                .with("a", "1")
                .with("a!", "1")
                .with("a/b", "1")
                .with("c/", "1");
        FolderMediaStore folder = folder(KeyPolicy.FAIL);

        for (Runnable work : List.<Runnable>of(() -> run(folder, KEEP), () -> compare(folder))) {
            assertThatThrownBy(work::run)
                    .hasMessageContaining("3 objects")
                    .hasMessageContaining("\"../evil\": \"..\" is no safe file name")
                    .hasMessageContaining("\"a/b\": there is \"a\" as well")
                    .hasMessageContaining("\"c/\": it has a part without a name")
                    .isInstanceOfSatisfying(ProviderException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
                        assertThat(e.effect()).isEqualTo(Effect.NONE);
                    });
            assertThat(root).isEmptyDirectory();
        }
    }

    @Test
    void leavesOutWhatItCannotHoldIfTold() throws IOException {
        source.with("../evil", "1").with("a", "1").with("a/b", "2");
        FolderMediaStore folder = folder(KeyPolicy.SKIP);

        MediaSyncResult result = run(folder, MIRROR);

        assertThat(result.copiedObjects()).isEqualTo(1);
        assertThat(result.difference().refused().objects()).isEqualTo(2);
        assertThat(keys(folder)).containsExactly("a");
        assertThat(compare(folder).isEmpty()).isTrue();
    }

    @Test
    void givesUnsafeKeysOtherNamesIfTold() {
        List<String> unsafe = List.of(
                "../evil",
                "/etc/passwd",
                "a//b",
                "a/./b",
                "a/b\0",
                "c/",
                ".restage-lock",
                "100%41",
                "%",
                "e\u0301/\u0301");
        unsafe.forEach(key -> source.with(key, "content " + key.hashCode()));
        FolderMediaStore folder = folder(KeyPolicy.ESCAPE);

        run(folder, MIRROR);

        assertThat(keys(folder)).containsExactlyInAnyOrderElementsOf(unsafe);
        assertThat(compare(folder).isEmpty()).isTrue();
        FakeStore back = new FakeStore("back");
        MediaSync.between(folder, back, MIRROR).run(Progress.NONE);
        assertThat(back.contents()).isEqualTo(source.contents());
        source.remove("../evil");
        source.remove("c/");
        run(folder, MIRROR);
        assertThat(compare(folder).isEmpty()).isTrue();
    }

    @Test
    void refusesToListNamesThatStandForNoKey() throws IOException {
        Files.createFile(root.resolve("a%41b"));

        assertThatThrownBy(() -> keys(folder(KeyPolicy.ESCAPE))).hasMessageContaining("a%41b");
        assertThat(keys(folder(KeyPolicy.FAIL))).containsExactly("a%41b");
    }

    /** Only a file gives way to a directory. */
    @Test
    void refusesToListADirectoryUnderTheOtherNameOfAFile() throws IOException {
        Files.createDirectory(root.resolve("a%41"));

        assertThatThrownBy(() -> keys(folder(KeyPolicy.ESCAPE))).hasMessageContaining("a%41");
    }

    @Test
    void listsTheSourceOnce() {
        source.with("a", "1").with("b", "2");

        run(folder(KeyPolicy.FAIL), KEEP);

        assertThat(source.listed).hasSize(1);
    }

    @Test
    void makesADirectoryOfAFileAndTheOtherWayRound() throws IOException {
        Files.writeString(root.resolve("a"), "was a file");
        Files.createDirectories(root.resolve("b/c"));
        Files.writeString(root.resolve("b/c/d"), "was below it");
        Files.createDirectories(root.resolve("empty"));
        source.with("a/x", "1").with("b", "2").with("empty", "3").with("z", "4");
        FolderMediaStore folder = folder(KeyPolicy.FAIL);

        assertThatThrownBy(() -> run(folder, KEEP)).hasMessageContaining("delete or exclude one of them");
        assertThat(root.resolve("a")).hasContent("was a file");
        assertThat(root.resolve("b/c/d")).hasContent("was below it");

        MediaSyncResult result = run(folder, MIRROR);

        assertThat(keys(folder)).containsExactly("a/x", "b", "empty", "z");
        assertThat(result.deletedObjects()).isEqualTo(2);
        assertThat(compare(folder).isEmpty()).isTrue();
    }

    /** The parent is a directory when it is checked, and a link when the content has come. */
    @Test
    void writesNothingThroughALinkThatComesMeanwhile() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createDirectory(root.resolve("a"));
        source.with("a/x", "evil");
        source.beforeOpen = () -> {
            try {
                Files.delete(root.resolve("a"));
                Files.createSymbolicLink(root.resolve("a"), outside);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        assertThatThrownBy(() -> run(folder(KeyPolicy.FAIL), KEEP)).hasMessageContaining("is a link in the folder");

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void findsNamesThatAreOneFileOnTheDisk() {
        source.with("A.jpg", "1").with("a.jpg", "2").with("é", "3").with("e\u0301", "4");
        FolderMediaStore folder = new FolderMediaStore(root, KeyPolicy.FAIL, path -> new FolderDisk(true, true));

        assertThatThrownBy(() -> run(folder, KEEP))
                .hasMessageContaining("2 objects")
                .hasMessageContaining("\"a.jpg\"");

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void followsWindowsOnWindows() throws IOException {
        try (FileSystem files = Jimfs.newFileSystem(Configuration.windows())) {
            Path folder = Files.createDirectory(files.getPath("C:\\media"));
            List<String> unsafe = List.of("con", "a:b", "a\\b", "..\\evil", "x.", "x ", "C:/evil", "a?", "nul.txt");
            unsafe.forEach(key -> source.with(key, key));
            source.with("images/a b.jpg", "fine");

            assertThatThrownBy(() -> run(new FolderMediaStore(folder, KeyPolicy.FAIL), KEEP))
                    .hasMessageContaining("9 objects");
            assertThat(folder).isEmptyDirectory();

            FolderMediaStore escaping = new FolderMediaStore(folder, KeyPolicy.ESCAPE);
            run(escaping, MIRROR);
            assertThat(compare(escaping).isEmpty()).isTrue();
            assertThat(keys(escaping)).hasSize(10).containsAll(unsafe);
            assertThat(folder.resolve("%63on")).exists();
            assertThat(folder.resolve("C%3A").resolve("evil")).exists();
        }
    }

    /** On such a disk the new name and the old one are one file, which must be there in the end. */
    @Test
    void followsARenamingThatChangesOnlyCase() throws IOException {
        try (FileSystem files = Jimfs.newFileSystem(Configuration.osX())) {
            Path folder = Files.createDirectory(files.getPath("/media"));
            FolderMediaStore store = new FolderMediaStore(folder, KeyPolicy.FAIL);
            source.with("Photo.jpg", "1").with("z", "2");
            run(store, MIRROR);
            source.remove("Photo.jpg");
            source.with("photo.jpg", "1");

            run(store, MIRROR);

            assertThat(keys(store)).containsExactly("photo.jpg", "z");
            assertThat(compare(store).isEmpty()).isTrue();
        }
    }

    private FolderMediaStore folder(KeyPolicy policy) {
        return new FolderMediaStore(root, policy);
    }

    private MediaSyncResult run(MediaStore target, MediaSyncOptions options) {
        return MediaSync.between(source, target, options).run(Progress.NONE);
    }

    private MediaDifference compare(MediaStore target) {
        return MediaSync.between(source, target, KEEP).compare();
    }

    private static List<String> keys(MediaStore store) {
        List<String> keys = new ArrayList<>();
        store.list("").forEachRemaining(object -> keys.add(object.key()));
        return keys;
    }

    @Test
    void writesAFileBesideADirectoryOfItsNameUnderAnother() throws IOException {
        source.with("a", "file")
                .with("a!", "between")
                .with("a/b", "deeper file")
                .with("a/b/c", "below")
                .with("\u00E9", "letter")
                .with("\u00E9/x", "below");
        FolderMediaStore folder = folder(KeyPolicy.ESCAPE);

        run(folder, MIRROR);

        assertThat(keys(folder)).containsExactly("a", "a!", "a/b", "a/b/c", "\u00E9", "\u00E9/x");
        assertThat(root.resolve("%61")).hasContent("file");
        assertThat(root.resolve("a/%62")).hasContent("deeper file");
        assertThat(root.resolve("a/b/c")).hasContent("below");
        assertThat(run(folder, MIRROR).copiedObjects()).isZero();
    }

    /** Names of which every letter is escaped anyway. */
    @Test
    void refusesAFileBesideADirectoryWhereItHasNoOtherName() {
        source.with("..", "file").with("../x", "below").with("%", "file").with("%/x", "below");

        assertThatThrownBy(() -> run(folder(KeyPolicy.ESCAPE), MIRROR))
                .hasMessageContaining("2 objects")
                .hasMessageContaining("\"../x\": there is \"..\" as well");
    }

    @Test
    void findsAFileUnderItsOtherNameToReadReplaceAndDeleteIt() throws IOException {
        source.with("a", "file").with("a/b", "below");
        FolderMediaStore folder = folder(KeyPolicy.ESCAPE);
        run(folder, MIRROR);
        MediaObject listed = folder.list("").next();
        try (MediaContent content = folder.open(listed)) {
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("file");
        }

        source.with("a", "another file");
        run(folder, MIRROR);
        assertThat(root.resolve("%61")).hasContent("another file");

        assertThat(folder.delete(List.of("a"))).isEmpty();
        assertThat(keys(folder)).containsExactly("a/b");
    }

    @Test
    void givesAFileItsOwnNameBackWhenTheDirectoryIsGone() throws IOException {
        source.with("a", "file").with("a/b", "below");
        FolderMediaStore folder = folder(KeyPolicy.ESCAPE);
        run(folder, MIRROR);
        folder.delete(List.of("a/b"));

        FakeStore other = new FakeStore("other").with("a", "newer");
        folder.copy(other, other.list("").next());

        assertThat(root.resolve("a")).hasContent("newer");
        assertThat(keys(folder)).containsExactly("a");
    }

    /** Each pair is written by two threads in either order. */
    @Test
    void writesFilesAndDirectoriesOfOneNameSideBySide() {
        for (int i = 0; i < 300; i++) {
            source.with("n" + i, "file").with("n" + i + "/below", "below").with("n" + i + "/below/deep", "deep");
        }
        FolderMediaStore folder = folder(KeyPolicy.ESCAPE);

        run(folder, MIRROR);

        assertThat(keys(folder)).hasSize(900);
        assertThat(run(folder, MIRROR).copiedObjects()).isZero();
    }
}
