package dev.restage.files.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.input.BoundedInputStream;

/** Cleans what gzip has packed, such as a drawing, and packs it anew, without the name that the file had. */
public final class GzipScrubber implements Scrubber {

    private static final long HARMLESS = 10 << 20;
    private static final int MOST_TIMES = 100;
    private static final long MOST_UNPACKED = 1L << 30;

    private final FilesWithin others;

    public GzipScrubber(FilesWithin others) {
        this.others = others;
    }

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        long most = Math.min(MOST_UNPACKED, Math.max(HARMLESS, MOST_TIMES * file.sizeBytes()));
        try (InputStream packed = file.open();
                BoundedInputStream stream = BoundedInputStream.builder()
                        .setInputStream(new GZIPInputStream(packed))
                        .setMaxCount(most + 1)
                        .get();
                Spool part = Spool.of(stream);
                Spool clean = new Spool()) {
            if (part.sizeBytes() > most) {
                throw new UncleanException("unpacks to far more than its size");
            }
            Found found = others.scrubPart(part, clean);
            clean.finish();
            boolean named = hasName(file);
            if (found == Found.SOMETHING || named) {
                try (InputStream content = found == Found.SOMETHING ? clean.open() : part.open();
                        GZIPOutputStream out = new GZIPOutputStream(cleaned)) {
                    content.transferTo(out);
                }
            }
            return Found.of(found == Found.SOMETHING || named);
        }
    }

    /** Whether the head holds more than it must: a name, a comment, or what somebody has added. Source: RFC 1952, 2.3.1. */
    private static boolean hasName(Spool file) throws IOException {
        try (InputStream stream = file.open()) {
            return stream.readNBytes(4)[3] > 1;
        }
    }
}
