package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDownloadTest {

    private static final int MIB = 1 << 20;
    private static final byte[] BYTES = bytes(12 * MIB);
    private static final String MULTIPART = "0123456789abcdef0123456789abcdef-2";

    @TempDir
    private Path directory;

    private Path root;
    private FolderMediaStore folder;

    @BeforeEach
    void makeFolder() throws IOException {
        root = Files.createDirectory(directory.resolve("media")).toRealPath();
        folder = new FolderMediaStore(root, KeyPolicy.FAIL);
    }

    @Test
    void goesOnWhereAStreamBrokeOff() throws IOException {
        BytesSource source = new BytesSource(BYTES, MULTIPART, 5 * MIB, 4 * MIB);

        folder.copy(source, source.object());

        assertThat(source.opened).containsExactly(0L, 5L * MIB, 9L * MIB);
        assertThat(root.resolve("big.tif")).hasBinaryContent(BYTES);
        assertThat(Files.getLastModifiedTime(root.resolve("big.tif")).toInstant())
                .isEqualTo(BytesSource.TIME);
        assertThat(names()).containsExactly("big.tif");
    }

    @Test
    void goesOnInASmallFileToo() throws IOException {
        BytesSource source = new BytesSource(bytes(1000), MULTIPART, 300, 0);

        folder.copy(source, source.object());

        assertThat(source.opened).containsExactly(0L, 300L, 300L);
        assertThat(root.resolve("big.tif")).hasBinaryContent(bytes(1000));
    }

    @Test
    void givesUpWhereItComesNoFurther() throws IOException {
        BytesSource source = new BytesSource(BYTES, MULTIPART, MIB, 0, 0, 0, 0);

        fails(source, Kind.UNAVAILABLE);

        assertThat(source.opened).containsExactly(0L, (long) MIB, (long) MIB, (long) MIB, (long) MIB);
        assertThat(names()).hasSize(1);
    }

    @Test
    void goesOnInALaterRun() throws IOException {
        BytesSource broken = breaking(MULTIPART);
        fails(broken, Kind.UNAVAILABLE);
        assertThat(names()).hasSize(1).allMatch(name -> name.startsWith(".restage-"));
        assertThat(folder.list("")).isExhausted();

        BytesSource source = new BytesSource(BYTES, MULTIPART);
        new FolderMediaStore(root, KeyPolicy.FAIL).copy(source, source.object());

        assertThat(source.opened).containsExactly(10L * MIB);
        assertThat(root.resolve("big.tif")).hasBinaryContent(BYTES);
        assertThat(names()).containsExactly("big.tif");
    }

    @Test
    void beginsAnewForAnotherETag() throws IOException {
        fails(breaking(MULTIPART), Kind.UNAVAILABLE);

        BytesSource source = new BytesSource(BYTES, "another-2");
        folder.copy(source, source.object());

        assertThat(source.opened).containsExactly(0L);
        assertThat(root.resolve("big.tif")).hasBinaryContent(BYTES);
    }

    @Test
    void beginsAnewWhereTheHashSaysThatTheBeginningIsWrong() throws IOException {
        fails(breaking(md5(BYTES)), Kind.UNAVAILABLE);
        try (FileChannel channel = FileChannel.open(root.resolve(names().get(0)), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[100]), MIB);
        }

        BytesSource source = new BytesSource(BYTES, md5(BYTES));
        folder.copy(source, source.object());

        assertThat(source.opened).containsExactly(10L * MIB, 0L);
        assertThat(root.resolve("big.tif")).hasBinaryContent(BYTES);
        assertThat(names()).containsExactly("big.tif");
    }

    @Test
    void keepsNothingOfAnObjectThatHasChanged() throws IOException {
        BytesSource source = new BytesSource(BYTES, MULTIPART);
        BytesSource listed = new BytesSource(BYTES, "before-2");

        assertThatThrownBy(() -> folder.copy(source, listed.object()))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));

        assertThat(names()).isEmpty();
    }

    @Test
    void writesNothingThroughAHardLinkInThePlaceOfABeginning() throws IOException {
        fails(breaking(MULTIPART), Kind.UNAVAILABLE);
        Path outside = Files.write(directory.resolve("outside"), bytes(100));
        Path beginning = root.resolve(names().get(0));
        Files.delete(beginning);
        Files.createLink(beginning, outside);

        BytesSource source = new BytesSource(BYTES, MULTIPART);
        folder.copy(source, source.object());

        assertThat(outside).hasBinaryContent(bytes(100));
        assertThat(root.resolve("big.tif")).hasBinaryContent(BYTES);
    }

    @Test
    void removesWhatNobodyGoesOnWith() throws IOException {
        Files.createFile(root.resolve(".restage-1.part"));
        Files.createFile(root.resolve(".restage-2.resume"));
        Files.setLastModifiedTime(
                Files.createFile(root.resolve(".restage-3.resume")),
                FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        Files.createDirectory(root.resolve(".restage-4"));
        BytesSource source = new BytesSource(bytes(10), MULTIPART);

        folder.copy(source, source.object());

        assertThat(names()).containsExactly(".restage-2.resume", "big.tif");
    }

    @Test
    void leavesAFileThatAnotherRunWrites() throws IOException {
        Path file = Files.createFile(root.resolve(".restage-1.part"));
        BytesSource source = new BytesSource(bytes(10), MULTIPART);

        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(channel.lock()).isNotNull();
            folder.copy(source, source.object());
        }

        assertThat(names()).containsExactly(".restage-1.part", "big.tif");
    }

    private void fails(BytesSource source, Kind kind) {
        assertThatThrownBy(() -> folder.copy(source, source.object()))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining("run again to go on");
    }

    /** Comes to 10 MiB and no further. */
    private static BytesSource breaking(String etag) {
        return new BytesSource(BYTES, etag, 10 * MIB, -1);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(4).nextBytes(bytes);
        return bytes;
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
