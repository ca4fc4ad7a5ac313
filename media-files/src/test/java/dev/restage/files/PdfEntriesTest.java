package dev.restage.files;

import static dev.restage.files.PdfPieces.array;
import static dev.restage.files.PdfPieces.attach;
import static dev.restage.files.PdfPieces.catalog;
import static dev.restage.files.PdfPieces.content;
import static dev.restage.files.PdfPieces.dictionary;
import static dev.restage.files.PdfPieces.document;
import static dev.restage.files.PdfPieces.text;
import static dev.restage.files.Pieces.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of a PDF that no viewer draws, whoever has invented them. */
class PdfEntriesTest {

    private static final String WINDOWS = "C:\\Users\\okafor\\plans.pdf";

    /** Where a person is named. */
    enum Place {
        INFORMATION_OF_TEX(page -> form(page, "PTEX.InfoDict", dictionary("Author", text()))),
        FILE_OF_TEX(page -> form(page, "PTEX.FileName", new COSString("./okafor.pdf"))),
        OPEN_PREPRESS(page -> form(page, "OPI", dictionary("2.0", dictionary("F", text(), "MainImage", text())))),
        AUTHOR_OF_THE_CATALOG(page -> catalog(page).setItem(COSName.AUTHOR, text())),
        AUTHOR_OF_A_PAGE(page -> page.setItem(COSName.AUTHOR, text())),
        PRIVATE_DATA_OF_A_PAGE(page -> page.setItem(COSName.getPDFName("Private"), dictionary("a", text()))),
        KEY_OF_NO_STANDARD(page -> page.setItem(COSName.getPDFName("ITXT_By"), text())),
        TITLE_OF_A_PAGE(page -> page.setItem(COSName.TITLE, text())),
        KEY_OF_A_FONT(page -> page.setItem(
                COSName.RESOURCES,
                dictionary("Font", dictionary("F0", dictionary("Type", COSName.FONT, "By", text()))))),
        KEY_OF_A_LAYER(page -> catalog(page)
                .setItem(
                        COSName.OCPROPERTIES,
                        dictionary("OCGs", array(dictionary("Type", COSName.OCG, "By", text()))))),
        METADATA_OF_PARTS(page -> catalog(page)
                .setItem(COSName.getPDFName("DPartRoot"), dictionary("DPM", dictionary("CIP4_Author", text())))),
        BASE_OF_ADDRESSES(page ->
                catalog(page).setItem(COSName.URI, dictionary("Base", new COSString("http://intranet/~okafor/")))),
        ADDRESS_OF_A_FILE(page -> link(page, "S", COSName.URI, "URI", new COSString("file:///home/okafor/a.pdf"))),
        PATH_OF_ANOTHER_FILE(
                page -> link(page, "S", COSName.getPDFName("GoToR"), "F", new COSString("/C/Users/okafor/plans.pdf"))),
        PATH_OF_A_PROGRAM(page -> link(
                page,
                "S",
                COSName.getPDFName("Launch"),
                "F",
                new COSString(WINDOWS),
                "Win",
                dictionary("F", new COSString(WINDOWS), "D", new COSString("C:\\Users\\okafor")))),
        PATH_IN_A_SPECIFICATION(page -> link(
                page,
                "S",
                COSName.getPDFName("GoToR"),
                "F",
                dictionary("F", new COSString("plans.pdf"), "UF", new COSString("\\\\okafor-pc\\c$\\plans.pdf")))),
        PATH_OF_AN_ATTACHMENT(page -> {
            attach(page, "EF", content(bytes("a,b")));
            COSDictionary names = catalog(page).getCOSDictionary(COSName.NAMES);
            COSArray pairs =
                    names.getCOSDictionary(COSName.getPDFName("EmbeddedFiles")).getCOSArray(COSName.NAMES);
            ((COSDictionary) pairs.getObject(1)).setItem(COSName.UF, new COSString(WINDOWS));
            ((COSDictionary) pairs.getObject(1)).setItem(COSName.F, new COSString("/Users/okafor/a.csv"));
            pairs.set(0, new COSString("C:\\Users\\okafor\\plans.pdf"));
        }),
        EXTRA_DATA_OF_A_STAMP(page -> mark(page, "Stamp", "ExData", dictionary("Type", text()))),
        SUBJECT_OF_A_NOTE(page -> mark(page, "Text", "Subj", text())),
        NAME_OF_A_NOTE(page -> mark(page, "Text", "NM", text())),
        OUTPUT_INTENT(page -> catalog(page)
                .setItem(
                        COSName.OUTPUT_INTENTS,
                        array(dictionary(
                                "S", COSName.getPDFName("GTS_PDFX"), "Info", text(), "RegistryName", text())))),
        PROPERTIES_OF_A_USER(page -> structure(
                page,
                "A",
                dictionary(
                        "O",
                        COSName.getPDFName("UserProperties"),
                        "P",
                        array(dictionary("N", new COSString("by"), "V", text()))))),
        ATTRIBUTES_OF_A_LANGUAGE(
                page -> structure(page, "A", dictionary("O", COSName.getPDFName("XML-1.00"), "author", text()))),
        TITLE_OF_AN_ELEMENT(page -> structure(page, "T", text())),
        THREAD_WITHOUT_A_TYPE(page -> catalog(page)
                .setItem(COSName.THREADS, array(dictionary("I", dictionary("Title", text()), "F", dictionary())))),
        COMMENT_IN_A_SCRIPT(page -> script(page, new COSString("/* by Okafor */ app.beep(0); // Okafor\n"))),
        COMMENT_IN_THE_STREAM_OF_A_SCRIPT(page -> script(page, content(bytes("app.beep(0); // by Okafor")))),
        COMMENT_IN_A_PAGE(page -> page.setItem(COSName.CONTENTS, content(bytes("q % by Okafor\n0 0 5 5 re f Q")))),
        COMMENT_IN_PARTS_OF_A_PAGE(page -> page.setItem(
                COSName.CONTENTS, array(content(bytes("q 1 0 0 1 %Okafor")), content(bytes("5 5 cm %Okafor\rQ"))))),
        COMMENT_IN_A_FORM(page -> form(page, content(bytes("%Okafor\n0 0 5 5 re f")))),
        COMMENT_IN_AN_APPEARANCE(
                page -> mark(page, "Square", "AP", dictionary("N", content(bytes("0 0 5 5 re f %Okafor"))))),
        COMMENT_IN_ONE_OF_TWO_APPEARANCES(page ->
                mark(page, "Square", "AP", dictionary("N", dictionary("On", content(bytes("0 0 5 5 re f %Okafor")))))),
        COMMENT_IN_A_GLYPH(page -> page.setItem(
                COSName.RESOURCES,
                dictionary(
                        "Font",
                        dictionary(
                                "F0", dictionary("CharProcs", dictionary("a", content(bytes("%Okafor\n9 0 d0")))))))),
        COMMENT_IN_A_PATTERN(page -> {
            COSStream pattern = content(bytes("%Okafor\n0 0 5 5 re f"));
            pattern.setInt(COSName.PATTERN_TYPE, 1);
            page.setItem(COSName.RESOURCES, dictionary("Pattern", dictionary("P0", pattern)));
        }),
        PROPERTIES_IN_A_PAGE(page -> page.setItem(
                COSName.CONTENTS,
                content(bytes("/Span <</MCID 0 /Author (by Okafor) /B <</C [(Okafor)]>> >> BDC 0 0 5 5 re f EMC")))),
        OPERAND_OF_NO_OPERATOR(page ->
                page.setItem(COSName.CONTENTS, content(bytes("BX (by Okafor) [(Okafor)] author EX 0 0 5 5 re f")))),
        METADATA_IN_A_FORM_OF_ONE_STREAM(page -> xmlForm(
                page,
                content(bytes("<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><x:xmpmeta xmlns:x='adobe:ns:meta/'>Okafor"
                        + "</x:xmpmeta><template>a</template></xdp:xdp>")))),
        COMMENT_IN_A_FORM_OF_SEVERAL_STREAMS(page -> xmlForm(
                page,
                array(
                        new COSString("preamble"),
                        content(bytes("<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'>")),
                        new COSString("template"),
                        content(bytes("<template><!-- by Okafor -->a</template>"))))),
        PHOTOGRAPH_IN_A_PAGE(
                page -> page.setItem(COSName.CONTENTS, content(inline("/F /DCT", Samples.read("photo.jpg")))));

