package dev.restage.files;

import static dev.restage.files.Letter.OFFICE;
import static dev.restage.files.Letter.RELATIONS;
import static dev.restage.files.Letter.WORD;
import static dev.restage.files.Letter.parts;
import static dev.restage.files.Letter.zip;
import static dev.restage.files.Pieces.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.zip.UnicodeCommentExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in Office and OpenDocument files that name people, and what must not break there. */
class PackagePlacesTest {

    private static final String CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static final String FILE = "file:///C:/Users/okafor/plans.xlsx";

    /** Where a person is named. */
    enum Place {
        PROPERTIES_WITHOUT_EXTENSION(office -> {
            office.relate("", "rId9", RELATIONS + "/metadata/core-properties", "docProps/core");
            office.put(
                    "docProps/core",
                    "<cp:coreProperties xmlns:cp='%s'><cp:by>Okafor</cp:by></cp:coreProperties>".formatted(CORE));
        }),
        PROPERTIES_IN_TWO_BYTES(office -> {
            office.relate("", "rId9", RELATIONS + "/metadata/core-properties", "docProps/core.bin");
            office.put(
                    "docProps/core.bin",
                    "<?xml version='1.0' encoding='UTF-16'?><cp:coreProperties xmlns:cp='%s'><cp:by>Okafor</cp:by></cp:coreProperties>"
                            .formatted(CORE)
                            .getBytes(StandardCharsets.UTF_16));
        }),
        USERS_OF_SHAREPOINT(office -> {
            office.relate("word/document.xml", "rId9", OFFICE + "customXml", "../customXml/item1.xml");
            office.put("customXml/item1.xml", "<p><UserInfo><DisplayName>Okafor</DisplayName></UserInfo></p>");
            office.relate("customXml/item1.xml", "rId1", OFFICE + "customXmlProps", "itemProps1.xml");
            office.put("customXml/itemProps1.xml", "<ds:datastoreItem xmlns:ds='u' by='Okafor'/>");
        }),
        PRINTER(office -> {
            office.relate("word/document.xml", "rId9", OFFICE + "printerSettings", "printerSettings1.bin");
            office.put("word/printerSettings1.bin", "Okafor's printer".getBytes(StandardCharsets.UTF_16LE));
            office.body("<w:sectPr><w:printerSettings r:id='rId9'/></w:sectPr>");
        }),
        LINKED_FILE(office -> office.relateOutside(OFFICE + "hyperlink", FILE)),
        LINKED_SHARE(office -> office.relateOutside(OFFICE + "image", "\\\\okafor-pc\\photos\\a.png")),
        CONNECTION(office -> office.part(
                "connections",
                "<connections xmlns='x'><connection sourceFile='C:\\Users\\okafor\\a.csv'><dbPr connection='User ID=okafor'/>"
                        + "<textPr sourceFile='C:\\Users\\okafor\\a.csv'/></connection></connections>")),
        READERS_OF_A_LETTER(office -> {
            office.part(
                    "settings",
                    "<w:settings xmlns:w='%s'><w:mailMerge><w:connectString w:val='Data Source=C:\\Users\\okafor\\a'/><w:query w:val='Okafor'/></w:mailMerge></w:settings>"
                            .formatted(WORD));
            office.relate("word/settings.xml", "rId1", OFFICE + "recipientData", "recipientData.xml");
            office.put(
                    "word/recipientData.xml",
                    "<w:recipients xmlns:w='%s'><w:by w:val='Okafor'/></w:recipients>".formatted(WORD));
        }),
        VARIABLES(office -> office.part(
                "settings",
                "<w:settings xmlns:w='%s'><w:docVars><w:docVar w:name='by' w:val='Okafor'/></w:docVars></w:settings>"
                        .formatted(WORD))),
        OLD_DRAWING(office -> {
            office.relate("word/document.xml", "rId9", OFFICE + "vmlDrawing", "a.vml");
            office.put(
                    "word/a.vml",
                    "<xml xmlns:v='urn:schemas-microsoft-com:vml'><v:shape alt='C:\\Users\\okafor\\a.png'><br></v:shape><!-- Okafor --></xml>");
        }),
        PATH_AS_A_DESCRIPTION(office -> office.body("<wp:docPr xmlns:wp='w' descr='C:\\Users\\okafor\\a.png'/>")),
        PATH_IN_A_FIELD(office -> office.body(
                "<w:r><w:instrText> INCLUDEPICTURE \"C:\\\\Users\\\\okafor\\\\a.png\" \\* MERGEFORMAT </w:instrText></w:r>"
                        + "<w:fldSimple w:instr=' HYPERLINK \"file:///home/okafor/a.txt\" '/>")),
        COMMENT_OF_XML(office -> office.body("<!-- by Okafor --><?by Okafor?>")),
        PART_THAT_NOTHING_LEADS_TO(office -> office.put("word/notes.txt", "by Okafor")),
        PART_CALLED_MIMETYPE(office -> office.put("mimetype", "by Okafor")),
        THUMBNAIL(office -> {
            office.relate("", "rId9", RELATIONS + "/metadata/thumbnail", "docProps/thumbnail.dat");
            office.put("docProps/thumbnail.dat", "Okafor");
        }),
        ARCHIVE_OF_A_PHOTOGRAPH(office -> {
            office.relate("word/document.xml", "rId9", OFFICE + "package", "embeddings/a.zip");
            office.put("word/embeddings/a.zip", zip(Map.of("photo.jpg", Samples.read("photo.jpg"))));
        }),
        ARCHIVE_IN_AN_ARCHIVE(office -> {
            office.relate("word/document.xml", "rId9", OFFICE + "package", "embeddings/a.bin");
            office.put(
                    "word/embeddings/a.bin",
                    zip(Map.of("b.zip", zip(Map.of("letter.docx", Samples.read("letter.docx"))))));
        });

