package dev.restage.files.internal.picture;

import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Keeps the boxes of a JPEG 2000 that make its picture, byte for byte, without comments in the head of the codestream, which may
 * also come without boxes.
 *
 * <p>Source: ITU-T T.800, annexes A and I.
 */
public final class Jp2Scrubber implements Scrubber {

    private static final int MOST_BYTES = 256 << 20;
    private static final Set<String> KEPT = Set.of("jP  ", "ftyp", "jp2h", "jp2c");
    private static final Set<String> SPREAD = Set.of("ftbl", "flst", "dtbl");
    private static final int HEAD_BYTES = 8;

    private static final int START = 0xFF4F;
    private static final int COMMENT = 0xFF64;
    private static final int TILE = 0xFF90;

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        byte[] bytes = file.inMemory(MOST_BYTES);
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte[] clean = (in.getShort(0) & 0xFFFF) == START ? codestream(in) : boxes(in);
            cleaned.write(clean);
            return Found.of(!Arrays.equals(bytes, clean));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new UncleanException("is a broken JPEG 2000: a part goes beyond its end", e);
        }
    }

    private static byte[] boxes(ByteBuffer in) throws UncleanException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean picture = false;
        while (in.hasRemaining()) {
            int begin = in.position();
            long length = in.getInt() & 0xFFFFFFFFL;
            byte[] type = new byte[4];
            in.get(type);
            String name = new String(type, StandardCharsets.ISO_8859_1);
            if (length == 1) {
                length = in.getLong();
            } else if (length == 0) {
                length = (long) in.limit() - begin;
            }
            ByteBuffer content = in.slice(in.position(), Math.toIntExact(begin + length - in.position()));
            in.position(Math.toIntExact(begin + length));
            if (SPREAD.contains(name)) {
                throw new UncleanException("is a JPEG 2000 in fragments, which cannot be cleaned");
            }
            if (KEPT.contains(name)) {
                picture |= name.equals("jp2c");
                byte[] kept = name.equals("jp2c") ? codestream(content) : bytes(content);
                out.writeBytes(ByteBuffer.allocate(HEAD_BYTES)
                        .putInt(kept.length + HEAD_BYTES)
                        .put(type)
                        .array());
                out.writeBytes(kept);
            }
        }
        if (!picture) {
            throw new UncleanException("is a broken JPEG 2000: it has no picture");
        }
        return out.toByteArray();
    }

    /** Segments up to the first tile have lengths; what follows is the picture. */
    private static byte[] codestream(ByteBuffer in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) (START >> 8), (byte) START});
        in.position(in.position() + 2);
        while ((in.getShort(in.position()) & 0xFFFF) != TILE) {
            int marker = in.getShort(in.position()) & 0xFFFF;
            byte[] segment = new byte[2 + (in.getShort(in.position() + 2) & 0xFFFF)];
            in.get(segment);
            if (marker != COMMENT) {
                out.writeBytes(segment);
            }
        }
        out.writeBytes(bytes(in));
        return out.toByteArray();
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }
}
