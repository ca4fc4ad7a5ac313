package dev.restage.files;

import static dev.restage.files.Pieces.bytes;
import static dev.restage.files.Pieces.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.FileRules.Unclean;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import dev.restage.provider.media.MediaFilter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names lie: what a file is, its first bytes say. */
class KnownByContentTest {

    private final MediaFilter filter = new LibraryCleaner().filter(FileRules.STANDARD, Set.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gif", "bmp", "ico", "txt", "html", "zip", "mp4", "css", "js", "mp3", "woff2", "csv", "json", "pdf"
            })
    void aPhotographIsCleanedWhateverItsExtension(String extension) {
        String key = "uploads/photo." + extension;
        byte[] photo = Samples.read("photo.jpg");

        assertThat(filter.treatment(key, photo.length)).isNotEmpty();
        assertThat(Samples.names(cleaned(key, photo))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "letter.docx, letter.zip", "figures.xlsx, figures.txt", "report.odt, report.zip", "report.pdf, report.html",
        "figures.xls, figures.csv", "drawing.svg, drawing.txt", "photo.png, photo.mp4", "photo.webp, photo.js"
    })
    void aDocumentIsCleanedWhateverItsName(String sample, String key) {
        assertThat(filter.treatment(key, 9)).isNotEmpty();
        assertThat(Samples.names(cleaned(key, Samples.read(sample)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"photo.dat, 65536", "film.mp4, 65536", "style, 65536", "photo.jpg, 9999999", "letter.docx, 9999999"})
    void onlyTheBeginningIsReadWhereTheNameSaysThatTheRestIsNotNeeded(String key, long bytes) {
        assertThat(filter.firstBytes(key, 9_999_999)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"drawing.svg, drawing.svgz", "drawing.svg, drawing.svg", "photo.jpg, photo.jpg.gz", "report.pdf, a.gz"})
    void whatGzipHasPackedIsCleanedAndPackedAgain(String sample, String key) throws IOException {
        byte[] cleaned = cleaned(key, packed(Samples.read(sample)));

        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(cleaned)).readAllBytes();
        assertThat(Samples.names(unpacked)).isFalse();
        assertThat(unpacked).isEqualTo(cleaned("upload.dat", Samples.read(sample)));
    }

    @Test
    void theNameThatGzipKeepsGoes() throws IOException {
        byte[] packed = packed(Samples.read("plain.jpg"));
        packed[3] = 8;
        byte[] named = Pieces.insert(packed, 10, bytes("okafor.jpg\0"));

        byte[] cleaned = cleaned("a.gz", named);

        assertThat(Samples.names(cleaned)).isFalse();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(cleaned))).hasBinaryContent(Samples.read("plain.jpg"));
    }

    @Test
    void whatGzipHasPackedTwiceIsNotUnpackedWithoutAnEnd() throws IOException {
        assertThat(apply("a.gz", packed(packed(Samples.read("photo.jpg")))))
                .isEqualTo(Filtered.unknown("is application/gzip"));
    }

    @Test
    void aBombOfGzipIsRefused() throws IOException {
        byte[] drawing = join(bytes("<svg xmlns=\"http://www.w3.org/2000/svg\">"), new byte[20 << 20], bytes("</svg>"));

        assertThat(apply("a.svgz", packed(drawing)).why()).contains("far more than its size");
    }

    @ParameterizedTest
    @CsvSource({"photos.zip, holiday/photo.jpg", "report.pages, preview.jpg", "book.epub, cover.jpg"})
    void anArchiveIsNamedAsWhatItIs(String key, String part) throws IOException {
        assertThat(apply(key, zip(part, Samples.read("photo.jpg")))).isEqualTo(Filtered.unknown("is application/zip"));
    }

    @Test
    void aPdfIsFoundBehindWhateverComesFirst() {
        byte[] behind = join(bytes("HTTP/1.1 200 OK\r\n\r\n"), Samples.read("report.pdf"));

        assertThat(Samples.names(cleaned("report.bin", behind))).isFalse();
        assertThat(Samples.names(cleaned("report.pdf", behind))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "photo.avif, photo.avif, 'is image/avif, which holds metadata'",
        "photo.avif, photo.txt, 'is image/avif, which holds metadata'"
    })
    void whatCannotBeCleanedIsCalledByItsName(String sample, String key, String why) {
        assertThat(apply(key, Samples.read(sample)))
                .returns(Outcome.REFUSED, Filtered::outcome)
                .returns(why + " and cannot be cleaned", Filtered::why);
    }

    @ParameterizedTest
    @CsvSource({"4949 2B00 0800 0000, scan.tiff", "4D4D 002B 0008 0000, scan.dat"})
    void aBigTiffIsCalledByItsName(String head, String key) {
        byte[] bytes = HexFormat.of().parseHex(head.replace(" ", ""));

        assertThat(apply(key, bytes).why()).isEqualTo("is BigTIFF, which holds metadata and cannot be cleaned");
    }

    @ParameterizedTest
    @CsvSource({
        "a.jpg, <html>moved</html>, is named like a picture and is text/html",
        "a.pdf, <html>moved</html>, is named like a PDF and is text/html",
        "a.docx, plain words, is named like an Office file and is text/plain"
    })
    void whatIsNotWhatItsNameSaysIsCalledByBoth(String key, String content, String why) {
        assertThat(apply(key, bytes(content)).why()).isEqualTo(why);
    }

    @Test
    void thePlaceholderOfAPackedDrawingIsPackedToo() throws IOException {
        MediaFilter replacing = new LibraryCleaner().filter(FileRules.STANDARD.unclean(Unclean.REPLACE), Set.of());

        try (Filtered filtered =
                Samples.apply(replacing, "a.svgz", packed(bytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><")))) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.UNCLEAN_REPLACED);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(Samples.content(filtered))))
                    .hasBinaryContent(Samples.read("placeholder.svg"));
        }
    }

    private Filtered apply(String key, byte[] bytes) {
        return Samples.apply(filter, key, bytes);
    }

    private byte[] cleaned(String key, byte[] bytes) {
        try (Filtered filtered = apply(key, bytes)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            return Samples.content(filtered);
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}