        @SuppressWarnings("ImmutableEnumChecker") // a function that holds nothing
        private final Consumer<Letter> names;

        Place(Consumer<Letter> names) {
            this.names = names;
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void noPlaceNamesThePersonAfterwards(Place place) {
        Letter office = new Letter();
        place.names.accept(office);
        assertThat(Samples.names(office.zip())).isTrue();

        assertThat(Samples.names(cleaned(office.zip()))).isFalse();
    }

    /** Where a person is named in a file of LibreOffice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "layout-cache",
                "Object 1/layout-cache",
                "Configurations2/menubar/menubar.xml",
                "manifest.rdf",
                "Thumbnails/thumbnail.txt",
                "META-INF/x-signatures.xml",
                "META-INF/notes.xml"
            })
    void whatOnlyLibreOfficeReadsGoes(String part) throws IOException {
        Map<String, byte[]> parts = openDocument("<office:document-settings xmlns:office='o'/>");
        parts.put(part, bytes("<by>Okafor</by>"));

        byte[] cleaned = cleaned(zip(parts));

        assertThat(parts(cleaned)).doesNotContainKey(part);
        assertThat(parts(cleaned).get("META-INF/manifest.xml"))
                .contains("content.xml")
                .doesNotContain("\"" + part + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<config:config-item config:name='PrinterName' config:type='string'>Okafor</config:config-item>",
                "<config:config-item config:name='PrinterSetup' config:type='base64Binary'>T2thZm9y okafor</config:config-item>",
                "<config:config-item config:name='CurrentDatabaseDataSource' config:type='string'>okafor</config:config-item>",
                "<config:config-item config:name='LastUser' config:type='string'>Okafor</config:config-item>",
                "<config:config-item config:name='Zoom' config:type='int'>Okafor</config:config-item>",
                "<draw:image xmlns:draw='d' xmlns:xlink='l' xlink:href='file:///home/okafor/a.png'/>"
            })
    void settingsOfLibreOfficeNameNobody(String setting) {
        String settings = "<office:document-settings xmlns:office='o' xmlns:config='c'>" + setting
                + "<config:config-item config:name='ActiveTable' config:type='string'>Sheet2</config:config-item>"
                + "<config:config-item config:name='Zoom' config:type='int'>100</config:config-item></office:document-settings>";

        byte[] cleaned = cleaned(zip(openDocument(settings)));

        assertThat(Samples.names(cleaned)).isFalse();
        assertThat(parts(cleaned).get("settings.xml")).contains(">Sheet2<", ">100<");
    }

    @Test
    void aTypeOfOpenDocumentSaysNothingElse() {
        Map<String, byte[]> parts = openDocument("<a/>");
        parts.put("mimetype", bytes("application/vnd.oasis.opendocument.text by Okafor"));

        try (Filtered filtered = apply("a.odt", zip(parts))) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a comment of a part", "a field of a part", "a comment", "another field"})
    void whatAZipFileSaysOfItsPartsGoes(String place) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : new Letter().parts.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(part.getKey());
                byte[] text = bytes("by Okafor");
                switch (place) {
                    case "a comment of a part" -> entry.setComment("by Okafor");
                    case "a field of a part" -> entry.addExtraField(new UnicodeCommentExtraField("by Okafor", text));
                    case "another field" -> entry.setExtra(Pieces.join(new byte[] {0x34, 0x12, 9, 0}, text));
                    default -> zip.setComment(place.equals("a comment") ? "by Okafor" : "");
                }
                zip.putArchiveEntry(entry);
                zip.write(part.getValue());
                zip.closeArchiveEntry();
            }
        }
        assertThat(Samples.names(bytes.toByteArray())).isTrue();

        byte[] cleaned = cleaned(bytes.toByteArray());

        assertThat(Samples.names(cleaned)).isFalse();
        assertThat(parts(cleaned)).isEqualTo(parts(new Letter().zip()));
    }

    @ParameterizedTest
    @CsvSource({"a.html, text/html", "a.mht, message/rfc822", "a.mp4, video/quicktime", "a.txt, text/plain"})
    void whatIsNotLookedIntoIsSaid(String name, String type) {
        Letter office = new Letter();
        office.relate("word/document.xml", "rId9", OFFICE + "aFChunk", name);
        office.put("word/" + name, content(name));

        try (Filtered filtered = apply("a.docx", office.zip())) {
            assertThat(filtered.outcome()).isIn(Outcome.CLEAN, Outcome.CLEANED);
            assertThat(filtered.why()).isEqualTo("holds what was not looked into: " + type);
        }
    }

    private static byte[] content(String name) {
        return switch (name) {
            case "a.html" -> bytes("<html><head><meta name='author' content='Okafor'></head></html>");
            case "a.mht" -> bytes("From: Ines Okafor <ines@example.org>\r\nMIME-Version: 1.0\r\nSubject: a\r\n\r\nb");
            case "a.mp4" -> Pieces.join(new byte[] {0, 0, 0, 16}, bytes("ftypqt  "), new byte[4], bytes("okafor"));
            default -> bytes("by Okafor");
        };
    }

    @ParameterizedTest
    @CsvSource({"20000, true", "6000, false"})
    void archivesWithinArchivesUnpackToNoMoreThanALimit(long mostBytes, boolean cleaned) throws Exception {
        byte[] inner = zip(Map.of("photo.jpg", Samples.read("photo.jpg")));
        byte[] outer = zip(Map.of("[Content_Types].xml", bytes("<Types/>"), "a.zip", inner, "b.txt", bytes("b")));
        Scrubbers scrubbers = new Scrubbers(new Recognition(), mostBytes);

        try (Spool file = Spool.of(new ByteArrayInputStream(outer));
                Spool clean = new Spool()) {
            if (cleaned) {
                assertThat(scrubbers.scrub(FileFormat.PACKAGE, file, clean)).isEqualTo(Scrubber.Found.SOMETHING);
            } else {
                assertThatThrownBy(() -> scrubbers.scrub(FileFormat.PACKAGE, file, clean))
                        .isInstanceOf(UncleanException.class)
                        .hasMessageEndingWith("has files within files that unpack to far more than its size");
            }
        }
    }

    @Test
    void whatLeadsNowhereIsNotListedEither() {
        Letter office = new Letter();
        Place.PRINTER.names.accept(office);
        Place.USERS_OF_SHAREPOINT.names.accept(office);
        office.put(
                "[Content_Types].xml",
                "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                        + "<Override PartName='/customXml/itemProps1.xml' ContentType='a'/>"
                        + "<Override PartName='/word/document.xml' ContentType='b'/></Types>");

        Map<String, String> parts = parts(cleaned(office.zip()));

        assertThat(parts)
                .containsOnlyKeys(
                        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels");
        assertThat(parts.get("[Content_Types].xml"))
                .contains("/word/document.xml")
                .doesNotContain("itemProps1");
        assertThat(parts.get("word/_rels/document.xml.rels")).doesNotContain("rId9");
        assertThat(parts.get("word/document.xml")).contains("sectPr").doesNotContain("rId9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "media/image1.png",
                "/word/media/image1.png",
                "../word/media/./image1.png",
                "MEDIA/Image1.PNG",
                "media%2Fimage1.png",
                "media\\image1.png"
            })
    void aPartStaysHoweverARelationshipWritesItsName(String target) {
        Letter office = new Letter();
        office.relate("word/document.xml", "rId9", OFFICE + "image", target);
        office.put("word/media/image1.png", Samples.read("plain.png"));
        office.put("word/notes.txt", "by Okafor");

        assertThat(parts(cleaned(office.zip())))
                .containsKey("word/media/image1.png")
                .doesNotContainKey("word/notes.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/~ada/a",
                "mailto:help@example.org",
                "other.docx",
                "../part2/other.docx",
                "#here"
            })
    void aLinkStaysThatWorksElsewhere(String target) {
        Letter office = new Letter();
        office.relateOutside(OFFICE + "hyperlink", target);

        try (Filtered filtered = apply("a.docx", office.zip())) {
            String relations = filtered.outcome() == Outcome.CLEAN
                    ? parts(office.zip()).get("word/_rels/document.xml.rels")
                    : parts(Samples.content(filtered)).get("word/_rels/document.xml.rels");
            assertThat(relations).contains(target);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\#,##0;\\\\-#,##0", "[$-409]h:mm\\ AM/PM", "\\\\0"})
    void aFormatOfNumbersIsNoPath(String format) {
        Letter office = new Letter();
        office.part(
                "styles",
                "<styleSheet xmlns='x'><!-- a --><numFmt numFmtId='1' formatCode='" + format + "'/></styleSheet>");

        assertThat(parts(cleaned(office.zip())).get("word/styles.xml")).contains(format);
    }

    /** Other packages than those of Office refer to parts by other ways too. */
    @Test
    void aPackageOfAnotherProgramKeepsAllParts() {
        Letter other = new Letter();
        other.parts.put(
                "_rels/.rels",
                bytes(
                        "<Relationships xmlns='%s'><Relationship Id='a' Type='http://schemas.microsoft.com/xps/2005/06/fixedrepresentation' Target='/a.fdseq'/></Relationships>"
                                .formatted(RELATIONS)));
        other.put("a.fdseq", "<FixedDocumentSequence><!-- Okafor --></FixedDocumentSequence>");
        other.put("Documents/1/Pages/1.fpage", "<FixedPage/>");

        assertThat(parts(cleaned(other.zip()))).containsKeys("a.fdseq", "Documents/1/Pages/1.fpage");
    }

    private static Filtered apply(String key, byte[] file) {
        return Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), key, file);
    }

    private static byte[] cleaned(byte[] file) {
        try (Filtered filtered = apply("a.zip", file)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            assertThat(filtered.why()).isEmpty();
            return Samples.content(filtered);
        }
    }

    private static Map<String, byte[]> openDocument(String settings) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("mimetype", bytes("application/vnd.oasis.opendocument.text"));
        parts.put("content.xml", bytes("<office:document-content xmlns:office='o'/>"));
        parts.put("settings.xml", bytes(settings));
        StringBuilder entries = new StringBuilder();
        for (String path : new String[] {
            "content.xml",
            "layout-cache",
            "Object 1/layout-cache",
            "Configurations2/menubar/menubar.xml",
            "manifest.rdf",
            "Thumbnails/thumbnail.txt"
        }) {
            entries.append("<m:file-entry m:full-path='").append(path).append("'/>");
        }
        parts.put("META-INF/manifest.xml", bytes("<m:manifest xmlns:m='m'>" + entries + "</m:manifest>"));
        return parts;
    }
}
