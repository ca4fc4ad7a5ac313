package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderKeysTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.jpg", "\u00e4/\uD83D\uDE00", "...", "a b", "%41", "-", "~", "a\\b", "a:b", "CON"})
    void takesSafeKeysAsTheyAre(String key) {
        FolderKeys keys = keys(KeyPolicy.FAIL);

        assertThat(keys.problem(key)).isEmpty();
        assertThat(keys.names(key)).extracting(Path::toString).containsExactly(key.split("/"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', it has a part without a name",
        "/a, it has a part without a name",
        "a//b, it has a part without a name",
        "a/, it has a part without a name",
        "../a, '\"..\" is no safe file name'",
        "a/./b, '\".\" is no safe file name'",
        ".restage-lock, '\".restage-lock\" is no safe file name'",
        "a/.RESTAGE-x, '\".RESTAGE-x\" is no safe file name'",
    })
    void saysWhyAKeyIsNoFile(String key, String why) {
        assertThat(keys(KeyPolicy.FAIL).problem(key)).hasValue(why);
        assertThat(keys(KeyPolicy.SKIP).problem(key)).hasValue(why);
        assertThat(keys(KeyPolicy.ESCAPE).problem(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "CON", "nul.txt", "a\\b", "a?", "a.", "a ", "a\tb"})
    void onWindowsMoreIsUnsafe(String key) {
        assertThat(new FolderKeys(root, KeyPolicy.FAIL, true).problem(key)).isPresent();
        assertThat(new FolderKeys(root, KeyPolicy.ESCAPE, true).problem(key)).isEmpty();
    }

    @Test
    void countsBytesOnMostDisksAndCharactersOnWindows() {
        String umlauts = "\u00e4".repeat(128);

        assertThat(keys(KeyPolicy.FAIL).problem("a".repeat(255))).isEmpty();
        assertThat(keys(KeyPolicy.FAIL).problem("a".repeat(256)))
                .hasValueSatisfying(why -> assertThat(why)
                        .isEqualTo("\"%s...\" is too long for a file name, which may have 255 bytes", "a".repeat(20)));
        assertThat(keys(KeyPolicy.FAIL).problem(umlauts))
                .hasValueSatisfying(why -> assertThat(why).endsWith("255 bytes"));
        assertThat(new FolderKeys(root, KeyPolicy.FAIL, true).problem(umlauts)).isEmpty();
    }

    /** An escape takes three letters. */
    @Test
    void anEscapedNameMayBeTooLongToo() {
        assertThat(new FolderKeys(root, KeyPolicy.ESCAPE, true).problem(":".repeat(85)))
                .isEmpty();
        assertThat(new FolderKeys(root, KeyPolicy.ESCAPE, true).problem(":".repeat(86)))
                .hasValueSatisfying(why -> assertThat(why).endsWith("255 characters"));
    }

    @Test
    void refusesAnUnsafeKeyBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> keys(KeyPolicy.FAIL).names("../a"))
                .isInstanceOf(ProviderException.class)
                .hasMessage(
                        "the key \"../a\" cannot be a file in the folder %s: \"..\" is no safe file name; exclude it",
                        root)
                .returns(Kind.UNSUPPORTED, e -> ((ProviderException) e).kind())
                .returns(Effect.NONE, e -> ((ProviderException) e).effect());
    }

    @Test
    void escapesOnlyIfTold() {
        assertThat(keys(KeyPolicy.FAIL).path("a//..")).isEqualTo("a//..");
        assertThat(keys(KeyPolicy.ESCAPE).path("a//..")).isEqualTo("a/%/%2E%2E");
    }

    @Test
    void aFileBesideADirectoryHasAnotherNameOnlyWhereKeysAreEscaped() {
        assertThat(keys(KeyPolicy.ESCAPE).aside("docs/a"))
                .hasValueSatisfying(name -> assertThat(name.toString()).isEqualTo("%61"));
        assertThat(keys(KeyPolicy.ESCAPE).aside("docs/")).isEmpty();
        assertThat(keys(KeyPolicy.FAIL).aside("docs/a")).isEmpty();
        assertThat(keys(KeyPolicy.SKIP).aside("docs/a")).isEmpty();
    }

    @Test
    void readsAKeyBackFromItsName() throws IOException {
        BasicFileAttributes file = attributes(Files.createFile(root.resolve("file")));
        BasicFileAttributes directory = attributes(Files.createDirectory(root.resolve("directory")));

        assertThat(keys(KeyPolicy.FAIL).segmentOf("%2E%2E", file)).isEqualTo("%2E%2E");
        assertThat(keys(KeyPolicy.ESCAPE).segmentOf("%2E%2E", file)).isEqualTo("..");
        assertThat(keys(KeyPolicy.ESCAPE).segmentOf("%61", file)).isEqualTo("a");
        assertThatThrownBy(() -> keys(KeyPolicy.ESCAPE).segmentOf("%61", directory))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("the file \"%61\" in the folder " + root + " stands for no key");
    }

    private FolderKeys keys(KeyPolicy policy) {
        return new FolderKeys(root, policy);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }
}
