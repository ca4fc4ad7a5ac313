package dev.restage.files;

import static dev.restage.files.Pieces.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.apache.poi.poifs.filesystem.Ole10Native;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files within files of older Office. */
class OleTest {

    private static final String PATH = "C:\\Users\\okafor\\Desktop\\plans.csv";

    @ParameterizedTest
    @CsvSource({"Package, letter.docx", "CONTENTS, report.pdf", "Anything, photo.jpg"})
    void aFileInAStreamOfItsOwnIsCleaned(String stream, String sample) throws IOException {
        byte[] ole = ole(stream, Samples.read(sample));
        assertThat(Samples.names(Samples.read(sample))).isTrue();

        assertThat(Samples.names(stream(cleaned("a.doc", ole), stream))).isFalse();
    }

    @Test
    void anInsertedFileForgetsWhereItWas() throws Exception {
        byte[] inserted = inserted(bytes("a,b"));

        byte[] cleaned = stream(cleaned("a.doc", ole(Ole10Native.OLE10_NATIVE, inserted)), Ole10Native.OLE10_NATIVE);

        assertThat(Samples.names(cleaned)).isFalse();
        assertThat(new Ole10Native(cleaned, 0))
                .returns(bytes("a,b"), Ole10Native::getDataBuffer)
                .returns("plans.csv", Ole10Native::getFileName)
                .returns("plans.csv", Ole10Native::getCommand);
    }

    @Test
    void anInsertedPhotographIsCleaned() throws Exception {
        byte[] ole = ole(Ole10Native.OLE10_NATIVE, inserted(Samples.read("photo.jpg")));

        byte[] cleaned = stream(cleaned("a.doc", ole), Ole10Native.OLE10_NATIVE);

        assertThat(Samples.names(new Ole10Native(cleaned, 0).getDataBuffer())).isFalse();
    }

    @Test
    void anObjectInALetterIsCleanedToo() throws Exception {
        Letter letter = new Letter();
        letter.relate("word/document.xml", "rId9", Letter.OFFICE + "oleObject", "embeddings/oleObject1.bin");
        letter.put("word/embeddings/oleObject1.bin", ole(Ole10Native.OLE10_NATIVE, inserted(bytes("a,b"))));

        assertThat(Samples.names(cleaned("a.docx", letter.zip()))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "\1\2\3\4\5\6\7\10\11\12\13\14"})
    void anInsertedFileThatCannotBeReadIsRefused(String content) throws IOException {
        try (Filtered filtered = apply("a.doc", ole(Ole10Native.OLE10_NATIVE, bytes(content)))) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.REFUSED);
        }
    }

    /** As Paint and equations do it. */
    @Test
    void anInsertedFileMayBeNothingButItsContent() throws Exception {
        byte[] content = bytes("\0\0\0\0 plain content of a program");
        content[0] = (byte) (content.length - 4);

        try (Filtered filtered = apply("a.doc", ole(Ole10Native.OLE10_NATIVE, content))) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEAN);
        }
    }

    @Test
    void anInsertedFileThatWasCleanedIsClean() throws IOException {
        byte[] cleaned = cleaned("a.doc", ole(Ole10Native.OLE10_NATIVE, inserted(bytes("a,b"))));

        try (Filtered filtered = apply("a.doc", cleaned)) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.CLEAN);
        }
    }

    private static byte[] inserted(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Ole10Native("plans.csv", PATH, PATH, content).writeOut(bytes);
        return bytes.toByteArray();
    }

    private static byte[] ole(String stream, byte[] content) throws IOException {
        try (POIFSFileSystem file = new POIFSFileSystem();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            file.getRoot().createDocument(stream, new ByteArrayInputStream(content));
            file.writeFilesystem(bytes);
            return bytes.toByteArray();
        }
    }

    private static byte[] stream(byte[] ole, String name) throws IOException {
        try (POIFSFileSystem file = new POIFSFileSystem(new ByteArrayInputStream(ole))) {
            return file.createDocumentInputStream(name).readAllBytes();
        }
    }

    private static Filtered apply(String key, byte[] file) {
        return Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), key, file);
    }

    private static byte[] cleaned(String key, byte[] file) {
        try (Filtered filtered = apply(key, file)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            return Samples.content(filtered);
        }
    }
}
