package dev.restage.files;

import dev.restage.provider.media.FileRules.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/** Tells the format of a file by its first bytes, or what its name claims. */
final class Recognition {

    /** How much of a file is looked at: Tika's own longest pattern ends within it. */
    static final int HEAD_BYTES = 64 << 10;

    private static final int PDF_WITHIN = 1024;

    private static final int XML_WITHIN = 1000;
    private static final Pattern XML = Pattern.compile(
            "(?i)(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\\s*<(?!html|!doctype html)(?:\\?[a-z]|!doctype|!--|[a-z_][\\w.-]*[:\\s/>])");

    private static final Map<String, FileFormat> BY_TYPE = Map.ofEntries(
            Map.entry("image/jpeg", FileFormat.JPEG),
            Map.entry("image/png", FileFormat.PNG),
            Map.entry("image/apng", FileFormat.PNG),
            Map.entry("image/vnd.mozilla.apng", FileFormat.PNG),
            Map.entry("image/webp", FileFormat.WEBP),
            Map.entry("image/tiff", FileFormat.TIFF),
            Map.entry("image/jp2", FileFormat.JPEG_2000),
            Map.entry("image/jpx", FileFormat.JPEG_2000),
            Map.entry("image/x-jp2-container", FileFormat.JPEG_2000),
            Map.entry("image/x-jp2-codestream", FileFormat.JPEG_2000),
            Map.entry("image/svg+xml", FileFormat.SVG),
            Map.entry("application/pdf", FileFormat.PDF),
            Map.entry("application/illustrator", FileFormat.PDF),
            Map.entry("application/rtf", FileFormat.OTHER_DOCUMENT),
            Map.entry("application/postscript", FileFormat.OTHER_PICTURE),
            Map.entry("image/gif", FileFormat.GIF),
            Map.entry("image/bmp", FileFormat.PLAIN_PICTURE),
            Map.entry("image/vnd.microsoft.icon", FileFormat.PLAIN_PICTURE),
            Map.entry("image/emf", FileFormat.PLAIN_PICTURE),
            Map.entry("image/wmf", FileFormat.PLAIN_PICTURE),
            Map.entry("image/x-portable-bitmap", FileFormat.PLAIN_PICTURE),
            Map.entry("image/x-portable-graymap", FileFormat.PLAIN_PICTURE),
            Map.entry("image/x-portable-pixmap", FileFormat.PLAIN_PICTURE),
            Map.entry("image/x-portable-arbitrarymap", FileFormat.PLAIN_PICTURE),
            Map.entry("image/x-xbitmap", FileFormat.PLAIN_PICTURE),
            Map.entry("application/gzip", FileFormat.GZIP),
            Map.entry("application/zip", FileFormat.ZIP));

    private static final Set<String> OLE = Set.of(
            "application/x-tika-msoffice",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.visio",
            "application/vnd.ms-outlook",
            "application/x-mspublisher",
            "application/vnd.ms-project");

    static final Seen PACKAGE = Seen.of(FileFormat.PACKAGE, "an Office file");
    static final Seen DRAWING = Seen.of(FileFormat.SVG, "image/svg+xml");
    static final Seen RAW = Seen.of(FileFormat.OTHER_PICTURE, "the raw picture of a camera");

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

    /**
     * What a file is.
     *
     * @param type its media type, for people
     * @param kind the kind of files to which it belongs, or what is packed in it; null for none of them
     */
    record Seen(FileFormat format, String type, @Nullable Kind kind) {

        private static Seen of(FileFormat format, String type) {
            return new Seen(format, type, format.kind());
        }

        /** As the end of the sentence "this file ...". */
        String is() {
            return "is " + type;
        }
    }

    /** What the bytes are, whatever the name says. */
    Seen ofContent(byte[] head) throws IOException {
        if (isBigTiff(head)) {
            return Seen.of(FileFormat.OTHER_PICTURE, "BigTIFF");
        }
        MediaType type = types.detect(new BufferedInputStream(new ByteArrayInputStream(head)), new Metadata())
                .getBaseType();
        if (type.toString().equals("application/postscript") && isComment(head)) {
            return Seen.of(FileFormat.UNKNOWN, MediaType.TEXT_PLAIN.toString());
        }
        FileFormat format = format(type);
        if (format == FileFormat.GZIP) {
            return packed(type, unpacked(head));
        }
        return format == FileFormat.UNKNOWN && hasPdf(head)
                ? Seen.of(FileFormat.PDF, "application/pdf")
                : Seen.of(format, type.toString());
    }

