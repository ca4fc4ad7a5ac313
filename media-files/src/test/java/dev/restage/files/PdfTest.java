package dev.restage.files;

import static dev.restage.files.Pieces.TEXT;
import static dev.restage.files.Pieces.bytes;
import static dev.restage.files.Pieces.insert;
import static dev.restage.files.Pieces.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.FileRules;
import dev.restage.provider.Filtered;
import dev.restage.provider.Filtered.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
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

    private static byte[] document(Consumer<PDPage> with) {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage(new PDRectangle(100, 100));
            document.addPage(page);
            page.getCOSObject()
                    .setItem(
                            COSName.getPDFName("Catalog"),
                            document.getDocumentCatalog().getCOSObject());
            with.accept(page);
            page.getCOSObject().removeItem(COSName.getPDFName("Catalog"));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes, CompressParameters.NO_COMPRESSION);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static COSDictionary catalog(COSDictionary page) {
        return Objects.requireNonNull(page.getCOSDictionary(COSName.getPDFName("Catalog")));
    }

    private static void attach(COSDictionary page, String key, COSBase file) {
        COSDictionary specification =
                dictionary("Type", COSName.FILESPEC, "F", new COSString("a.jpg"), key, dictionary("F", file));
        catalog(page)
                .setItem(
                        COSName.NAMES,
                        dictionary("EmbeddedFiles", dictionary("Names", array(new COSString("a.jpg"), specification))));
    }

    private static void annotate(COSDictionary page, String subtype) {
        COSArray place = array(new COSFloat(0), new COSFloat(0), new COSFloat(9), new COSFloat(9));
        page.setItem(
                COSName.ANNOTS, array(dictionary("Subtype", COSName.getPDFName(subtype), "Rect", place, "T", text())));
    }

    private static void layer(COSDictionary page, String key, COSDictionary user) {
        COSDictionary group =
                dictionary("Type", COSName.OCG, "Name", new COSString("a"), "Usage", dictionary(key, user));
        catalog(page)
                .setItem(
                        COSName.OCPROPERTIES, dictionary("OCGs", array(group), "D", dictionary("Order", array(group))));
    }

    private static COSString text() {
        return new COSString(new String(TEXT, StandardCharsets.ISO_8859_1));
    }

    private static COSStream content(byte[] bytes) {
        COSStream stream = new COSStream();
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stream;
    }

    private static COSStream picture(String filter, byte[] bytes) {
        COSStream stream = new COSStream();
        stream.setName(COSName.TYPE, "XObject");
        stream.setName(COSName.SUBTYPE, "Image");
        try (OutputStream out = stream.createRawOutputStream()) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stream.setName(COSName.FILTER, filter);
        return stream;
    }

    /** A picture with a note among its boxes and another one in its codestream. */
    static byte[] jp2() {
        byte[] comment = ByteBuffer.allocate(6 + TEXT.length)
                .putShort((short) 0xFF64)
                .putShort((short) (4 + TEXT.length))
                .putShort((short) 1)
                .put(TEXT)
                .array();
        byte[] codestream = join(new byte[] {(byte) 0xFF, 0x4F, (byte) 0xFF, 0x51, 0, 4, 1, 2}, comment, new byte[] {
            (byte) 0xFF, (byte) 0x90, 5, 6, 7
        });
        byte[] signature = insert(new byte[] {0, 0, 0, 12, 0x0D, 0x0A, (byte) 0x87, 0x0A}, 4, bytes("jP  "));
        return join(
                signature,
                box("ftyp", join(bytes("jp2 "), new byte[4], bytes("jp2 "))),
                box("jp2h", new byte[3]),
                box("uuid", join(new byte[16], TEXT)),
                box("xml ", TEXT),
                box("jp2c", codestream));
    }

    private static byte[] box(String name, byte[] content) {
        return join(ByteBuffer.allocate(4).putInt(8 + content.length).array(), bytes(name), content);
    }

    private static COSDictionary dictionary(Object... entries) {
        COSDictionary dictionary = new COSDictionary();
        for (int i = 0; i < entries.length; i += 2) {
            dictionary.setItem(COSName.getPDFName((String) entries[i]), (COSBase) entries[i + 1]);
        }
        return dictionary;
    }

    private static COSArray array(COSBase... elements) {
        COSArray array = new COSArray();
        for (COSBase element : elements) {
            array.add(element);
        }
        return array;
    }

    private static COSBase at(COSDictionary from, String... path) {
        COSBase found = from;
        for (String key : path) {
            found = ((COSDictionary) Objects.requireNonNull(found, key)).getDictionaryObject(COSName.getPDFName(key));
        }
        return found;
    }
}
