package dev.restage.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.files.internal.file.Spool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlaceholdersTest {

    private final Recognition recognition = new Recognition();

    @ParameterizedTest
    @CsvSource({
        "JPEG, a.jpg, JPEG",
        "PNG, a.png, PNG",
        "WEBP, a.webp, WEBP",
        "TIFF, a.tif, TIFF",
        "GIF, a.gif, GIF",
        "SVG, a.svg, SVG",
        "PDF, a.pdf, PDF",
        "JPEG_2000, a.jp2, PNG",
        "OTHER_PICTURE, a.heic, PNG",
        "PLAIN_PICTURE, a.bmp, PNG",
        "OLE, a.doc, OTHER_DOCUMENT",
        "OLE, a.xls, OLE",
        "OLE, A.PPT, OLE",
        "OTHER_DOCUMENT, a.rtf, OTHER_DOCUMENT",
        "UNKNOWN, a.mp4, UNKNOWN",
        "GZIP, a.gz, UNKNOWN",
        "ZIP, a.zip, UNKNOWN",
        "PACKAGE, a.docm, UNKNOWN",
    })
    void isOfTheTypeThatItTakesThePlaceOf(FileFormat format, String key, FileFormat placeholder) throws IOException {
        assertThat(recognition.ofContent(bytes(format, key)).format()).isEqualTo(placeholder);
    }

    @ParameterizedTest
    @CsvSource({"a.docx", "a.XLSX", "a.pptx", "a.odt", "a.ods", "a.odp"})
    void ofAnOfficeFileItIsOne(String key) throws IOException {
        byte[] bytes = bytes(FileFormat.PACKAGE, key);

        assertThat(recognition.ofContent(bytes).format()).isIn(FileFormat.PACKAGE, FileFormat.ZIP);
        assertThat(bytes).startsWith('P', 'K');
    }

    @Test
    void ofAPackedDrawingItIsPackedToo() throws IOException {
        byte[] packed = bytes(FileFormat.GZIP, "a.svgz");

        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes(FileFormat.SVG, "a.svg"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasAlwaysTheSameBytes(FileFormat format) throws IOException {
        assertThat(bytes(format, "one.docx")).isNotEmpty().isEqualTo(bytes(format, "other.docx"));
    }

    private static byte[] bytes(FileFormat format, String key) throws IOException {
        try (Spool spool = Placeholders.of(format, key);
                InputStream stream = spool.open()) {
            return stream.readAllBytes();
        }
    }
}
