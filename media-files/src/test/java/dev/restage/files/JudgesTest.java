package dev.restage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cleaned files as programs see them that others wrote; skipped where those are not installed. */
class JudgesTest {

    @TempDir
    private Path folder;

    private Path before = Path.of("");
    private Path after = Path.of("");

    @BeforeEach
    void name() {
        before = folder.resolve("before");
        after = folder.resolve("after");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo.jpg",
                "progressive.jpg",
                "cmyk.jpg",
                "photo.png",
                "photo.webp",
                "lossy.webp",
                "photo.tiff",
                "pages.tiff",
                "report.pdf",
                "letter.docx"
            })
    void exiftoolFindsNobody(String sample) throws Exception {
        clean(sample);

        assertThat(run("exiftool", "-a", "-u", "-G1", "-ee", after.toString()).toLowerCase(Locale.ROOT))
                .contains("file type")
                .doesNotContain(Samples.NAME, "gps", "xmp", "iptc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.pdf", "restricted.pdf"})
    void qpdfFindsNothingBroken(String sample) throws Exception {
        clean(sample);

        assertThat(run("qpdf", "--check", after.toString())).contains("No syntax or stream encoding errors found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.pdf", "restricted.pdf"})
    void popplerDrawsTheSamePages(String sample) throws Exception {
        clean(sample);

        run("pdftoppm", "-r", "50", before.toString(), before.toString());
        run("pdftoppm", "-r", "50", after.toString(), after.toString());

        assertThat(folder.resolve("after-1.ppm")).hasSameBinaryContentAs(folder.resolve("before-1.ppm"));
    }

    @Test
    void rsvgDrawsTheSamePicture() throws Exception {
        clean("drawing.svg");

        run("rsvg-convert", before.toString(), "-o", before + ".png");
        run("rsvg-convert", after.toString(), "-o", after + ".png");

        assertThat(Path.of(after + ".png")).hasSameBinaryContentAs(Path.of(before + ".png"));
    }

    private void clean(String sample) throws IOException {
        Files.write(before, Samples.read(sample));
        try (Filtered filtered = Samples.apply(
                new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), sample, Samples.read(sample))) {
            Files.write(after, Samples.content(filtered));
        }
    }

    private String run(String... command) throws Exception {
        assumeTrue(isInstalled(command[0]), "no " + command[0] + ": install it to have cleaned files judged by it");
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as("%s ends", command[0])
                .isTrue();
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
