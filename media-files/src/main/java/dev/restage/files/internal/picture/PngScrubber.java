package dev.restage.files.internal.picture;

import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Keeps of a PNG the chunks that make its pixels and colours, byte for byte, and its orientation. Reads the file once, and
 * leaves checksums to those who show the picture: one that is wrong hides nobody.
 */
public final class PngScrubber implements Scrubber {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private static final int ANY = Integer.MAX_VALUE;

    private static final String PIXELS = "IDAT";
    private static final String ANIMATION = "acTL";
    private static final int ANIMATION_BYTES = 8;
    private static final String FRAME = "fcTL";
    private static final String FRAME_PIXELS = "fdAT";

    /**
     * The most bytes of each chunk that stays, as there could be a text behind its fields. A palette that is merely suggested
     * goes with its name. Source: PNG specification, third edition, 2025, section 11; APNG's chunks are part of it.
     */
    private static final Map<String, Integer> KEPT = Map.ofEntries(
            Map.entry("CgBI", 4),
            Map.entry("IHDR", 13),
            Map.entry("PLTE", 768),
            Map.entry("IEND", 0),
            Map.entry("tRNS", 256),
            Map.entry("cHRM", 32),
            Map.entry("gAMA", 4),
            Map.entry("sBIT", 4),
            Map.entry("sRGB", 1),
            Map.entry("cICP", 4),
            Map.entry("mDCV", 24),
            Map.entry("cLLI", 8),
            Map.entry("bKGD", 6),
            Map.entry("hIST", 512),
            Map.entry("pHYs", 9),
            Map.entry(FRAME, 26),
            Map.entry(FRAME_PIXELS, ANY));

    private static final String EXIF = "eXIf";
    private static final String PROFILE = "iCCP";

    /** What libraries call every profile; other names are those of files, machines and people. */
    private static final Set<String> PROFILE_NAMES =
            Set.of("icc", "ICC", "ICC Profile", "ICC profile", "Photoshop ICC profile", "sRGB");

    private static final int LONGEST_PROFILE_NAME = 79;
    private static final int MOST_BYTES = 256 << 20;

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        long pixels = PngPixels.packedBytes(file);
        try (InputStream stream = file.open()) {
            OutputStream buffered = new BufferedOutputStream(cleaned);
            Walk walk = new Walk(file.sizeBytes(), pixels, stream, buffered);
            walk.picture();
            buffered.flush();
            return Found.of(walk.something);
        } catch (EOFException e) {
            throw new UncleanException("is a broken PNG: it ends too early", e);
        }
    }

    private static final class Walk {

        private final long fileBytes;
        private final DataInputStream in;
        private final DataOutputStream out;
        private boolean something;

        /** How many bytes of packed pixels are still needed. */
        private long pixelsLeft;

        /** How many more pictures an animation has. Without the chunk that says so, nobody shows any. */
        private int framesLeft;

        private boolean inFrame;
        private boolean pixels;

        private Walk(long fileBytes, long pixelBytes, InputStream in, OutputStream out) {
            this.fileBytes = fileBytes;
            this.pixelsLeft = pixelBytes;
            this.in = new DataInputStream(new BufferedInputStream(in));
            this.out = new DataOutputStream(out);
        }

        private void picture() throws UncleanException, IOException {
            if (!Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE)) {
                throw new UncleanException("is a broken PNG: its head is another one");
            }
            out.write(SIGNATURE);
            String name;
            do {
                int length = in.readInt();
                name = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
                if (length < 0 || length > fileBytes) {
                    throw new UncleanException("is a broken PNG: a chunk goes beyond its end");
                }
                chunk(name, length);
            } while (!name.equals("IEND"));
            something |= in.read() >= 0;
        }

        private void chunk(String name, int length) throws UncleanException, IOException {
            if (name.equals(PIXELS)) {
                pixels(length);
            } else if (name.equals(ANIMATION) && length == ANIMATION_BYTES) {
                animation(length);
            } else if (length <= KEPT.getOrDefault(name, -1) && isShown(name)) {
                out.writeInt(length);
                out.writeBytes(name);
                copy(length + 4L);
            } else if ((name.equals(EXIF) || name.equals(PROFILE)) && length <= MOST_BYTES) {
                byte[] data = new byte[length];
                in.readFully(data);
                int sum = in.readInt();
                byte[] kept = name.equals(EXIF) ? Orientation.only(data) : nameless(data);
                boolean same = Arrays.equals(kept, data);
                something |= !same;
                if (kept.length > 0) {
                    write(name, kept, same ? sum : sum(name, kept));
                }
            } else if (name.equals("IHDR") || name.equals("IEND") || name.equals("PLTE")) {
                throw new UncleanException("is a broken PNG: its %s is too long".formatted(name));
            } else {
                something = true;
                in.skipNBytes(length + 4L);
            }
        }

        private void pixels(int length) throws IOException {
            pixels = true;
            int needed = (int) Math.min(length, pixelsLeft);
            pixelsLeft -= needed;
            if (needed == length) {
                out.writeInt(length);
                out.writeBytes(PIXELS);
                copy(length + 4L);
                return;
            }
            something = true;
            byte[] data = in.readNBytes(needed);
            in.skipNBytes(length - needed + 4L);
            if (needed > 0) {
                write(PIXELS, data, sum(PIXELS, data));
            }
        }

        private void animation(int length) throws IOException {
            byte[] data = in.readNBytes(length);
            int sum = in.readInt();
            if (pixels || framesLeft > 0) {
                something = true;
                return;
            }
            framesLeft = ByteBuffer.wrap(data).getInt();
            write(ANIMATION, data, sum);
        }

        /** Pictures of an animation are shown as many times as it says, and never without it. */
        private boolean isShown(String name) {
            if (name.equals(FRAME)) {
                inFrame = framesLeft > 0;
                framesLeft -= inFrame ? 1 : 0;
                return inFrame;
            }
            return !name.equals(FRAME_PIXELS) || (inFrame && pixels);
        }

        private void write(String name, byte[] data, int sum) throws IOException {
            out.writeInt(data.length);
            out.writeBytes(name);
            out.write(data);
            out.writeInt(sum);
        }

        private void copy(long bytes) throws IOException {
            byte[] buffer = new byte[8192];
            for (long left = bytes; left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException();
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    /** A colour profile under a name that says nothing. */
    private static byte[] nameless(byte[] profile) {
        for (int end = 0; end < profile.length && end <= LONGEST_PROFILE_NAME; end++) {
            if (profile[end] == 0) {
                String name = new String(profile, 0, end, StandardCharsets.ISO_8859_1);
                if (PROFILE_NAMES.contains(name)) {
                    return profile;
                }
                ByteArrayOutputStream other = new ByteArrayOutputStream();
                other.writeBytes("icc".getBytes(StandardCharsets.ISO_8859_1));
                other.write(profile, end, profile.length - end);
                return other.toByteArray();
            }
        }
        return new byte[0];
    }

    private static int sum(String name, byte[] data) {
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.ISO_8859_1));
        sum.update(data);
        return (int) sum.getValue();
    }
}
