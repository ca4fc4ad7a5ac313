package dev.restage.files.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.files.internal.file.Scrubber.Found;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipScrubberTest {

    /** The flag for a file name in the head, which ends in a zero. Source: RFC 1952, 2.3.1. */
    private static final int NAMED = 8;

    private final FakeWithin within = new FakeWithin();
    private final ByteArrayOutputStream cleaned = new ByteArrayOutputStream();

    @Test
    void leavesWhatNeedsNoCleaning() throws Exception {
        assertThat(scrub(packed("file: by nobody"))).isEqualTo(Found.NOTHING);
        assertThat(within.seen).containsExactly("file: by nobody");
        assertThat(cleaned.size()).isZero();
    }

    @Test
    void packsAnewWhatWasCleaned() throws Exception {
        assertThat(scrub(packed("file: by Okafor"))).isEqualTo(Found.SOMETHING);
        assertThat(unpacked()).isEqualTo("file: by nobody");
    }

    @Test
    void dropsTheNameThatTheFileHad() throws Exception {
        byte[] file = packed("file: by nobody");
        byte[] name = "okafor.svg\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] named = Arrays.copyOf(file, file.length + name.length);
        named[3] = NAMED;
        System.arraycopy(name, 0, named, 10, name.length);
        System.arraycopy(file, 10, named, 10 + name.length, file.length - 10);

        assertThat(scrub(named)).isEqualTo(Found.SOMETHING);
        assertThat(unpacked()).isEqualTo("file: by nobody");
        assertThat(cleaned.toString(StandardCharsets.ISO_8859_1)).doesNotContain("okafor");
    }

    @Test
    void givesTheSameBytesEachTime() throws Exception {
        scrub(packed("file: by Okafor"));
        byte[] first = cleaned.toByteArray();
        cleaned.reset();
        scrub(packed("file: by Okafor"));

        assertThat(cleaned.toByteArray()).isEqualTo(first);
    }

    @Test
    void refusesWhatUnpacksToFarMoreThanItsSize() {
        assertThatThrownBy(() -> scrub(packed("x".repeat(11 << 20))))
                .isInstanceOf(UncleanException.class)
                .hasMessage("unpacks to far more than its size");
        assertThat(within.seen).isEmpty();
    }

    @Test
    void passesOnThatWhatIsInItCannotBeCleaned() {
        assertThatThrownBy(() -> scrub(packed("broken: x"))).hasMessage("is broken");
    }

    @Test
    void failsOnHalfAFile() {
        byte[] half = Arrays.copyOf(packed("file: " + "by nobody ".repeat(50)), 20);

        assertThatThrownBy(() -> scrub(half)).isInstanceOf(IOException.class);
        assertThat(cleaned.size()).isZero();
    }

    private Found scrub(byte[] file) throws UncleanException, IOException {
        try (Spool spool = Spool.of(new ByteArrayInputStream(file))) {
            return new GzipScrubber(within).scrub(spool, cleaned);
        }
    }

    private String unpacked() throws IOException {
        return new String(
                new GZIPInputStream(new ByteArrayInputStream(cleaned.toByteArray())).readAllBytes(),
                StandardCharsets.ISO_8859_1);
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
