package dev.restage.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/** Tells the format of a file by its first bytes, or what its name claims. */
final class Recognition {

    /** How much of a file is looked at: Tika's own longest pattern ends within it. */
    static final int HEAD_BYTES = 64 << 10;

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

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

    /** What the bytes are, whatever the name says. */
    FileFormat ofContent(byte[] head) throws IOException {
        return format(types.detect(new BufferedInputStream(new ByteArrayInputStream(head)), new Metadata()));
    }

    /** What the name says the file is. */
    FileFormat ofName(String key) {
        return format(typeOfName(key));
    }

    /** Whether the name says nothing about what the file is. */
    boolean isDoubtful(String key) {
        return typeOfName(key).equals(MediaType.OCTET_STREAM);
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
