package dev.restage.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents: who wrote them is gone, what they say and show is there. */
class DocumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"report.pdf", "restricted.pdf"})
    void aPdfKeepsWhatItShowsAndForgetsWhoMadeIt(String sample) throws IOException {
        try (PDDocument before = Loader.loadPDF(Samples.read(sample));
                PDDocument after = Loader.loadPDF(cleaned(sample))) {
            assertThat(after.getDocumentInformation().getMetadataKeys()).isEmpty();
            assertThat(after.getDocumentCatalog().getMetadata()).isNull();
            assertThat(after.getPage(0).getMetadata()).isNull();
            assertThat(after.isEncrypted()).isFalse();
            assertThat(new PDFTextStripper().getText(after)).isEqualTo(new PDFTextStripper().getText(before));
            assertThat(pixels(after)).isEqualTo(pixels(before));
        }
    }

    @Test
    void anAnnotationKeepsItsTextAndAFormItsFields() throws IOException {
        try (PDDocument after = Loader.loadPDF(cleaned("report.pdf"))) {
            assertThat(after.getPage(0).getAnnotations())
                    .extracting(PDAnnotation::getContents)
                    .contains("please check");
            assertThat(after.getDocumentCatalog().getAcroForm().getField("city"))
                    .isNotNull();
        }
    }

    @Test
    void aSignedPdfBecomesOneWithAnEmptySignatureField() throws IOException {
        try (PDDocument after = Loader.loadPDF(cleaned("report.pdf"))) {
            PDSignatureField field = (PDSignatureField) Objects.requireNonNull(
                    after.getDocumentCatalog().getAcroForm().getField("signed"));

            assertThat(field.getSignature()).isNull();
        }
    }

    @Test
    void formerVersionsOfAPdfAreGone() {
        assertThat(new String(Samples.read("report.pdf"), StandardCharsets.ISO_8859_1).split("%%EOF", -1))
                .hasSizeGreaterThan(2);
        assertThat(new String(cleaned("report.pdf"), StandardCharsets.ISO_8859_1).split("%%EOF", -1))
                .hasSize(2);
    }

    @Test
    void anAttachmentOfAPdfIsCleanedToo() throws IOException {
        try (PDDocument after = Loader.loadPDF(cleaned("report.pdf"))) {
            PDComplexFileSpecification file = Objects.requireNonNull(after.getDocumentCatalog()
                    .getNames()
                    .getEmbeddedFiles()
                    .getNames()
                    .get("letter.docx"));
            byte[] attached = file.getEmbeddedFile().toByteArray();

            assertThat(part(attached, "word/document.xml")).contains("Dear reader");
            assertThat(Samples.names(attached)).isFalse();
        }
    }

    @Test
    void aLetterKeepsItsTextItsChangesAndItsComments() throws IOException {
        byte[] letter = cleaned("letter.docx");

        assertThat(part(letter, "word/document.xml"))
                .contains("Dear reader, ", "welcome", "w:author=\"Author\"", "xml:space=\"preserve\"", "<w:ins");
        assertThat(part(letter, "word/comments.xml")).contains("good", "w:initials=\"A\"");
        assertThat(part(letter, "_rels/.rels"))
                .doesNotContain("digital-signature")
                .contains("word/document.xml");
        assertThat(part(letter, "docProps/core.xml")).contains("coreProperties");
    }

    @Test
    void aPictureInALetterIsCleanedAsAPicture() throws IOException {
        assertThat(part(cleaned("letter.docx"), "word/media/image1.jpg"))
                .isEqualTo(new String(cleaned("photo.jpg"), StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatNeedsNoCleaningStaysByteByByte() throws IOException {
        Map<String, String> before = parts(Samples.read("figures.xlsx"));
        Map<String, String> after = parts(cleaned("figures.xlsx"));

        assertThat(after).containsEntry("xl/worksheets/sheet1.xml", before.get("xl/worksheets/sheet1.xml"));
        assertThat(before.keySet()).containsAll(after.keySet());
        assertThat(after.get("xl/comments1.xml")).contains("why 42", "<author>Author</author>");
    }

    @Test
    void theTypeOfAnOpenDocumentComesFirstAndUncompressed() throws IOException {
        byte[] report = cleaned("report.odt");

        assertThat(new String(report, 30, 50, StandardCharsets.US_ASCII))
                .startsWith("mimetypeapplication/vnd.oasis.opendocument.text");
        assertThat(part(report, "content.xml")).contains("Report ", "fine", "<dc:creator>Author</dc:creator>");
    }

    @Test
    void anOldWorkbookKeepsItsCells() throws IOException {
        try (HSSFWorkbook workbook = new HSSFWorkbook(new ByteArrayInputStream(cleaned("figures.xls")))) {
            assertThat(workbook.getSheetAt(0).getRow(0).getCell(0).getNumericCellValue())
                    .isEqualTo(42);
            assertThat(workbook.getSummaryInformation().getAuthor()).isNull();
        }
    }

    private static byte[] cleaned(String sample) {
        try (Filtered filtered = Samples.apply(
                new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), sample, Samples.read(sample))) {
            return Samples.content(filtered);
        }
    }

    private static int[] pixels(PDDocument document) throws IOException {
        var image = new PDFRenderer(document).renderImage(0);
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static String part(byte[] file, String name) throws IOException {
        return Objects.requireNonNull(parts(file).get(name), name);
    }

    private static Map<String, String> parts(byte[] file) throws IOException {
        Map<String, String> parts = new TreeMap<>();
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(file))
                .get()) {
            for (Enumeration<ZipArchiveEntry> entries = zip.getEntries(); entries.hasMoreElements(); ) {
                ZipArchiveEntry entry = entries.nextElement();
                parts.put(
                        entry.getName(),
                        new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return parts;
    }
}
