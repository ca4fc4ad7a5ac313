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
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionGoTo;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDNamedDestination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that people gave to parts of a PDF: which go, and that what refers to the others still finds them. */
class PdfNamesTest {

    private static final String PATH = "C:\\Users\\okafor\\a";
    private static final COSName ITEM = COSName.getPDFName("CI");

    /** Where a person is named. */
    enum Place {
        ITEM_OF_A_PORTFOLIO(page -> file(page).setItem(ITEM, dictionary("Author", text()))),
        PART_OF_AN_ITEM(page -> file(page).setItem(ITEM, dictionary("By", dictionary("D", text(), "P", text())))),
        DESCRIPTION_OF_A_FILE(page -> file(page).setItem(COSName.DESC, text())),
        COMMENT_IN_A_MAP_OF_CODES(page -> font(page, "ToUnicode", content(bytes("%!PS by Okafor\nbegincmap endcmap")))),
        COMMENT_IN_AN_ENCODING(page -> {
            COSStream map = content(bytes("begincmap % Okafor\nendcmap"));
            map.setName(COSName.TYPE, "CMap");
            font(page, "Encoding", map);
        }),
        COMMENT_IN_A_FUNCTION(page -> {
            COSStream function = content(bytes("{ % Okafor comment\n pop }"));
            function.setInt(COSName.FUNCTION_TYPE, 4);
            page.setItem(COSName.RESOURCES, dictionary("ExtGState", dictionary("G0", dictionary("TR", function))));
        }),
        NAME_OF_A_CONFIGURATION(page -> catalog(page)
                .setItem(COSName.OCPROPERTIES, dictionary("OCGs", array(), "D", dictionary("Name", text())))),
        NAME_OF_ANOTHER_CONFIGURATION(page -> catalog(page)
                .setItem(
                        COSName.OCPROPERTIES,
                        dictionary("OCGs", array(), "Configs", array(dictionary("Name", text()))))),
        NAME_OF_A_VIEWPORT(page -> page.setItem(COSName.getPDFName("VP"), array(dictionary("Name", text())))),
        NAME_OF_A_SCRIPT(page -> names(page, "JavaScript", array(text(), action("JavaScript", "JS", "app.beep(0);")))),
        NAME_OF_AN_APPEARANCE(page -> names(page, "AP", array(text(), content(bytes("0 0 5 5 re f"))))),
        NAME_OF_A_DESTINATION(page -> names(page, "Dests", array(new COSString(PATH), target(page)))),
        NAME_OF_AN_OLD_DESTINATION(page -> catalog(page).setItem(COSName.DESTS, dictionary(PATH, target(page))));

        @SuppressWarnings("ImmutableEnumChecker") // a function that holds nothing
        private final Consumer<COSDictionary> names;

        Place(Consumer<COSDictionary> names) {
            this.names = names;
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void noNameIsThatOfThePersonAfterwards(Place place) throws IOException {
        byte[] document = document(page -> place.names.accept(page.getCOSObject()));
        assertThat(Samples.names(document)).isTrue();

        byte[] cleaned = cleaned(document);

        assertThat(Samples.names(cleaned)).isFalse();
        assertThat(PdfPieces.pixels(cleaned)).isEqualTo(PdfPieces.pixels(document));
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, "file:///home/okafor/a", "\\\\okafor-pc\\c$\\a", "chapter 2"})
    void aLinkFindsItsNamedDestination(String name) throws IOException {
        byte[] document = document(page -> {
            COSArray wanted = array(page.getCOSObject(), COSName.getPDFName("FitH"), COSInteger.get(7));
            COSArray other = target(page.getCOSObject());
            names(page.getCOSObject(), "Dests", array(new COSString(name), wanted, new COSString("file"), other));
            page.getCOSObject()
                    .setItem(
                            COSName.ANNOTS,
                            array(link("A", action("GoTo", "D", name)), link("Dest", new COSString(name))));
        });

        try (PDDocument after = Loader.loadPDF(cleaned(document))) {
            PDAnnotationLink first =
                    (PDAnnotationLink) after.getPage(0).getAnnotations().get(0);
            PDAnnotationLink second =
                    (PDAnnotationLink) after.getPage(0).getAnnotations().get(1);
            PDNamedDestination byAction = (PDNamedDestination) ((PDActionGoTo) first.getAction()).getDestination();
            PDNamedDestination direct = (PDNamedDestination) second.getDestination();
            assertThat(direct.getNamedDestination()).isEqualTo(byAction.getNamedDestination());
            assertThat(after.getDocumentCatalog()
                            .findNamedDestinationPage(byAction)
                            .getCOSObject()
                            .getInt(2))
                    .isEqualTo(7);
        }
    }

