package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HugeListingTest {

    private static final long OBJECTS = 10_000_000;

    /** The limit of the heap is far below what the keys alone would take, also where many ranges are listed at once. */
    @Test
    void comparesTenMillionObjectsInLittleMemory(@TempDir Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HugeListing.class.getName(),
                        Long.toString(OBJECTS),
                        folder.toString())
                .redirectErrorStream(true)
                .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines()).containsExactly("9990000 10000", "9990000 10000");
    }
}
