package dev.restage.files.internal.picture;

import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps of a JPEG what its pixels need: frames, tables, scans, the colour profile and the orientation. The compressed pixels
 * stay as they are. What follows the end of the picture, such as a second one or a film, goes. Reads the file once, from its
 * beginning to its end, however many segments and scans it has.
 *
 * <p>Source: ITU-T T.81, table B.1 and annex B.2; T.871 for JFIF; Adobe technical note 5116 for APP14.
 */
public final class JpegScrubber implements Scrubber {

    private static final int FILL = 0xFF;
    private static final int STUFFED = 0;
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int FIRST_FRAME = 0xC0;
    private static final int TABLES = 0xC4;
    private static final int EXTENSION = 0xC8;
    private static final int CONDITIONING = 0xCC;
    private static final int LAST_FRAME = 0xCF;
    private static final int FIRST_RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;

    /** EXP, the last of those that say how pixels are stored. */
    private static final int LAST_OF_PICTURE = 0xDF;

    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;

    private static final byte[] JFIF = ascii("JFIF\0");
    private static final byte[] EXIF = ascii("Exif\0\0");
    private static final byte[] ICC = ascii("ICC_PROFILE\0");
    private static final byte[] ADOBE = ascii("Adobe");

    /** The bytes of a JFIF segment before its preview. */
    private static final int JFIF_FIELDS = 14;

    /** The name, a version, two words of flags, and how colours are transformed. */
    private static final int ADOBE_FIELDS = 12;

    private static final byte[] NOTHING = {};

    private static final int BUFFER_BYTES = 1 << 16;

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        try (InputStream stream = file.open()) {
            OutputStream buffered = new BufferedOutputStream(cleaned, BUFFER_BYTES);
            Walk walk = new Walk(stream, buffered);
            walk.picture();
            buffered.flush();
            return Found.of(walk.something);
        }
    }

    static byte[] clean(byte[] jpeg) throws UncleanException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length);
        new Walk(new ByteArrayInputStream(jpeg), out).picture();
        return out.toByteArray();
    }

    private static final class Walk {

        private final InputStream in;
        private final OutputStream out;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private int at;
        private int end;
        private boolean something;
        private boolean framed;
        private boolean scanned;
        private boolean turned;

        private Walk(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        private void picture() throws UncleanException, IOException {
            if (read() != FILL || read() != START) {
                throw new UncleanException("is a broken JPEG: its head is another one");
            }
            marker(START);
            int next = next();
            while (next != END && next >= 0) {
                next = isAlone(next) ? drop() : segment(next);
            }
            if (!scanned) {
                throw new UncleanException("is a broken JPEG: it has no picture");
            }
            if (next == END) {
                marker(END);
                something |= read() >= 0;
            }
        }

        private int drop() throws IOException {
            something = true;
            return next();
        }

        /** Returns the marker after it. */
        private int segment(int marker) throws UncleanException, IOException {
            int length = (read() << 8) | read();
            byte[] data = length < 2 ? NOTHING : read(length - 2);
            if (length < 2 || data.length < length - 2) {
                throw new UncleanException("is a broken JPEG: a segment goes beyond its end");
            }
            framed |= isFrame(marker);
            if (marker == SCAN && !framed) {
                throw new UncleanException("is a JPEG of a process that cannot be cleaned, such as JPEG-LS");
            }
            byte[] kept = kept(marker, data);
            something |= !Arrays.equals(kept, data);
            if (kept.length > 0) {
                marker(marker);
                out.write((kept.length + 2) >> 8);
                out.write(kept.length + 2);
                out.write(kept);
            }
            return marker == SCAN ? scan() : next();
        }

        private byte[] kept(int marker, byte[] data) {
            if (marker == APP0 && startsWith(data, JFIF)) {
                return withoutPreview(data);
            }
            if (marker == APP1 && startsWith(data, EXIF) && !turned) {
                byte[] orientation = Orientation.only(Arrays.copyOfRange(data, EXIF.length, data.length));
                turned = orientation.length > 0;
                return turned ? join(EXIF, orientation) : NOTHING;
            }
            if (marker == APP2 && startsWith(data, ICC)) {
                return data;
            }
            if (marker == APP14 && startsWith(data, ADOBE)) {
                return data.length > ADOBE_FIELDS ? Arrays.copyOf(data, ADOBE_FIELDS) : data;
            }
            return marker >= FIRST_FRAME && marker <= LAST_OF_PICTURE && marker != EXTENSION ? data : NOTHING;
        }

        /** Within a scan FF is followed by 0, by the number of a restart, or by FF as filling. */
        private int scan() throws IOException {
            scanned = true;
            while (at < end || fill()) {
                int from = at;
                while (at < end && buffer[at] != (byte) FILL) {
                    at++;
                }
                out.write(buffer, from, at - from);
                if (at < end) {
                    int next = marker();
                    if (next != STUFFED && (next < FIRST_RESTART || next > LAST_RESTART)) {
                        return next;
                    }
                    out.write(FILL);
                    out.write(next);
                }
            }
            return -1;
        }

        /** The next marker, as decoders find it: whatever stands before it is passed over. */
        private int next() throws IOException {
            while (at < end || fill()) {
                if (buffer[at] == (byte) FILL) {
                    int next = marker();
                    if (next != STUFFED) {
                        return next;
                    }
                } else {
                    at++;
                }
                something = true;
            }
            return -1;
        }

        /** What follows FF, of which there may be several. */
        private int marker() throws IOException {
            int next;
            do {
                next = read();
            } while (next == FILL);
            return next;
        }

        private int read() throws IOException {
            return at < end || fill() ? buffer[at++] & 0xFF : -1;
        }

        private byte[] read(int count) throws IOException {
            byte[] data = new byte[count];
            int have = Math.min(count, end - at);
            System.arraycopy(buffer, at, data, 0, have);
            at += have;
            int more = in.readNBytes(data, have, count - have);
            return have + more == count ? data : Arrays.copyOf(data, have + more);
        }

        private boolean fill() throws IOException {
            at = 0;
            end = Math.max(0, in.read(buffer));
            return end > 0;
        }

        private void marker(int marker) throws IOException {
            out.write(FILL);
            out.write(marker);
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= FIRST_FRAME
                && marker <= LAST_FRAME
                && marker != TABLES
                && marker != EXTENSION
                && marker != CONDITIONING;
    }

    /** Whether no length follows the marker. */
    private static boolean isAlone(int marker) {
        return marker == 1 || (marker >= FIRST_RESTART && marker <= START);
    }

    private static byte[] withoutPreview(byte[] data) {
        byte[] head = Arrays.copyOf(data, JFIF_FIELDS);
        head[JFIF_FIELDS - 2] = 0;
        head[JFIF_FIELDS - 1] = 0;
        return head;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static boolean startsWith(byte[] data, byte[] beginning) {
        return data.length >= beginning.length
                && Arrays.equals(data, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
