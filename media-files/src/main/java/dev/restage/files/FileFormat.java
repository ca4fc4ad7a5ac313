package dev.restage.files;

import dev.restage.provider.media.FileRules.Kind;
import org.jspecify.annotations.Nullable;

/** What is told apart among files. */
enum FileFormat {
    JPEG(Kind.IMAGE),
    PNG(Kind.IMAGE),
    WEBP(Kind.IMAGE),
    TIFF(Kind.IMAGE),
    GIF(Kind.IMAGE),
    JPEG_2000(Kind.IMAGE),
    SVG(Kind.IMAGE),
    PDF(Kind.PDF),
    /** The ZIP packages of newer Office and of OpenDocument. */
    PACKAGE(Kind.OFFICE),
    /** The files of older Office. */
    OLE(Kind.OFFICE),
    /** A picture of a format that holds metadata and that no library here can clean: HEIC, AVIF, PSD, camera raw. */
    OTHER_PICTURE(Kind.IMAGE),
    /** Likewise a document: RTF. */
    OTHER_DOCUMENT(Kind.OFFICE),
    /** A file that gzip has packed, of a kind that depends on what is in it. */
    GZIP(null),
    /** A ZIP file of which the first bytes do not tell whether it is an Office file. */
    ZIP(null),
    /** A picture that hardly ever holds metadata of people: BMP, an icon. */
    PLAIN_PICTURE(null),
    /** Any other. */
    UNKNOWN(null);

    private final @Nullable Kind kind;

    FileFormat(@Nullable Kind kind) {
        this.kind = kind;
    }

    /** {@return the kind of files to which it belongs by itself; null for none of them} */
    @Nullable Kind kind() {
        return kind;
    }
}
