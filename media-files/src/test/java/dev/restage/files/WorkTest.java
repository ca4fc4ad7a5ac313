package dev.restage.files;

import static dev.restage.files.Pieces.bytes;
import static dev.restage.files.Pieces.chunk;
import static dev.restage.files.Pieces.extension;
import static dev.restage.files.Pieces.insert;
import static dev.restage.files.Pieces.join;
import static dev.restage.files.Pieces.riff;
import static dev.restage.files.Pieces.segment;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that are small and made of very many parts. Work is counted in bytes that are allocated, as a file that is copied
 * anew for each of its parts makes four times as many parts cost sixteen times as much.
 */
class WorkTest {

    private static final int FEW = 400;
    private static final int TIMES = 4;

    /** What many parts a file may have. */
    enum Parts {
        SCANS_OF_A_JPEG(count -> {
            byte[] jpeg = Samples.read("progressive.jpg");
            String text = new String(jpeg, StandardCharsets.ISO_8859_1);
            int last = text.lastIndexOf("\u00ff\u00da");
            return insert(jpeg, last, times(count, segment(0xDA, new byte[] {1, 1, 0, 1, 1, 0}, new byte[0])));
        }),
        SEGMENTS_OF_A_JPEG(count -> insert(Samples.read("plain.jpg"), 2, times(count, segment(0xE5, bytes("x"))))),
        CHUNKS_OF_A_PNG(count -> insert(Samples.read("plain.png"), 33, times(count, chunk("teXt", bytes("x"))))),
        PARTS_OF_THE_PIXELS_OF_A_PNG(count ->
                insert(Samples.read("plain.png"), 33, times(count, chunk("IDAT", new byte[0])))),
        BLOCKS_OF_A_GIF(count -> {
            byte[] gif = Samples.read("placeholder.gif");
            int first = 13 + ((gif[10] & 0x80) == 0 ? 0 : 3 << ((gif[10] & 7) + 1));
            return insert(gif, first, times(count, extension(0xFE, bytes("x"))));
        }),
        CHUNKS_OF_A_WEBP(count -> {
            byte[] webp = Samples.read("plain.webp");
            return riff(
                    "RIFF",
                    bytes("WEBP"),
                    times(count, riff("ALPH", bytes("xx"))),
                    Arrays.copyOfRange(webp, 12, webp.length));
        }),
        PAGES_OF_A_TIFF(count -> tiff(count / 4)),
        ATTRIBUTES_OF_A_DRAWING(count -> svg("<g "
                + IntStream.range(0, count)
                        .mapToObj(i -> "a" + i + "='url(#b)'")
                        .collect(Collectors.joining(" "))
                + "/>")),
        ELEMENTS_OF_A_DRAWING(count -> svg("<metadata/><g id='Okafor'/>".repeat(count))),
        LAYERS_OF_A_DRAWING(count -> svg(IntStream.range(0, count)
                .mapToObj(i -> "<g id='Okafor" + i + "'/><use href='#Okafor" + i + "'/>")
                .collect(Collectors.joining()))),
        PICTURES_OF_A_DRAWING(count -> svg(("<image href='data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(Samples.read("placeholder.gif")) + "'/>")
                .repeat(count / 8))),
        RULES_OF_A_STYLE(count -> svg("<style>" + "a{b:url(data:,x)}/*x*/a{b:url(/a/b)}".repeat(count) + "</style>")),
        DICTIONARIES_OF_A_PDF(WorkTest::pdf),
        INSTRUCTIONS_OF_A_PDF(count -> drawing("a1".repeat(count) + " (b) b".repeat(count) + "%c\n".repeat(count))),
        PICTURES_IN_A_PDF(count -> drawing("BI /F /A85 ID x EI /D <<".repeat(count))),
        PICTURES_WITHOUT_AN_END_IN_A_PDF(count -> drawing("BI /W 1 ID EI\1 ".repeat(count))),
        SCRIPTS_OF_A_DRAWING(count -> svg("<script>" + "a/*b*/`${/c/}`;//d\n".repeat(count) + "</script>")),
        PATHS_OF_A_DRAWING(count -> svg("<style>" + "a{b:url(file:///c)} \\\\d ".repeat(count) + "</style>")),
        BLOCKS_BEHIND_THE_PIXELS_OF_A_GIF(count -> {
            byte[] gif = Samples.read("placeholder.gif");
            return insert(gif, gif.length - 2, times(count, bytes("\1x")));
        }),
        PIXELS_BEHIND_THOSE_OF_A_PNG(count -> {
            byte[] png = Samples.read("plain.png");
            return insert(png, png.length - 12, times(count, chunk("IDAT", bytes("x"))));
        }),
        RELATIONS_OF_A_PACKAGE(count -> {
            Letter letter = new Letter();
            for (int i = 0; i < count; i++) {
                letter.put("word/a" + i + ".xml", "<a/>");
                letter.put(
                        "word/_rels/a" + i + ".xml.rels",
                        "<Relationships xmlns='%s'><Relationship Id='r' Type='t' Target='a%d.xml'/></Relationships>"
                                .formatted(Letter.RELATIONS, i + 1));
            }
            letter.relate("word/document.xml", "rId9", "t", "a0.xml");
            return letter.zip();
        }),
        PARTS_OF_A_PACKAGE(count -> zip(count / 4));

        @SuppressWarnings("ImmutableEnumChecker") // a function that holds nothing
        private final IntFunction<byte[]> file;

        Parts(IntFunction<byte[]> file) {
            this.file = file;
        }
    }

