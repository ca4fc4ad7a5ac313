package dev.restage.files.internal.picture;

import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the chunks of a WebP that make its picture, byte for byte, and its orientation. No library for Java writes this
 * container, which is a list of named lengths.
 *
 * <p>Source: "WebP Container Specification", developers.google.com/speed/webp, read 2026-11.
 */
public final class WebpScrubber implements Scrubber {

    private static final int MOST_BYTES = 256 << 20;
    private static final Set<String> KEPT = Set.of("VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP");
    private static final Set<String> PICTURE = Set.of("VP8 ", "VP8L", "ANMF");

    /** What the chunks of a fixed form have; behind it there could be a text. */
    private static final Map<String, Integer> FIELDS = Map.of("VP8X", 10, "ANIM", 6);

    /** A frame of an animation: 16 bytes that place it, and chunks of its own. */
    private static final String FRAME = "ANMF";

    private static final int FRAME_FIELDS = 16;
    private static final Set<String> KEPT_IN_FRAME = Set.of("VP8 ", "VP8L", "ALPH");

    /** Where the flags of a VP8X chunk are, which is the first one. */
    private static final int FLAGS = 8;

    private static final int HAS_EXIF = 0x08;
    private static final int HAS_XMP = 0x04;

    /** Some writers begin the chunk as the segment of a JPEG begins. */
    private static final byte[] JPEG_STYLE = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        byte[] bytes = file.inMemory(MOST_BYTES);
        byte[] clean = clean(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        cleaned.write(clean);
        return Found.of(!Arrays.equals(bytes, clean));
    }

    private static byte[] clean(ByteBuffer in) throws UncleanException {
        Walk walk = new Walk();
        try {
            String riff = name(in);
            in.limit(Math.min(in.limit(), Math.addExact(in.getInt(), in.position())));
            if (!riff.equals("RIFF") || !name(in).equals("WEBP")) {
                throw new UncleanException("is a broken WebP: its head is another one");
            }
            while (in.hasRemaining()) {
                walk.visit(name(in), data(in));
            }
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw new UncleanException("is a broken WebP: a chunk goes beyond its end", e);
        }
        if (!walk.picture) {
            throw new UncleanException("is a broken WebP: it has no picture");
        }
        return walk.file();
    }

    private static final class Walk {

        private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        private boolean picture;
        private boolean exif;

        private void visit(String name, byte[] data) {
            picture |= PICTURE.contains(name);
            if (KEPT.contains(name)) {
                write(name, name.equals(FRAME) ? frame(data) : fields(name, data));
            } else if (name.equals("EXIF") && !exif) {
                byte[] orientation = Orientation.only(withoutJpegHead(data));
                if (orientation.length > 0) {
                    exif = true;
                    write(name, orientation);
                }
            }
        }

        private static byte[] fields(String name, byte[] data) {
            int length = FIELDS.getOrDefault(name, data.length);
            return data.length > length ? Arrays.copyOf(data, length) : data;
        }

        private static byte[] frame(byte[] data) {
            ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
            Walk frame = new Walk();
            byte[] fields = new byte[FRAME_FIELDS];
            in.get(fields);
            frame.chunks.writeBytes(fields);
            while (in.hasRemaining()) {
                String name = name(in);
                byte[] chunk = data(in);
                if (KEPT_IN_FRAME.contains(name)) {
                    frame.write(name, chunk);
                }
            }
            return frame.chunks.toByteArray();
        }

        private void write(String name, byte[] data) {
            chunks.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(name.getBytes(StandardCharsets.ISO_8859_1))
                    .putInt(data.length)
                    .array());
            chunks.writeBytes(data);
            if (data.length % 2 == 1) {
                chunks.write(0);
            }
        }

        private byte[] file() {
            byte[] all = chunks.toByteArray();
            if (new String(all, 0, 4, StandardCharsets.ISO_8859_1).equals("VP8X")) {
                int flags = all[FLAGS] & ~(HAS_EXIF | HAS_XMP);
                all[FLAGS] = (byte) (exif ? flags | HAS_EXIF : flags);
            }
            return ByteBuffer.allocate(12 + all.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
                    .putInt(4 + all.length)
                    .put("WEBP".getBytes(StandardCharsets.ISO_8859_1))
                    .put(all)
                    .array();
        }
    }

    private static String name(ByteBuffer in) {
        byte[] name = new byte[4];
        in.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static byte[] data(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] data = new byte[length];
        in.get(data);
        if (length % 2 == 1 && in.hasRemaining()) {
            in.get();
        }
        return data;
    }

    private static byte[] withoutJpegHead(byte[] exif) {
        boolean head = exif.length > JPEG_STYLE.length
                && Arrays.equals(exif, 0, JPEG_STYLE.length, JPEG_STYLE, 0, JPEG_STYLE.length);
        return head ? Arrays.copyOfRange(exif, JPEG_STYLE.length, exif.length) : exif;
    }
}