        @SuppressWarnings("ImmutableEnumChecker") // a function that holds nothing
        private final Consumer<COSDictionary> names;

        Place(Consumer<COSDictionary> names) {
            this.names = names;
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void noEntryNamesThePersonAfterwards(Place place) throws IOException {
        byte[] document = document(page -> place.names.accept(page.getCOSObject()));
        assertThat(Samples.names(document)).isTrue();

        byte[] cleaned = cleaned(document);

        assertThat(Samples.names(cleaned)).isFalse();
        assertThat(PdfPieces.pixels(cleaned)).isEqualTo(PdfPieces.pixels(document));
    }

    private static void form(COSDictionary page, String key, COSBase value) {
        COSStream form = content(bytes("0 0 5 5 re f"));
        form.setItem(COSName.getPDFName(key), value);
        form(page, form);
    }

    private static void form(COSDictionary page, COSStream form) {
        form.setItem(COSName.SUBTYPE, COSName.FORM);
        form.setItem(COSName.BBOX, box());
        page.setItem(COSName.RESOURCES, dictionary("XObject", dictionary("X0", form)));
        page.setItem(COSName.CONTENTS, content(bytes("/X0 Do")));
    }

    private static void xmlForm(COSDictionary page, COSBase xml) {
        catalog(page).setItem(COSName.ACRO_FORM, dictionary("Fields", array(), "XFA", xml));
    }

    private static COSArray box() {
        return array(new COSFloat(0), new COSFloat(0), new COSFloat(9), new COSFloat(9));
    }

    private static void mark(COSDictionary page, String subtype, String key, COSBase value) {
        page.setItem(
                COSName.ANNOTS, array(dictionary("Subtype", COSName.getPDFName(subtype), "Rect", box(), key, value)));
    }

    private static void link(COSDictionary page, Object... action) {
        mark(page, "Link", "A", dictionary(action));
    }

    private static void script(COSDictionary page, COSBase script) {
        catalog(page).setItem(COSName.OPEN_ACTION, dictionary("S", COSName.getPDFName("JavaScript"), "JS", script));
    }

    private static void structure(COSDictionary page, String key, COSBase value) {
        catalog(page)
                .setItem(
                        COSName.STRUCT_TREE_ROOT,
                        dictionary("K", array(dictionary("S", COSName.P, "K", COSInteger.ZERO, key, value))));
    }

    private static byte[] inline(String filter, byte[] data) {
        return Pieces.join(
                bytes("q 50 0 0 50 5 5 cm BI /W 32 /H 24 /CS /RGB /BPC 8 " + filter + " ID "),
                data,
                bytes("\nEI Q 1 0 0 rg 0 0 5 5 re f"));
    }

    @Test
    void anInlinePhotographIsCleanedThroughTheFilterAroundIt() throws IOException {
        StringBuilder hex = new StringBuilder();
        for (byte one : Samples.read("photo.jpg")) {
            hex.append("%02x".formatted(one));
        }
        byte[] document = document(page ->
                page.getCOSObject().setItem(COSName.CONTENTS, content(inline("/F [/AHx /DCT]", bytes(hex + ">")))));

        byte[] cleaned = cleaned(document);

        assertThat(PdfPieces.page(cleaned)).contains("/F /DCT").doesNotContain("/AHx", hex);
        assertThat(Samples.names(cleaned)).isFalse();
        assertThat(PdfPieces.pixels(cleaned))
                .isEqualTo(PdfPieces.pixels(document))
                .contains(0xFFFF0000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q 50 0 0 50 5 5 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \n%EI\nEI Q 0 0 5 5 re f",
                "q 50 0 0 50 5 5 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00 ff 80 40> EI Q 0 0 5 5 re f",
                "q 50 0 0 50 5 5 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /A85 ID !<<*\"~> EI Q 0 0 5 5 re f",
                "BT /F0 9 Tf 5 5 Td (100 % \\( \\) (a) of \\\\) Tj <2525> Tj [(%) 5 (b)] TJ ET 0 0 5 5 re f",
                "/P <</MCID 0 /Lang (de) /ActualText (a \\) >> % b)>> BDC 0 0 5 5 re f EMC",
                "0 0 0 RG 1 0 0 rg 0 0 m 9 9 l 9 0 l h B* -.5 +5 5. re f q Q"
            })
    void whatDrawsStaysByteForByte(String drawing) throws IOException {
        byte[] document = document(page -> page.getCOSObject().setItem(COSName.CONTENTS, content(bytes(drawing))));

        assertThat(PdfPieces.page(cleaned(document))).isEqualTo(drawing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/~ada/a.pdf", "mailto:help@example.org", "page.html"})
    void aLinkStaysThatWorksElsewhere(String address) throws IOException {
        byte[] document = document(page -> {
            link(page.getCOSObject(), "S", COSName.URI, "URI", new COSString(address));
            catalog(page.getCOSObject())
                    .setItem(COSName.URI, dictionary("Base", new COSString("https://example.org/docs/")));
        });

        String strings = PdfPieces.strings(cleaned(document));

        assertThat(strings).contains(address);
        assertThat(strings.contains("https://example.org/docs/")).isEqualTo(address.equals("page.html"));
    }

    @Test
    void aLinkToAFileBesideThisOneStays() throws IOException {
        byte[] document = document(page ->
                link(page.getCOSObject(), "S", COSName.getPDFName("GoToR"), "F", new COSString("../part2/a.pdf")));

        assertThat(PdfPieces.strings(cleaned(document))).contains("../part2/a.pdf");
    }

    @Test
    void aScriptStillSaysWhatItSaid() throws IOException {
        String script = "var a = 'http://b/*c*/'; /* d */ if (/[/*]\"/.test(a)) { e = f / 2 / g; } `h // ${i /* j */}`";
        byte[] document = document(page -> script(page.getCOSObject(), new COSString(script)));

        try (PDDocument after = Loader.loadPDF(cleaned(document))) {
            assertThat(((PDActionJavaScript) after.getDocumentCatalog().getOpenAction()).getAction())
                    .isEqualTo("var a = 'http://b/*c*/';   if (/[/*]\"/.test(a)) { e = f / 2 / g; } `h // ${i  }`");
        }
    }

    @Test
    void anAttachmentThatIsNotLookedIntoIsSaid() {
        try (Filtered filtered = apply(document(page -> attach(page.getCOSObject(), "EF", content(bytes("a,b")))))) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.CLEANED);
            assertThat(filtered.why()).isEqualTo("holds what was not looked into: text/plain");
        }
    }

    /** Names of inks are keys here, as names of fonts are elsewhere. */
    @Test
    void aHalftoneKeepsItsInks() throws IOException {
        byte[] document = document(page -> page.getCOSObject()
                .setItem(
                        COSName.RESOURCES,
                        dictionary(
                                "ExtGState",
                                dictionary(
                                        "G0",
                                        dictionary(
                                                "HT",
                                                dictionary(
                                                        "HalftoneType",
                                                        COSInteger.get(5),
                                                        "Blue Ink",
                                                        dictionary("HalftoneType", COSInteger.ONE)))))));

        assertThat(PdfPieces.strings(cleaned(document))).contains("Blue Ink");
    }

    /** What the library cannot read it would write as nothing. */
    @ParameterizedTest
    @ValueSource(ints = {100, 600})
    void anObjectThatCannotBeReadIsNotWrittenAsNothing(int depth) {
        String nested = "[".repeat(depth) + "]".repeat(depth);
        byte[] plain = document(page -> page.getCOSObject().setItem(COSName.ANNOTS, new COSArray()));
        byte[] document = PdfPieces.withObject(plain, "/Contents 99 0 R", "[" + nested + "]");

        try (Filtered filtered = apply(document)) {
            assertThat(filtered.outcome()).isEqualTo(depth < 500 ? Outcome.CLEANED : Outcome.REFUSED);
            assertThat(filtered.why()).isEqualTo(depth < 500 ? "" : "has an object that cannot be read");
        }
    }

    @Test
    void aReferenceToNothingIsNothing() {
        byte[] plain = document(page -> {});

        try (Filtered filtered = apply(PdfPieces.withObject(plain, "/Contents 98 0 R", "[]"))) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
        }
    }

    private static Filtered apply(byte[] document) {
        return Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), "a.pdf", document);
    }

    private static byte[] cleaned(byte[] document) {
        try (Filtered filtered = apply(document)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            return Samples.content(filtered);
        }
    }
}
