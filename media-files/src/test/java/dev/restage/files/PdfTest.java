package dev.restage.files;

import static dev.restage.files.PdfPieces.annotate;
import static dev.restage.files.PdfPieces.array;
import static dev.restage.files.PdfPieces.attach;
import static dev.restage.files.PdfPieces.catalog;
import static dev.restage.files.PdfPieces.content;
import static dev.restage.files.PdfPieces.dictionary;
import static dev.restage.files.PdfPieces.document;
import static dev.restage.files.PdfPieces.jp2;
import static dev.restage.files.PdfPieces.layer;
import static dev.restage.files.PdfPieces.picture;
import static dev.restage.files.PdfPieces.text;
import static dev.restage.files.Pieces.TEXT;
import static dev.restage.files.Pieces.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in a PDF that name people, and names in it that only look like such places. */
class PdfTest {

    /** Where a person is named. */
    enum Place {
        ATTACHMENT(page -> attach(page, "EF", content(Samples.read("photo.jpg")))),
        RELATED_FILE(page -> attach(page, "RF", array(new COSString("a.jpg"), content(Samples.read("photo.jpg"))))),
        POPUP(page -> annotate(page, "Popup")),
        LINK(page -> annotate(page, "Link")),
        HIGHLIGHT(page -> annotate(page, "Highlight")),
        NEWER_ANNOTATION(page -> annotate(page, "Unheard")),
        SIGNATURE_BY_INHERITED_TYPE(page -> {
            COSDictionary kid = dictionary("V", dictionary("Name", text()));
            COSDictionary field = dictionary("FT", COSName.SIG);
            kid.setItem(COSName.PARENT, field);
            field.setItem(COSName.KIDS, array(kid));
            catalog(page).setItem(COSName.ACRO_FORM, dictionary("Fields", array(field)));
        }),
        SIGNATURE_WITHOUT_TYPE(
                page -> page.setItem(COSName.getPDFName("Okay"), dictionary("ByteRange", array(), "Name", text()))),
        SEEDS_OF_A_SIGNATURE(page -> catalog(page)
                .setItem(
                        COSName.ACRO_FORM,
                        dictionary("Fields", array(dictionary("FT", COSName.SIG, "SV", dictionary("Cert", text())))))),
        USER_OF_A_LAYER(page -> layer(page, "User", dictionary("Name", text()))),
        CREATOR_OF_A_LAYER(page -> layer(page, "CreatorInfo", dictionary("Creator", text()))),
        CREATOR_OF_LAYERS(page ->
                catalog(page).setItem(COSName.OCPROPERTIES, dictionary("D", dictionary("Creator", text())))),
        METADATA_UNDER_A_NAME(page -> {
            COSStream xmp = content(TEXT);
            xmp.setName(COSName.TYPE, "Metadata");
            page.setItem(COSName.RESOURCES, dictionary("Properties", dictionary("MC0", xmp)));
        }),
        METADATA_OF_A_PROPERTY_LIST(page -> page.setItem(
                COSName.RESOURCES, dictionary("Properties", dictionary("MC0", dictionary("Metadata", content(TEXT)))))),
        METADATA_OF_A_FORM(page -> catalog(page)
                .setItem(
                        COSName.ACRO_FORM,
                        dictionary("Fields", array(), "XFA", array(new COSString("xmpmeta"), content(TEXT))))),
        THUMBNAIL(page -> page.setItem(COSName.getPDFName("Thumb"), content(TEXT))),
        JPEG_2000(page ->
                page.setItem(COSName.RESOURCES, dictionary("XObject", dictionary("a", picture("JPXDecode", jp2()))))),
        JPEG_UNDER_ITS_SHORT_NAME(page -> page.setItem(
                COSName.RESOURCES, dictionary("XObject", dictionary("a", picture("DCT", Samples.read("photo.jpg"))))));

        @SuppressWarnings("ImmutableEnumChecker") // a function that holds nothing
        private final Consumer<COSDictionary> names;

