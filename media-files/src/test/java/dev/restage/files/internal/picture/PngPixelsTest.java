package dev.restage.files.internal.picture;

import static dev.restage.files.Pieces.bytes;
import static dev.restage.files.Pieces.chunk;
import static dev.restage.files.Pieces.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.files.internal.file.Spool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class PngPixelsTest {

    private static final byte[] HEAD = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] PACKED = packed(new byte[1000]);

    @Test
    void endsWhereThePackedPixelsDo() throws IOException {
        assertThat(packedBytes(chunk("IDAT", PACKED), chunk("IEND"))).isEqualTo(PACKED.length);
    }

    @Test
    void whatFollowsThemInTheirChunkIsNotNeeded() throws IOException {
        assertThat(packedBytes(chunk("IDAT", PACKED, bytes("by Okafor")), chunk("IEND")))
                .isEqualTo(PACKED.length);
    }

    @Test
    void pixelsMayBeDividedAmongChunksWithOthersBetween() throws IOException {
        byte[] first = Arrays.copyOf(PACKED, 5);
        byte[] rest = Arrays.copyOfRange(PACKED, 5, PACKED.length);

        assertThat(packedBytes(
                        chunk("tEXt", bytes("Author\0Okafor")),
                        chunk("IDAT", first),
                        chunk("IDAT"),
                        chunk("tEXt", bytes("more")),
                        chunk("IDAT", rest, bytes("by Okafor")),
                        chunk("IDAT", bytes("Okafor"))))
                .isEqualTo(PACKED.length);
    }

    @Test
    void ofPixelsThatBreakOffAllIsNeeded() throws IOException {
        assertThat(packedBytes(chunk("IDAT", Arrays.copyOf(PACKED, PACKED.length / 2)), chunk("IEND")))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(packedBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void ofPixelsThatAreNotPackedSoAllIsNeeded() throws IOException {
        assertThat(packedBytes(chunk("IDAT", bytes("no packed pixels at all")), chunk("IEND")))
                .isEqualTo(Long.MAX_VALUE);
    }

    private static long packedBytes(byte[]... chunks) throws IOException {
        try (Spool file = Spool.of(new ByteArrayInputStream(join(HEAD, join(chunks))))) {
            return PngPixels.packedBytes(file);
        }
    }

    private static byte[] packed(byte[] pixels) {
        Deflater deflater = new Deflater();
        deflater.setInput(pixels);
        deflater.finish();
        byte[] packed = new byte[200];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }
}
