package dev.restage.files.internal.picture;

import dev.restage.files.internal.file.Spool;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Finds where the packed pixels of a PNG end: nobody reads what follows them in their chunks.
 *
 * <p>Source: PNG specification, third edition, 2025, 10.1; RFC 1950.
 */
final class PngPixels {

    /** No more is unpacked to find it; larger pictures keep all. */
    private static final long MOST_UNPACKED = 1L << 30;

    private static final int SIGNATURE_BYTES = 8;
    private static final int SUM_BYTES = 4;

    private PngPixels() {}

    /** {@return how many bytes of the chunks of pixels are needed; all there can be if that cannot be told} */
    static long packedBytes(Spool file) throws IOException {
        Inflater inflater = new Inflater();
        try (InputStream stream = file.open();
                DataInputStream in = new DataInputStream(new BufferedInputStream(stream))) {
            in.skipNBytes(SIGNATURE_BYTES);
            while (!inflater.finished()) {
                int length = in.readInt();
                String name = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
                if (name.equals("IDAT")) {
                    unpack(inflater, in, length);
                } else {
                    in.skipNBytes(length);
                }
                in.skipNBytes(SUM_BYTES);
            }
            return inflater.getBytesRead();
        } catch (EOFException | DataFormatException e) {
            // Broken, or packed as only Apple's programs do.
            return Long.MAX_VALUE;
        } finally {
            inflater.end();
        }
    }

    private static void unpack(Inflater inflater, InputStream in, int length) throws DataFormatException, IOException {
        byte[] packed = new byte[8192];
        byte[] pixels = new byte[1 << 16];
        for (int left = length; left > 0 && !inflater.finished(); ) {
            int count = in.read(packed, 0, Math.min(packed.length, left));
            if (count < 0) {
                throw new EOFException();
            }
            left -= count;
            inflater.setInput(packed, 0, count);
            while (!inflater.finished() && !inflater.needsInput()) {
                inflater.inflate(pixels);
                if (inflater.needsDictionary() || inflater.getBytesWritten() > MOST_UNPACKED) {
                    throw new DataFormatException();
                }
            }
        }
    }
}
