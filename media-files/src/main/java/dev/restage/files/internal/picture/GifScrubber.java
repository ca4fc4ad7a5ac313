package dev.restage.files.internal.picture;

import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Keeps the images of a GIF, byte for byte up to their last pixel, with their delays, the number of repetitions and the colour profile. Comments, XMP
 * and what other programs add go, and so do plain texts, which no viewer shows.
 *
 * <p>Source: GIF89a Specification, CompuServe 1990, sections 17 to 27.
 */
public final class GifScrubber implements Scrubber {

    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int END = 0x3B;
    private static final int CONTROL = 0xF9;
    private static final int APPLICATION = 0xFF;
    private static final int PLAIN_TEXT = 0x01;

    private static final int SCREEN_BYTES = 13;
    private static final int IMAGE_BYTES = 9;
    private static final int WIDTH_AT = 4;
    private static final int CONTROL_BYTES = 4;
    private static final int HAS_COLOURS = 0x80;

    private static final Set<String> REPETITIONS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");
    private static final int REPETITIONS_BYTES = 3;
    private static final String PROFILE = "ICCRGBG1012";

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        try (InputStream stream = file.open()) {
            OutputStream buffered = new BufferedOutputStream(cleaned);
            Walk walk = new Walk(new BufferedInputStream(stream), buffered);
            walk.picture();
            buffered.flush();
            return Found.of(walk.something);
        } catch (EOFException e) {
            throw new UncleanException("is a broken GIF: it ends within a block", e);
        }
    }

    private static final class Walk {

        private final InputStream in;
        private final OutputStream out;

        /** Says how the next image is shown; waits for it, as a text may come in its place. */
        private byte[] control = {};

        private boolean images;
        private boolean something;

        private Walk(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        private void picture() throws UncleanException, IOException {
            byte[] screen = read(SCREEN_BYTES);
            out.write(screen);
            out.write(read(colours(screen[10])));
            int next = in.read();
            for (; next >= 0 && next != END; next = in.read()) {
                switch (next) {
                    case IMAGE -> image();
                    case EXTENSION -> extension(one());
                    case 0 -> something = true;
                    default -> throw new UncleanException("is a broken GIF: it has a block of no known kind");
                }
            }
            if (!images) {
                throw new UncleanException("is a broken GIF: it has no picture");
            }
            out.write(END);
            something |= next == END && in.read() >= 0;
        }

        private void image() throws UncleanException, IOException {
            images = true;
            out.write(control);
            control = new byte[0];
            out.write(IMAGE);
            byte[] head = read(IMAGE_BYTES);
            out.write(head);
            out.write(read(colours(head[IMAGE_BYTES - 1])));
            int colourBits = one();
            out.write(colourBits);
            pixels(new GifPixels(colourBits, (long) two(head, WIDTH_AT) * two(head, WIDTH_AT + 2)));
        }

        /** Copies blocks up to the last one with pixels. */
        private void pixels(GifPixels pixels) throws IOException {
            for (int length = one(); length > 0; length = one()) {
                byte[] block = read(length);
                int needed = 0;
                while (needed < length && pixels.takes(block[needed] & 0xFF)) {
                    needed++;
                }
                something |= needed < length;
                if (needed > 0) {
                    out.write(needed);
                    out.write(block, 0, needed);
                }
            }
            out.write(0);
        }

        private static int two(byte[] head, int at) {
            return (head[at] & 0xFF) | (head[at + 1] & 0xFF) << 8;
        }

        private void extension(int label) throws IOException {
            int length = one();
            byte[] first = read(length);
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            if (length > 0) {
                blocks(rest);
            }
            boolean alone = rest.size() == 1;
            if (label == CONTROL && length == CONTROL_BYTES) {
                control = extension(label, first, new byte[] {0});
                something |= !alone;
            } else if (label == APPLICATION && repeats(first, rest.toByteArray())) {
                out.write(extension(label, first, rest.toByteArray()));
            } else if (label == APPLICATION && name(first).equals(PROFILE)) {
                out.write(extension(label, first, rest.toByteArray()));
            } else {
                control = label == PLAIN_TEXT ? new byte[0] : control;
                something = true;
            }
        }

        private static boolean repeats(byte[] first, byte[] rest) {
            return REPETITIONS.contains(name(first))
                    && rest.length == 1 + REPETITIONS_BYTES + 1
                    && rest[0] == REPETITIONS_BYTES;
        }

        private static byte[] extension(int label, byte[] first, byte[] rest) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(EXTENSION);
            bytes.write(label);
            bytes.write(first.length);
            bytes.writeBytes(first);
            bytes.writeBytes(rest);
            return bytes.toByteArray();
        }

        /** Copies blocks with their lengths, up to the empty one. */
        private void blocks(OutputStream to) throws IOException {
            for (int length = one(); ; length = one()) {
                to.write(length);
                if (length == 0) {
                    return;
                }
                to.write(read(length));
            }
        }

        private static int colours(byte flags) {
            return (flags & HAS_COLOURS) == 0 ? 0 : 3 << ((flags & 7) + 1);
        }

        private static String name(byte[] application) {
            return new String(application, StandardCharsets.ISO_8859_1);
        }

        private int one() throws IOException {
            int value = in.read();
            if (value < 0) {
                throw new EOFException();
            }
            return value;
        }

        private byte[] read(int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            return bytes;
        }
    }
}