        Place(Consumer<COSDictionary> names) {
            this.names = names;
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void noPlaceNamesThePersonAfterwards(Place place) {
        byte[] document = document(page -> place.names.accept(page.getCOSObject()));
        assertThat(Samples.names(document)).isTrue();

        assertThat(Samples.names(cleaned(document))).isFalse();
    }

    /** LibreOffice keeps the source of a document there. Its name is not followed by those who show the document. */
    @Test
    void theSourceOfADocumentGoes() throws IOException {
        byte[] document = document(page -> {});
        String text = new String(document, StandardCharsets.ISO_8859_1);
        byte[] hybrid = bytes(text.replace("/Root", "/DocChecksum (by Ines Okafor) /Root"));
        assertThat(Samples.names(hybrid)).isTrue();

        assertThat(Samples.names(cleaned(hybrid))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Metadata", "LastModified", "PieceInfo", "Thumb", "CreatorInfo", "T", "V", "Im0"})
    void aPictureStaysOnItsPageWhateverItIsCalled(String name) throws IOException {
        byte[] document = document(page -> {
            try {
                COSDictionary pictures = new COSDictionary();
                page.setResources(new PDResources(dictionary("XObject", pictures)));
                PDImageXObject image =
                        PDImageXObject.createFromByteArray(new PDDocument(), Samples.read("plain.jpg"), "a");
                pictures.setItem(COSName.getPDFName(name), image.getCOSObject());
                page.getCOSObject()
                        .setItem(COSName.CONTENTS, content(bytes("q 90 0 0 90 5 5 cm /%s Do Q".formatted(name))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        int[] before = pixels(document);
        assertThat(before).contains(0xFFFFFFFF).isNotEqualTo(pixels(document(page -> {})));

        assertThat(pixels(cleaned(document))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Metadata", "LastModified", "PieceInfo"})
    void aDestinationIsFoundWhateverItIsCalled(String name) throws IOException {
        byte[] document = document(page -> catalog(page.getCOSObject())
                .setItem(COSName.DESTS, dictionary(name, array(page.getCOSObject(), COSName.getPDFName("Fit")))));

        try (PDDocument after = Loader.loadPDF(cleaned(document))) {
            assertThat(after.getDocumentCatalog().getDests().getDestination(name))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Metadata", "LastModified", "PieceInfo"})
    void namesThatOthersGaveStayWhereverTheyMayStand(String name) throws IOException {
        COSDictionary font = dictionary(
                "Type",
                COSName.FONT,
                "Subtype",
                COSName.TYPE3,
                "CharProcs",
                dictionary(name, content(bytes("0 0 d0"))));
        COSDictionary box = dictionary(
                "Subtype",
                COSName.WIDGET,
                "Rect",
                array(),
                "FT",
                COSName.BTN,
                "T",
                new COSString("agree"),
                "AP",
                dictionary("N", dictionary(name, content(bytes("q Q")))));
        byte[] document = document(page -> {
            page.getCOSObject()
                    .setItem(
                            COSName.RESOURCES,
                            dictionary("Font", dictionary("F0", font), "ExtGState", dictionary(name, dictionary())));
            page.getCOSObject().setItem(COSName.ANNOTS, array(box));
            COSDictionary catalog = catalog(page.getCOSObject());
            catalog.setItem(
                    COSName.ACRO_FORM,
                    dictionary("Fields", array(box), "DR", dictionary("Font", dictionary(name, font))));
            catalog.setItem(COSName.STRUCT_TREE_ROOT, dictionary("RoleMap", dictionary(name, COSName.getPDFName("P"))));
        });

        try (PDDocument after = Loader.loadPDF(cleaned(document))) {
            COSDictionary page = after.getPage(0).getCOSObject();
            COSDictionary form = after.getDocumentCatalog().getAcroForm().getCOSObject();
            assertThat(at(page, "Resources", "Font", "F0", "CharProcs", name)).isNotNull();
            assertThat(at(page, "Resources", "ExtGState", name)).isNotNull();
            assertThat(at(form, "DR", "Font", name)).isNotNull();
            assertThat(at(after.getDocumentCatalog().getCOSObject(), "StructTreeRoot", "RoleMap", name))
                    .isNotNull();
            assertThat(after.getDocumentCatalog().getAcroForm().getField("agree"))
                    .isNotNull();
            assertThat(after.getPage(0)
                            .getAnnotations()
                            .get(0)
                            .getAppearance()
                            .getNormalAppearance()
                            .getSubDictionary())
                    .hasSize(1);
        }
    }

    @Test
    void anAttachmentThatUnpacksToFarMoreThanItsSizeIsRefused() {
        byte[] document = document(page -> attach(page.getCOSObject(), "EF", content(new byte[20 << 20])));

        try (Filtered filtered = apply(document)) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(filtered.why()).contains("far more than its size");
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

    private static int[] pixels(byte[] document) throws IOException {
        try (PDDocument read = Loader.loadPDF(document)) {
            var image = new PDFRenderer(read).renderImage(0);
            return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        }
    }

    private static COSBase at(COSDictionary from, String... path) {
        COSBase found = from;
        for (String key : path) {
            found = ((COSDictionary) Objects.requireNonNull(found, key)).getDictionaryObject(COSName.getPDFName(key));
        }
        return found;
    }
}
