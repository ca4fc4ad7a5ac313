package dev.restage.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.IOUtils;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * Cleans the packages of Office and OpenDocument part by part. Parts that stay are copied as they are, compressed; those
 * that must be looked into are unpacked within limits, so that no file unpacks to more than a machine has.
 */
final class PackageScrubber implements Scrubber {

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

    private static final String CONTENT_TYPES = "[Content_Types].xml";
    private static final String MIME_TYPE = "mimetype";
    private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";

    /** Signatures, which any change would make invalid, with the names of those who signed. */
    private static final List<String> SIGNATURES =
            List.of("_xmlsignatures/", "META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml");

    private static final Set<String> XML = Set.of("xml", "rels", "psmdcp");

    private final Scrubbers others;

    PackageScrubber(Scrubbers others) {
        this.others = others;
    }

    /** Whether a ZIP file is one of these packages. */
    static boolean isOffice(Spool file) {
        try {
            return directoryBytes(file) <= MOST_DIRECTORY && hasTypes(file);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static boolean hasTypes(Spool file) throws IOException {
        try (ZipFile zip = open(file)) {
            return zip.getEntry(CONTENT_TYPES) != null || isOpenDocument(zip);
        }
    }

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        if (directoryBytes(file) > MOST_DIRECTORY) {
            throw new UncleanException("has more than %d parts".formatted(MOST_PARTS));
        }
        try (ZipFile zip = open(file);
                ZipArchiveOutputStream out = new ZipArchiveOutputStream(cleaned)) {
            List<ZipArchiveEntry> parts = Collections.list(zip.getEntriesInPhysicalOrder());
            boolean openDocument = isOpenDocument(zip);
            if (!openDocument && zip.getEntry(CONTENT_TYPES) == null) {
                throw new UncleanException("is a ZIP file, but no Office file");
            }
            if (parts.size() > MOST_PARTS) {
                throw new UncleanException("has more than %d parts".formatted(MOST_PARTS));
            }
            refuseEncrypted(zip, openDocument);
            Copy copy = new Copy(zip, out, openDocument);
            for (ZipArchiveEntry part : parts) {
                copy.part(part);
            }
            out.finish();
            return Found.of(copy.something);
        }
    }

    private static ZipFile open(Spool file) throws IOException {
        return ZipFile.builder().setSeekableByteChannel(file.channel()).get();
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

    private static boolean isOpenDocument(ZipFile zip) throws IOException {
        ZipArchiveEntry type = zip.getEntry(MIME_TYPE);
        if (type == null || type.getSize() > 1000) {
            return false;
        }
        try (InputStream stream = zip.getInputStream(type)) {
            return new String(stream.readNBytes(1000), StandardCharsets.US_ASCII).startsWith(OPEN_DOCUMENT);
        }
    }

    private static void refuseEncrypted(ZipFile zip, boolean openDocument) throws UncleanException, IOException {
        ZipArchiveEntry manifest = zip.getEntry("META-INF/manifest.xml");
        if (openDocument && manifest != null) {
            try (InputStream stream = bounded(zip.getInputStream(manifest), MOST_UNPACKED >> 6)) {
                if (new String(stream.readAllBytes(), StandardCharsets.UTF_8).contains("encryption-data")) {
                    throw new UncleanException("is encrypted with a password");
                }
            }
        }
    }

    private static BoundedInputStream bounded(InputStream stream, long bytes) throws IOException {
        return BoundedInputStream.builder()
                .setInputStream(stream)
                .setMaxCount(Math.max(0, bytes))
                .get();
    }

    private final class Copy {

        private final ZipFile zip;
        private final ZipArchiveOutputStream out;
        private final boolean openDocument;
        private long unpacked;
        private boolean something;

        private Copy(ZipFile zip, ZipArchiveOutputStream out, boolean openDocument) {
            this.zip = zip;
            this.out = out;
            this.openDocument = openDocument;
        }

        private void part(ZipArchiveEntry part) throws UncleanException, IOException {
            String name = part.getName();
            if (part.getGeneralPurposeBit().usesEncryption()) {
                throw new UncleanException("is encrypted with a password");
            }
            if (SIGNATURES.stream().anyMatch(name::startsWith)) {
                something = true;
                return;
            }
            if (part.isDirectory() || name.equals(MIME_TYPE)) {
                asItIs(part);
                return;
            }
            try (Spool clean = new Spool()) {
                boolean changed = isXml(name) ? xml(part, clean) : file(part, clean);
                if (changed) {
                    something = true;
                    clean.finish();
                    write(part, clean);
                } else {
                    asItIs(part);
                }
            }
        }

        private boolean xml(ZipArchiveEntry part, Spool clean) throws UncleanException, IOException {
            OfficeXml rules = !openDocument
                    ? OfficeXml.OFFICE
                    : part.getName().endsWith("meta.xml")
                            ? OfficeXml.OPEN_DOCUMENT_PROPERTIES
                            : OfficeXml.OPEN_DOCUMENT;
            try (BoundedInputStream stream = unpack(part)) {
                Found found = XmlFilter.filter(stream, clean, rules);
                count(part, stream);
                return found == Found.SOMETHING;
            } catch (UncleanException e) {
                if (part.getSize() > most(part)) {
                    throw new UncleanException("unpacks to far more than its size", e);
                }
                throw e;
            }
        }

        private boolean file(ZipArchiveEntry part, Spool clean) throws UncleanException, IOException {
            try (BoundedInputStream stream = unpack(part);
                    Spool file = Spool.of(stream)) {
                count(part, stream);
                return others.scrubPart(file, clean) == Found.SOMETHING;
            }
        }

        private BoundedInputStream unpack(ZipArchiveEntry part) throws UncleanException, IOException {
            InputStream stream = zip.getInputStream(part);
            if (stream == null) {
                throw new ZipException("no content");
            }
            return bounded(stream, most(part) + 1);
        }

        private long most(ZipArchiveEntry part) {
            return Math.min(MOST_UNPACKED - unpacked, Math.max(HARMLESS, MOST_TIMES * part.getCompressedSize()));
        }

        private void count(ZipArchiveEntry part, BoundedInputStream stream) throws UncleanException {
            if (stream.getCount() > most(part)) {
                throw new UncleanException("unpacks to far more than its size");
            }
            unpacked += stream.getCount();
        }

        private void asItIs(ZipArchiveEntry part) throws IOException {
            String comment = part.getComment();
            if (comment != null && !comment.isEmpty()) {
                something = true;
                part.setComment("");
            }
            try (InputStream raw = zip.getRawInputStream(part)) {
                out.addRawArchiveEntry(part, raw);
            }
        }

        private void write(ZipArchiveEntry part, Spool clean) throws IOException {
            ZipArchiveEntry entry = new ZipArchiveEntry(part.getName());
            entry.setTime(part.getTime());
            out.putArchiveEntry(entry);
            try (InputStream stream = clean.open()) {
                stream.transferTo(out);
            }
            out.closeArchiveEntry();
        }
    }

    private static boolean isXml(String name) {
        return XML.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