    /** What is packed twice may be packed without an end. */
    private Seen packed(MediaType type, byte[] head) throws IOException {
        MediaType inner = types.detect(new BufferedInputStream(new ByteArrayInputStream(head)), new Metadata())
                .getBaseType();
        FileFormat format = format(inner);
        return format == FileFormat.GZIP || format.kind() == null
                ? Seen.of(FileFormat.GZIP, type.toString())
                : new Seen(FileFormat.GZIP, "%s of %s".formatted(type, inner), format.kind());
    }

    /** Whatever can be unpacked of the beginning; one that is broken shows when it is read as a whole. */
    private static byte[] unpacked(byte[] head) throws IOException {
        byte[] unpacked = new byte[HEAD_BYTES];
        int length = 0;
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(head))) {
            for (int read = 0; read >= 0 && length < HEAD_BYTES; length += read) {
                read = stream.read(unpacked, length, HEAD_BYTES - length);
                if (read < 0) {
                    break;
                }
            }
        } catch (EOFException | ZipException e) {
            return Arrays.copyOf(unpacked, length);
        }
        return Arrays.copyOf(unpacked, length);
    }

    /** The library takes any text for PostScript that begins with the two characters, as those for TeX do. */
    private static boolean isComment(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, 4), StandardCharsets.ISO_8859_1);
        return text.startsWith("%!") && !text.equals("%!PS");
    }

    /** Which the library takes for nothing. Source: "The BigTIFF File Format", awaresystems.be, read 2026-11. */
    private static boolean isBigTiff(byte[] head) {
        return head.length > 3
                && ((head[0] == 'I' && head[1] == 'I' && head[2] == 43 && head[3] == 0)
                        || (head[0] == 'M' && head[1] == 'M' && head[2] == 0 && head[3] == 43));
    }

    /** Readers find it behind whatever comes first. Source: ISO 32000-1, annex H, note 13. */
    private static boolean hasPdf(byte[] head) {
        return new String(head, 0, Math.min(head.length, PDF_WITHIN), StandardCharsets.ISO_8859_1).contains("%PDF-");
    }

    /** Whether a file begins as XML does, in an encoding of one byte or two, and is no page of HTML. */
    static boolean isXml(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, XML_WITHIN), StandardCharsets.ISO_8859_1);
        return XML.matcher(text.replace("\0", "")).lookingAt();
    }

    /** What the name says the file is. */
    FileFormat ofName(String key) {
        return format(typeOfName(key));
    }

    private MediaType typeOfName(String key) {
        Metadata name = new Metadata();
        name.set(TikaCoreProperties.RESOURCE_NAME_KEY, key.substring(key.lastIndexOf('/') + 1));
        try {
            return types.detect(null, name);
        } catch (IOException e) {
            throw new IllegalStateException("a name is read from no disk", e);
        }
    }

    private FileFormat format(MediaType found) {
        MediaType type = found.getBaseType();
        FileFormat known = BY_TYPE.get(type.toString());
        if (known != null) {
            return known;
        }
        String text = type.toString().toLowerCase(Locale.ROOT);
        if (OLE.contains(text) || isA(type, "application/x-tika-msoffice")) {
            return FileFormat.OLE;
        }
        if (text.contains("tika-ooxml")
                || text.contains("openxmlformats-officedocument")
                || text.contains("oasis.opendocument")
                || text.contains("ms-word.")
                || text.contains("ms-excel.")
                || text.contains("ms-powerpoint.")
                || isA(type, "application/x-tika-ooxml")) {
            return FileFormat.PACKAGE;
        }
        return text.startsWith("image/") ? FileFormat.OTHER_PICTURE : FileFormat.UNKNOWN;
    }

    private boolean isA(MediaType type, String parent) {
        return types.getMediaTypeRegistry().isInstanceOf(type, MediaType.parse(parent));
    }
}
