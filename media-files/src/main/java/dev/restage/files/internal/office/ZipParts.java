package dev.restage.files.internal.office;

import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.IOUtils;
import org.apache.commons.io.input.BoundedInputStream;
import org.jspecify.annotations.Nullable;

/** The parts of a ZIP file, unpacked within limits, so that no file unpacks to more than a machine has. */
final class ZipParts implements AutoCloseable {

    private static final int MOST_PARTS = 20_000;

    /** So many parts with names of a usual length. */
    private static final long MOST_DIRECTORY = 512L * MOST_PARTS;

    /** The record that ends a ZIP file, with a comment of up to 64 kB. Source: APPNOTE.TXT 6.3.10, 4.3.16. */
    private static final int END = 0x06054b50;

    private static final int END_BYTES = 22;
    private static final int END_WITHIN = END_BYTES + 0xFFFF;
    private static final int DIRECTORY_AT = 16;
    private static final long ELSEWHERE = 0xFFFFFFFFL;
    private static final long MOST_UNPACKED = 1L << 30;

    /** What a part may always unpack to, and how many times its packed size beyond that; POI draws the line there too. */
    private static final long HARMLESS = 10 << 20;

    private static final int MOST_TIMES = 100;

    private final ZipFile zip;
    private long unpacked;

    private ZipParts(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Opens a file.
     *
     * @throws UncleanException if there are more parts than people make
     */
    static ZipParts open(Spool file) throws UncleanException, IOException {
        if (hasTooMany(file)) {
            throw tooMany();
        }
        return new ZipParts(
                ZipFile.builder().setSeekableByteChannel(file.channel()).get());
    }

    static boolean hasTooMany(Spool file) throws IOException {
        return directoryBytes(file) > MOST_DIRECTORY;
    }

    /** How long the list of parts can be, which a library would hold in memory; whatever the file says of their number. */
    private static long directoryBytes(Spool file) throws IOException {
        try (SeekableByteChannel channel = file.channel()) {
            long begin = Math.max(0, channel.size() - END_WITHIN);
            ByteBuffer tail =
                    ByteBuffer.allocate((int) (channel.size() - begin)).order(ByteOrder.LITTLE_ENDIAN);
            channel.position(begin);
            IOUtils.readFully(channel, tail);
            for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
                if (tail.getInt(at) == END) {
                    long from = tail.getInt(at + DIRECTORY_AT) & 0xFFFFFFFFL;
                    return begin + at - (from == ELSEWHERE ? 0 : from);
                }
            }
            return 0;
        }
    }

    private static UncleanException tooMany() {
        return new UncleanException("has more than %d parts".formatted(MOST_PARTS));
    }

    /** {@return all parts, as they follow each other} */
    List<ZipArchiveEntry> all() throws UncleanException {
        List<ZipArchiveEntry> parts = Collections.list(zip.getEntriesInPhysicalOrder());
        if (parts.size() > MOST_PARTS) {
            throw tooMany();
        }
        return parts;
    }

    @Nullable ZipArchiveEntry named(String name) {
        return zip.getEntry(name);
    }

    /** {@return a part as it is, unpacked} */
    Spool unpack(ZipArchiveEntry part) throws UncleanException, IOException {
        if (part.getGeneralPurposeBit().usesEncryption()) {
            throw new UncleanException("is encrypted with a password");
        }
        long most = Math.min(MOST_UNPACKED - unpacked, Math.max(HARMLESS, MOST_TIMES * part.getCompressedSize()));
        try (InputStream stream = zip.getInputStream(part)) {
            if (stream == null) {
                throw new ZipException("no content");
            }
            Spool content = Spool.of(BoundedInputStream.builder()
                    .setInputStream(stream)
                    .setMaxCount(Math.max(0, most) + 1)
                    .get());
            if (content.sizeBytes() > most) {
                content.close();
                throw new UncleanException("unpacks to far more than its size");
            }
            unpacked += content.sizeBytes();
            return content;
        }
    }

    /** {@return a part as it is packed} */
    InputStream packed(ZipArchiveEntry part) throws IOException {
        return zip.getRawInputStream(part);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