    @ParameterizedTest
    @EnumSource(Parts.class)
    void fourTimesAsManyPartsAreFourTimesAsMuchWork(Parts parts) {
        work(parts.file.apply(FEW));

        long few = work(parts.file.apply(FEW));
        long many = work(parts.file.apply(TIMES * FEW));

        assertThat(many).isLessThan((TIMES + 2) * few);
    }

    /** The library would hold a record of half a kilobyte for each. */
    @Test
    void aListOfPartsThatIsFarTooLongIsNotHeldInMemory() {
        byte[] zip = zip(400);
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        int list = text.indexOf("PK\u0001\u0002");
        int end = text.indexOf("PK\u0005\u0006");
        byte[] many = insert(zip, end, times(700, Arrays.copyOfRange(zip, list, end)));

        assertThat(work(() -> apply(many).why(), "has more than 20000 parts")).isLessThan(3L * many.length);
    }

    private static Filtered apply(byte[] file) {
        return Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), "upload.dat", file);
    }

    private static long work(byte[] file) {
        return work(
                () -> {
                    try (Filtered filtered = apply(file)) {
                        return filtered.why();
                    }
                },
                "");
    }

    private static long work(Supplier<String> cleaning, String why) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(cleaning.get()).isEqualTo(why);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] times(int count, byte[] piece) {
        byte[][] pieces = new byte[count][];
        Arrays.fill(pieces, piece);
        return join(pieces);
    }

    private static byte[] svg(String content) {
        return ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>" + content + "</svg>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Pages of one pixel, with a name. */
    private static byte[] tiff(int pages) {
        int page = 2 + 10 * 12 + 4 + 4;
        ByteBuffer file = ByteBuffer.allocate(8 + pages * page);
        file.put(bytes("MM")).putShort((short) 42).putInt(8);
        for (int i = 0; i < pages; i++) {
            int pixel = file.position() + page - 4;
            file.putShort((short) 10);
            field(file, 256, 1);
            field(file, 257, 1);
            field(file, 258, 8);
            field(file, 259, 1);
            field(file, 262, 1);
            file.putShort((short) 273).putShort((short) 4).putInt(1).putInt(pixel);
            field(file, 277, 1);
            field(file, 278, 1);
            field(file, 279, 1);
            file.putShort((short) 315).putShort((short) 2).putInt(4).put(bytes("Ok.\0"));
            file.putInt(i + 1 < pages ? file.position() + 8 : 0).putInt(0x7F000000);
        }
        return file.array();
    }

    private static void field(ByteBuffer file, int tag, int value) {
        file.putShort((short) tag)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) value)
                .putShort((short) 0);
    }

    private static byte[] pdf(int count) {
        try (PDDocument document = new PDDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            PDPage page = new PDPage();
            document.addPage(page);
            COSArray all = new COSArray();
            for (int i = 0; i < count; i++) {
                COSDictionary one = new COSDictionary();
                one.setItem(COSName.getPDFName("Page"), page.getCOSObject());
                all.add(one);
            }
            page.getCOSObject().setItem(COSName.getPDFName("Okay"), all);
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] drawing(String instructions) {
        return PdfPieces.document(
                page -> page.getCOSObject().setItem(COSName.CONTENTS, PdfPieces.content(bytes(instructions))));
    }

    private static byte[] zip(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(bytes("<Types/>"));
            for (int i = 0; i < count; i++) {
                zip.putNextEntry(new ZipEntry("word/media/" + i));
                zip.write(bytes("<x/>"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
