package dev.restage.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.imaging.bytesource.ByteSource;
import org.apache.commons.imaging.formats.jpeg.JpegUtils;

/**
 * Keeps of a JPEG what its pixels need: tables, scans, the colour profile and the orientation. The compressed pixels stay
 * as they are. What follows the end of the picture, such as a second one or a film, goes.
 */
final class JpegScrubber implements Scrubber {

    private static final int MOST_BYTES = 256 << 20;

    private static final int FIRST_APP = 0xFFE0;
    private static final int APP1 = 0xFFE1;
    private static final int APP2 = 0xFFE2;
    private static final int APP14 = 0xFFEE;
    private static final int LAST_APP = 0xFFEF;
    private static final int COMMENT = 0xFFFE;
    private static final int END = 0xFFD9;

    private static final byte[] START = {(byte) 0xFF, (byte) 0xD8};
    private static final byte[] JFIF = ascii("JFIF\0");
    private static final byte[] EXIF = ascii("Exif\0\0");
    private static final byte[] ICC = ascii("ICC_PROFILE\0");
    private static final byte[] ADOBE = ascii("Adobe");

    /** The bytes of a JFIF segment before its preview. */
    private static final int JFIF_HEAD = 14;

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        byte[] bytes = file.inMemory(MOST_BYTES);
        byte[] clean = clean(bytes);
        cleaned.write(clean);
        return Found.of(!Arrays.equals(bytes, clean));
    }

    static byte[] clean(byte[] bytes) throws UncleanException, IOException {
        Walk walk = new Walk();
        walk.out.write(START);
        byte[] rest = bytes;
        do {
            walk.rest = new byte[0];
            new JpegUtils().traverseJfif(ByteSource.array(rest), walk);
            rest = walk.rest;
        } while (rest.length > START.length);
        if (!walk.scanned) {
            throw new UncleanException("is a broken JPEG: it has no picture");
        }
        return walk.out.toByteArray();
    }

    /** Hears of the segments up to the end of the first scan; what follows is walked as if it were a file of its own. */
    private static final class Walk implements JpegUtils.Visitor {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private byte[] rest = new byte[0];
        private boolean scanned;

        @Override
        public boolean beginSos() {
            return true;
        }

        @Override
        public boolean visitSegment(int marker, byte[] markerBytes, int length, byte[] lengthBytes, byte[] data)
                throws IOException {
            byte[] kept = kept(marker, data);
            if (kept.length > 0) {
                segment(markerBytes, kept);
            }
            return true;
        }

        @Override
        public void visitSos(int marker, byte[] markerBytes, byte[] data) {
            out.writeBytes(markerBytes);
            if (marker == END) {
                return;
            }
            scanned = true;
            int end = endOfScan(data);
            out.write(data, 0, end);
            rest = new byte[START.length + data.length - end];
            System.arraycopy(START, 0, rest, 0, START.length);
            System.arraycopy(data, end, rest, START.length, data.length - end);
        }

        private void segment(byte[] marker, byte[] data) {
            int length = data.length + 2;
            out.writeBytes(marker);
            out.write(length >> 8);
            out.write(length);
            out.writeBytes(data);
        }

        /** Within a scan FF is followed by 0, by the number of a restart, or by FF as filling. */
        private static int endOfScan(byte[] data) {
            for (int at = 0; at + 1 < data.length; at++) {
                int next = data[at + 1] & 0xFF;
                if (data[at] == (byte) 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                    return at;
                }
            }
            return data.length;
        }
    }

    private static byte[] kept(int marker, byte[] data) throws IOException {
        if (marker == FIRST_APP && startsWith(data, JFIF)) {
            return withoutPreview(data);
        }
        if (marker == APP1 && startsWith(data, EXIF)) {
            byte[] orientation = Orientation.only(Arrays.copyOfRange(data, EXIF.length, data.length));
            return orientation.length == 0 ? orientation : join(EXIF, orientation);
        }
        boolean colours = (marker == APP2 && startsWith(data, ICC)) || (marker == APP14 && startsWith(data, ADOBE));
        boolean talk = (marker >= FIRST_APP && marker <= LAST_APP) || marker == COMMENT;
        return talk && !colours ? new byte[0] : data;
    }

    private static byte[] withoutPreview(byte[] data) {
        byte[] head = Arrays.copyOf(data, JFIF_HEAD);
        head[JFIF_HEAD - 2] = 0;
        head[JFIF_HEAD - 1] = 0;
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
