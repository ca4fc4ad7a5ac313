package dev.restage.postgres.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives that were cut off or changed: one clear error or the same data, and never anything else. */
class DamagedArchiveTest {

    private static final int ROUNDS = 150;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    static Stream<String> archives() {
        return Archives.all().filter(name -> !name.startsWith("pagila"));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void isFoundToBeCutOffBeforeAnythingIsHandedOn(String archive) throws IOException {
        byte[] whole = Files.readAllBytes(Archives.file(archive));
        Random random = new Random(17);
        Path cut = folder.resolve("cut.dump");

        for (int i = 0; i < ROUNDS; i++) {
            int length = i == 0 ? whole.length - 1 : random.nextInt(whole.length);
            Files.write(cut, java.util.Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> ArchiveSource.of(cut).close())
                    .as("cut to %d bytes", length)
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("cut.dump")
                    .hasMessageContaining("byte");
        }
    }

    @ParameterizedTest
    @MethodSource("archives")
    void isFoundToBeCutOffInAStream(String archive) throws IOException {
        byte[] whole = Files.readAllBytes(Archives.file(archive));
        Random random = new Random(18);

        for (int i = 0; i < ROUNDS; i++) {
            int length = i == 0 ? whole.length - 1 : random.nextInt(whole.length);
            InputStream stream = new ByteArrayInputStream(whole, 0, length);

            assertThatThrownBy(() -> {
                        try (ArchiveSource source = ArchiveSource.of("download", stream)) {
                            Archives.data(source);
                        }
                    })
                    .as("cut to %d bytes", length)
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("download")
                    .hasMessageContaining("byte");
        }
    }

    @ParameterizedTest
    @MethodSource("archives")
    void givesOneErrorOrDataWhenBitsAreFlipped(String archive) throws Exception {
        byte[] whole = Files.readAllBytes(Archives.file(archive));
        Random random = new Random(19);
        Path changed = folder.resolve("changed.dump");
        int tocEnd = (int) Archives.toc(Archives.file(archive)).end();

        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] bytes = whole.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    int at = random.nextInt(random.nextBoolean() ? tocEnd : bytes.length);
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(changed, bytes);
                onlyKnownErrors(() -> {
                    try (ArchiveSource source = ArchiveSource.of(changed)) {
                        source.verify();
                    }
                });
                onlyKnownErrors(() -> {
                    try (ArchiveSource source = ArchiveSource.of("download", new ByteArrayInputStream(bytes))) {
                        Archives.data(source);
                    }
                });
            }
        });
    }

    /** zlib has a checksum, so no change of its data goes unseen. */
    @Test
    void findsEveryChangeOfCompressedRows() throws Exception {
        byte[] whole = Files.readAllBytes(Archives.file("small-v1.16-gzip.dump"));
        int tocEnd = (int) Archives.toc(Archives.file("small-v1.16-gzip.dump")).end();
        Map<String, String> expected;
        try (ArchiveSource source = ArchiveSource.of(Archives.file("small-v1.16-gzip.dump"))) {
            expected = Archives.data(source);
        }
        Random random = new Random(20);

        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = whole.clone();
            bytes[tocEnd + random.nextInt(bytes.length - tocEnd)] ^= (byte) (1 << random.nextInt(8));
            try (ArchiveSource source = ArchiveSource.of("download", new ByteArrayInputStream(bytes))) {
                assertThat(Archives.data(source).values()).containsAll(expected.values());
            } catch (ProviderException e) {
                assertThat(e).hasMessageContaining("damaged");
            }
        }
    }

    private static void onlyKnownErrors(Reading reading) throws SQLException, IOException {
        try {
            reading.run();
        } catch (ProviderException e) {
            assertThat(e).message().startsWith("archive ");
        }
    }

    private interface Reading {
        void run() throws SQLException, IOException;
    }
}
