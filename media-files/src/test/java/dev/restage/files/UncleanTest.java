package dev.restage.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.FileRules.Kind;
import dev.restage.provider.media.FileRules.Scope;
import dev.restage.provider.media.FileRules.Unclean;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import dev.restage.provider.media.MediaFilter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be cleaned never pass, those that cannot hold metadata do, and placeholders take places. */
class UncleanTest {

    private static final FileRules RULES = FileRules.STANDARD;

    private final MediaFilter strict = new LibraryCleaner().filter(RULES, Set.of());
    private final MediaFilter replacing = new LibraryCleaner().filter(RULES.unclean(Unclean.REPLACE), Set.of());

    static Stream<Arguments> unclean() throws IOException {
        return Stream.of(
                Arguments.of("broken.jpg", cut("photo.jpg", 700), "jpeg"),
                Arguments.of("broken.png", cut("photo.png", 200), "PNG"),
                Arguments.of("broken.webp", cut("photo.webp", 300), "WebP"),
                Arguments.of("broken.tiff", cut("photo.tiff", 60), "tiff"),
                Arguments.of("broken.pdf", "%PDF-1.7\nnothing".getBytes(StandardCharsets.US_ASCII), "pdf"),
                Arguments.of("broken.docx", cut("letter.docx", 900), "package"),
                Arguments.of("broken.xls", cut("figures.xls", 700), "ole"),
                Arguments.of("broken.svg", cut("drawing.svg", 900), "XML"),
                Arguments.of("locked.pdf", Samples.read("locked.pdf"), "encrypted with a password"),
                Arguments.of("locked.docx", Samples.read("locked.docx"), "encrypted with a password"),
                Arguments.of("photo.avif", Samples.read("photo.avif"), "cannot be cleaned"),
                Arguments.of(
                        "page.jpg",
                        "<html>moved</html>".getBytes(StandardCharsets.US_ASCII),
                        "like a picture and is text/html"),
                Arguments.of("letter.rtf", "{\\rtf1 {\\author X}}".getBytes(StandardCharsets.US_ASCII), "cannot be"),
                Arguments.of("bomb.docx", zip(20), "far more than its size"),
                Arguments.of("archive.docx", zip("readme.txt", "text"), "no Office file"),
                Arguments.of(
                        "outside.svg",
                        ("<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"" + "&a;".repeat(1000)
                                        + "\"><!ENTITY c \"" + "&b;".repeat(1000) + "\"><!ENTITY d \""
                                        + "&c;".repeat(1000)
                                        + "\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><desc>&d;</desc></svg>")
                                .getBytes(StandardCharsets.US_ASCII),
                        "XML that cannot be read"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unclean")
    void aFileThatCannotBeCleanedIsRefusedWithTheReason(String name, byte[] bytes, String why) {
        try (Filtered filtered = Samples.apply(strict, "documents/" + name, bytes)) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(filtered.content()).isNull();
            assertThat(filtered.why()).containsIgnoringCase(why).doesNotContainIgnoringCase(Samples.NAME);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unclean")
    void orIsReplacedIfTheRulesSaySo(String name, byte[] bytes, String why) {
        try (Filtered filtered = Samples.apply(replacing, "documents/" + name, bytes)) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.UNCLEAN_REPLACED);
            assertThat(filtered.why()).containsIgnoringCase(why);
            assertThat(Samples.names(Samples.content(filtered))).isFalse();
        }
    }

    @Test
    void aFileOfAnotherFormatPassesAndIsCalledWhatItIs() throws IOException {
        ByteArrayOutputStream dots = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "bmp", dots);

        assertThat(Samples.apply(strict, "dots.bmp", dots.toByteArray())).isEqualTo(Filtered.unknown("is image/bmp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b,c\n", "P1 is the first of our issues", "%!TEX program = xelatex", "/* XPM */"})
    void aTextPassesWhateverItsFirstCharactersLookLike(String text) {
        assertThat(Samples.apply(strict, "upload.dat", bytes(text)).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(Samples.apply(strict, "notes.txt", bytes(text)).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aFileOfAKindThatTheRulesLeaveAlonePasses() {
        FileRules pictures = new FileRules(Set.of(Kind.IMAGE), List.of(), Unclean.FAIL, Scope.ALL);
        MediaFilter filter = new LibraryCleaner().filter(pictures, Set.of());

        assertThat(Samples.apply(filter, "report.pdf", Samples.read("report.pdf")))
                .isEqualTo(Filtered.unknown("is application/pdf"));
        assertThat(Samples.apply(filter, "upload.dat", Samples.read("letter.docx")))
                .returns(Outcome.UNKNOWN, Filtered::outcome);
    }

    @ParameterizedTest
    @CsvSource({"KNOWN, true, false", "ALL, true, true"})
    void theScopeDecidesWhichKeysAreLookedInto(Scope scope, boolean photo, boolean others) {
        MediaFilter filter = new LibraryCleaner().filter(RULES.scope(scope), Set.of());

        for (String key : List.of(
                "a.jpg", "a.JPEG", "a/b.heic", "a.docx", "a.doc", "a.odt", "a.pdf", "a.svg", "a.svgz", "a.ai")) {
            assertThat(filter.treatment(key, 9).isEmpty()).as(key).isNotEqualTo(photo);
        }
        for (String key : List.of("upload.dat", "a.b/c", "a.unheardof", "film.mp4", "style.css", "a.zip", "font.ttf")) {
            assertThat(filter.treatment(key, 9).isEmpty()).as(key).isNotEqualTo(others);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "many.docx, [Content_Types].xml, REFUSED, has more than 20000 parts",
        "many.zip, photographs-of-a-holiday, UNKNOWN, is application/zip"
    })
    void aListOfPartsWithoutAnEndIsNotRead(String key, String part, Outcome outcome, String why) throws IOException {
        byte[] zip = zip(part, "<Types/>");
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        int list = text.indexOf("PK\u0001\u0002");
        int end = text.indexOf("PK\u0005\u0006");
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(zip, 0, end);
        for (int i = 0; i < 200_000; i++) {
            many.write(zip, list, end - list);
        }
        many.write(zip, end, zip.length - end);

        assertThat(Samples.apply(strict, key, many.toByteArray()))
                .returns(outcome, Filtered::outcome)
                .returns(why, Filtered::why);
    }

    @Test
    void anEmptyFileIsNotLookedInto() {
        assertThat(strict.treatment("empty.jpg", 0)).isEmpty();
    }

    @Test
    void theTreatmentChangesWithTheRules() {
        MediaFilter pictures = new LibraryCleaner()
                .filter(new FileRules(Set.of(Kind.IMAGE), List.of(), Unclean.FAIL, Scope.ALL), Set.of());
        MediaFilter placeholders = new LibraryCleaner().filter(RULES.replacing("documents/"), Set.of());
        MediaFilter named = new LibraryCleaner().filter(RULES, Set.of("documents/a.pdf"));

        assertThat(strict.treatment("documents/a.pdf", 9))
                .isEqualTo(new LibraryCleaner().filter(RULES, Set.of()).treatment("documents/b.pdf", 9))
                .isNotEqualTo(replacing.treatment("documents/a.pdf", 9))
                .isNotEqualTo(pictures.treatment("documents/a.pdf", 9))
                .isNotEqualTo(placeholders.treatment("documents/a.pdf", 9))
                .isNotEqualTo(named.treatment("documents/a.pdf", 9));
        assertThat(placeholders.treatment("documents/a.pdf", 9)).isEqualTo(named.treatment("documents/a.pdf", 9));
    }

    @ParameterizedTest
    @CsvSource({
        "photo.jpg, photo.jpg", "photo.png, photo.png", "photo.webp, photo.webp", "photo.tiff, photo.tiff",
        "drawing.svg, drawing.svg", "report.pdf, report.pdf", "locked.pdf, report.pdf", "letter.docx, letter.docx",
        "figures.xlsx, figures.xlsx", "talk.pptx, talk.pptx", "report.odt, report.odt", "figures.xls, figures.xls"
    })
    void aPlaceholderIsAFileOfTheSameTypeAndTheSameEveryTime(String sample, String alike) throws IOException {
        MediaFilter filter = new LibraryCleaner().filter(RULES.replacing("documents/"), Set.of());
        String key = "documents/" + sample;
        Recognition recognition = new Recognition();

        try (Filtered first = Samples.apply(filter, key, Samples.read(sample));
                Filtered second = Samples.apply(filter, key, Samples.read(alike));
                Filtered seen = Samples.apply(strict, sample, Samples.content(first))) {
            assertThat(first.outcome()).isEqualTo(Outcome.REPLACED);
            assertThat(Samples.content(first)).isEqualTo(Samples.content(second));
            assertThat(recognition.ofContent(Samples.content(first)))
                    .isEqualTo(recognition.ofContent(Samples.read(alike)));
            assertThat(seen.outcome()).isIn(Outcome.CLEAN, Outcome.CLEANED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"docx", "xlsx", "pptx", "odt", "ods", "odp", "xls", "ppt", "jpg", "png", "webp", "tiff", "svg"})
    void aPlaceholderNamesNobody(String extension) {
        byte[] placeholder = Samples.read("placeholder." + extension);

        try (Filtered filtered = Samples.apply(strict, "a." + extension, placeholder)) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.CLEAN);
        }
    }

    private static byte[] cut(String sample, int bytes) {
        return Arrays.copyOf(Samples.read(sample), bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] zip(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** An Office file with a part that unpacks to so many megabytes and more than any text would. */
    private static byte[] zip(int megabytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types/>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) ' ');
            zip.write("<document>".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < megabytes; i++) {
                zip.write(block);
            }
        }
        return bytes.toByteArray();
    }
}
