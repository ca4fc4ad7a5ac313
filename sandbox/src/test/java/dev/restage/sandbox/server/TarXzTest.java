package dev.restage.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TarXzTest {

    @TempDir
    private Path directory;

    @Test
    void unpacksFilesProgramsFoldersAndLinks() throws IOException {
        unpack(tar -> {
            folder(tar, "share/empty/");
            file(tar, "bin/program", 0755, "run");
            file(tar, "share/readme", 0644, "read");
            link(tar, "bin/alias", "program");
        });

        assertThat(directory.resolve("share/empty")).isDirectory();
        assertThat(directory.resolve("share/readme")).hasContent("read");
        assertThat(permissions("bin/program")).isEqualTo("rwxr-xr-x");
        assertThat(permissions("share/readme")).isEqualTo("rw-r--r--");
        assertThat(Files.readSymbolicLink(directory.resolve("bin/alias"))).isEqualTo(Path.of("program"));
        assertThat(directory.resolve("bin/alias")).hasContent("run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "bin/../../outside"})
    void writesNothingOutside(String name) {
        assertThatIOException()
                .isThrownBy(() -> unpack(tar -> file(tar, name, 0644, "x")))
                .withMessage("the archive wants to write outside: " + name);
        assertThat(directory.resolveSibling("outside")).doesNotExist();
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> TarXz.unpack(
                        new ByteArrayInputStream("no archive".getBytes(StandardCharsets.UTF_8)), directory));
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
    }

    private void unpack(Packing packing) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(packed, new LZMA2Options(0)))) {
            packing.pack(tar);
        }
        TarXz.unpack(new ByteArrayInputStream(packed.toByteArray()), directory);
    }

    private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry(name));
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, int mode, String text) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setSize(text.length());
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private interface Packing {
        void pack(TarArchiveOutputStream tar) throws IOException;
    }
}