    @Test
    void theNameOfADestinationInAnotherFileStays() throws IOException {
        byte[] document = document(page ->
                page.getCOSObject().setItem(COSName.ANNOTS, array(link("A", action("GoToR", "D", "c:/d")))));

        assertThat(PdfPieces.strings(cleaned(document))).contains("c:/d");
    }

    /** A script may show an appearance by its name, and scripts run in the order of their names. */
    @Test
    void namesThatScriptsUseStayAndScriptsKeepTheirOrder() throws IOException {
        byte[] document = document(page -> {
            COSDictionary first = action("JavaScript", "JS", "a = 1;");
            COSDictionary second = action("JavaScript", "JS", "b = 2;");
            names(page.getCOSObject(), "JavaScript", array(new COSString("x"), first, new COSString("y"), second));
            catalog(page.getCOSObject())
                    .getCOSDictionary(COSName.NAMES)
                    .setItem(
                            COSName.AP,
                            dictionary("Names", array(new COSString("stamp"), content(bytes("0 0 5 5 re f")))));
        });

        try (PDDocument after = Loader.loadPDF(cleaned(document))) {
            COSDictionary names = after.getDocumentCatalog().getNames().getCOSObject();
            COSArray scripts =
                    names.getCOSDictionary(COSName.getPDFName("JavaScript")).getCOSArray(COSName.NAMES);
            assertThat(((COSDictionary) scripts.getObject(1)).getString(COSName.JS))
                    .isEqualTo("a = 1;");
            assertThat(names.getCOSDictionary(COSName.AP)
                            .getCOSArray(COSName.NAMES)
                            .getString(0))
                    .isEqualTo("stamp");
        }
    }

    private static COSDictionary action(String kind, String key, String text) {
        return dictionary("S", COSName.getPDFName(kind), key, new COSString(text));
    }

    private static COSDictionary link(String key, COSBase value) {
        return dictionary("Subtype", COSName.getPDFName("Link"), "Rect", new COSArray(), key, value);
    }

    private static COSArray target(COSDictionary page) {
        return array(page, COSName.getPDFName("Fit"));
    }

    private static void names(COSDictionary page, String kind, COSArray pairs) {
        catalog(page).setItem(COSName.NAMES, dictionary(kind, dictionary("Names", pairs)));
    }

    private static COSDictionary file(COSDictionary page) {
        attach(page, "EF", content(bytes("a,b")));
        COSDictionary names = catalog(page).getCOSDictionary(COSName.NAMES);
        COSArray pairs =
                names.getCOSDictionary(COSName.getPDFName("EmbeddedFiles")).getCOSArray(COSName.NAMES);
        return (COSDictionary) pairs.getObject(1);
    }

    private static void font(COSDictionary page, String key, COSStream map) {
        page.setItem(
                COSName.RESOURCES, dictionary("Font", dictionary("F0", dictionary("Type", COSName.FONT, key, map))));
    }

    private static byte[] cleaned(byte[] document) {
        try (Filtered filtered =
                Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), "a.pdf", document)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            return Samples.content(filtered);
        }
    }
}
