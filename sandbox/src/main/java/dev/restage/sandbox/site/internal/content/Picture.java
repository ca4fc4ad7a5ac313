package dev.restage.sandbox.site.internal.content;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small real files. Source: the PNG specification (RFC 2083) and PDF 1.4, as far as viewers need it. */
final class Picture {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte EIGHT_BIT = 8;
    private static final byte TRUE_COLOUR = 2;

    private Picture() {}

    /** A gradient whose colours follow from the seed, so two pictures of different seeds have different bytes. */
    static byte[] png(int width, int height, int seed) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(EIGHT_BIT)
                .put(TRUE_COLOUR)
                .array();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        chunk(png, "IHDR", header);
        chunk(png, "tEXt", ("Comment\0picture " + seed).getBytes(StandardCharsets.ISO_8859_1));
        chunk(png, "IDAT", deflated(pixels(width, height, seed)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /** One empty page with a title. */
    static byte[] pdf(String title) {
        return """
                %%PDF-1.4
                1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
                2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
                3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
                4 0 obj<</Title(%s)>>endobj
                trailer<</Root 1 0 R/Info 4 0 R>>
                %%%%EOF
                """.formatted(title).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] pixels(int width, int height, int seed) {
        ByteBuffer pixels = ByteBuffer.allocate(height * (1 + 3 * width));
        for (int y = 0; y < height; y++) {
            pixels.put((byte) 0);
            for (int x = 0; x < width; x++) {
                pixels.put((byte) (seed * 53 + x)).put((byte) (seed * 97 + y)).put((byte) (seed * 193));
            }
        }
        return pixels.array();
    }

    private static byte[] deflated(byte[] raw) {
        Deflater deflater = new Deflater();
        deflater.setInput(raw);
        deflater.finish();
        byte[] packed = new byte[raw.length + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
