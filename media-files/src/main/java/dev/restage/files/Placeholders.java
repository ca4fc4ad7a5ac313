package dev.restage.files;

import dev.restage.files.internal.file.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Small files that say that the original was left in production, one for each type: always the same bytes. A picture of
 * a format that has none becomes a PNG, which browsers show whatever its name; an old Word file becomes RTF, which Word
 * opens; anything else becomes plain text.
 */
final class Placeholders {

    private static final Set<String> OFFICE = Set.of("docx", "xlsx", "pptx", "odt", "ods", "odp");

    private Placeholders() {}

    static Spool of(FileFormat format, String key) throws IOException {
        return format == FileFormat.GZIP && extension(key).equals("svgz")
                ? packed(plain(FileFormat.SVG, key))
                : plain(format, key);
    }

    private static Spool packed(Spool plain) throws IOException {
        Spool packed = new Spool();
        try (plain;
                InputStream stream = plain.open();
                GZIPOutputStream out = new GZIPOutputStream(packed)) {
            stream.transferTo(out);
        }
        packed.finish();
        return packed;
    }

    private static Spool plain(FileFormat format, String key) throws IOException {
        String name = "placeholder." + type(format, extension(key));
        try (InputStream stream = Placeholders.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("this module lacks its file " + name);
            }
            return Spool.of(stream);
        }
    }

    private static String type(FileFormat format, String extension) {
        return switch (format) {
            case JPEG -> "jpg";
            case PNG, JPEG_2000, OTHER_PICTURE, PLAIN_PICTURE -> "png";
            case WEBP -> "webp";
            case TIFF -> "tiff";
            case SVG -> "svg";
            case GIF -> "gif";
            case PDF -> "pdf";
            case PACKAGE, ZIP -> OFFICE.contains(extension) ? extension : "txt";
            case OLE -> extension.equals("xls") || extension.equals("ppt") ? extension : "rtf";
            case OTHER_DOCUMENT -> "rtf";
            case GZIP, UNKNOWN -> "txt";
        };
    }

    private static String extension(String key) {
        return key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
