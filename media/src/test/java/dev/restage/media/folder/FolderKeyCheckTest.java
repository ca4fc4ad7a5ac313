package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.restage.provider.media.KeyCheck;
import dev.restage.provider.media.KeyCheck.Outcome;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderKeyCheckTest {

    private static final FolderDisk MAC = new FolderDisk(true, true);
    private static final FolderDisk WINDOWS = new FolderDisk(true, false);

    @Test
    void findsAFileThatIsADirectoryToo() {
        assertThat(problems(KeyPolicy.FAIL, FolderDisk.EXACT, "a", "a!", "a-/x", "a.b", "a/b", "a/c/d", "a0", "ab/c"))
                .containsExactly("a/b", "a/c/d");
        assertThat(problems(KeyPolicy.FAIL, FolderDisk.EXACT, "a/b", "a/b!", "a/b/c", "b", "b!/c", "c/d"))
                .containsExactly("a/b/c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/a", "a//b", "a/./b", "a/", ".restage-lock", "a\0b", ".RESTAGE-LOCK"})
    void findsUnsafeNames(String key) {
        assertThat(problems(KeyPolicy.FAIL, FolderDisk.EXACT, key)).containsExactly(key);
        assertThat(problems(KeyPolicy.ESCAPE, FolderDisk.EXACT, key)).isEmpty();
    }

    @Test
    void findsNamesThatAreTooLong() {
        String longest = "é".repeat(127) + "a";

        assertThat(problems(KeyPolicy.ESCAPE, FolderDisk.EXACT, longest, longest + "a", "x/" + "\0".repeat(86)))
                .containsExactly(longest + "a", "x/" + "\0".repeat(86));
    }

    @Test
    void findsNamesThatDifferOnlyInCase() {
        String[] keys = {"A.jpg", "B/1", "B/2", "a.JPG", "a.jpg", "b/3", "b/4", "c"};

        assertThat(problems(KeyPolicy.FAIL, WINDOWS, keys)).containsExactly("a.JPG", "a.jpg", "b/3", "b/4");
        assertThat(problems(KeyPolicy.FAIL, FolderDisk.EXACT, keys)).isEmpty();
        assertThat(problems(KeyPolicy.FAIL, WINDOWS, "A", "a/b")).containsExactly("a/b");
        assertThat(problems(KeyPolicy.FAIL, WINDOWS, "A/b", "a")).containsExactly("a");
    }

    @Test
    void findsNamesThatDifferOnlyInForm() {
        assertThat(problems(KeyPolicy.FAIL, MAC, "e\u0301", "é")).containsExactly("e\u0301");
        assertThat(problems(KeyPolicy.ESCAPE, MAC, "e\u0301", "é")).isEmpty();
        assertThat(problems(KeyPolicy.ESCAPE, MAC, "É", "é")).containsExactly("é");
        assertThat(problems(KeyPolicy.FAIL, WINDOWS, "e\u0301", "é")).isEmpty();
    }

    /** As it does where some folders have other names at the target. */
    @Test
    void takesADirectoryAgainWhenTheOrderBeginsAnew() {
        assertThat(problems(KeyPolicy.FAIL, MAC, "a/1", "z/1", "a/2", "A/3")).containsExactly("A/3");
    }

    @Test
    void remembersManyNames() {
        KeyCheck check = check(KeyPolicy.FAIL, MAC);
        for (int i = 0; i < 10_000; i++) {
            assertThat(check.problem("IMG_%05d.JPG".formatted(i))).isEmpty();
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(check.problem("img_%05d.jpg".formatted(i))).isPresent();
        }
    }

    @Test
    void skipsOnlyIfTold() {
        assertThat(check(KeyPolicy.FAIL, MAC).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(check(KeyPolicy.ESCAPE, MAC).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(check(KeyPolicy.SKIP, MAC).outcome()).isEqualTo(Outcome.SKIP);
    }

    @Test
    void triesOutWhatTheDiskDoes(@TempDir Path folder) throws IOException {
        FolderDisk empty = FolderDisk.of(folder);
        assertThat(folder).isEmptyDirectory();

        Files.createFile(folder.resolve("name"));

        assertThat(FolderDisk.of(folder)).isEqualTo(empty);
        assertThat(empty.ignoresCase()).isEqualTo(Files.exists(folder.resolve("NAME")));
    }

    @Test
    void triesOutWhatOtherDisksDo() throws IOException {
        assertThat(diskOf(Configuration.osX(), "/media")).isEqualTo(MAC);
        assertThat(diskOf(Configuration.windows(), "C:\\media")).isEqualTo(WINDOWS);
        assertThat(diskOf(Configuration.unix(), "/media")).isEqualTo(FolderDisk.EXACT);
    }

    private static FolderDisk diskOf(Configuration system, String folder) throws IOException {
        try (FileSystem files = Jimfs.newFileSystem(system)) {
            Path root = Files.createDirectory(files.getPath(folder));
            FolderDisk empty = FolderDisk.of(root);
            Files.createFile(root.resolve("name"));
            assertThat(FolderDisk.of(root)).isEqualTo(empty);
            return empty;
        }
    }

    private static List<String> problems(KeyPolicy policy, FolderDisk disk, String... keys) {
        KeyCheck check = check(policy, disk);
        return Arrays.stream(keys).filter(key -> check.problem(key).isPresent()).toList();
    }

    private static KeyCheck check(KeyPolicy policy, FolderDisk disk) {
        return new FolderKeyCheck(new FolderKeys(Path.of("/media"), policy, false), disk);
    }
}
