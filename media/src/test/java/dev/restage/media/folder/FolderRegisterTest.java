package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRegisterTest {

    @TempDir
    private Path folder;

    @Test
    void isReadAndChangedByComparing() {
        FolderRegister register = register();

        assertThat(register.read()).isEmpty();
        assertThat(register.remove("mine")).isFalse();
        assertThat(register.replace("mine", "other")).isFalse();
        assertThat(register.putIfAbsent("a long text of mine")).isTrue();
        assertThat(register.putIfAbsent("yours")).isFalse();
        assertThat(register.replace("yours", "other")).isFalse();
        assertThat(register.replace("a long text of mine", "short")).isTrue();
        assertThat(register().read()).contains("short");
        assertThat(folder.resolve(FolderRegister.FILE)).hasContent("short");
        assertThat(register.remove("a long text of mine")).isFalse();
        assertThat(register.remove("short")).isTrue();
        assertThat(register.read()).isEmpty();
    }

    @Test
    void writesThroughNoLink(@TempDir Path outside) throws IOException {
        Path file = Files.writeString(outside.resolve("file"), "untouched");
        Files.createSymbolicLink(folder.resolve(FolderRegister.FILE), file);

        assertThatThrownBy(() -> register().putIfAbsent("mine"))
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
        Files.createLink(folder.resolve(FolderRegister.FILE), file);

        assertThatThrownBy(() -> register().putIfAbsent("mine")).hasMessageContaining("is a link, or no file");
        assertThat(file).hasContent("untouched");
    }

    @Test
    void refusesADirectoryInItsPlace() throws IOException {
        Files.createDirectory(folder.resolve(FolderRegister.FILE));

        assertThatThrownBy(() -> register().putIfAbsent("mine")).hasMessageContaining("is a link, or no file");
    }

    private FolderRegister register() {
        return new FolderRegister(() -> folder);
    }
}
