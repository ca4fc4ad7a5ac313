package dev.restage.files;

import static dev.restage.files.Pieces.TEXT;
import static dev.restage.files.Pieces.bytes;
import static dev.restage.files.Pieces.insert;
import static dev.restage.files.Pieces.join;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Pieces of PDFs, to be put where programs put them. */
final class PdfPieces {

    private PdfPieces() {}

    static byte[] document(Consumer<PDPage> with) {
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

    static COSDictionary catalog(COSDictionary page) {
        return Objects.requireNonNull(page.getCOSDictionary(COSName.getPDFName("Catalog")));
    }

    static void attach(COSDictionary page, String key, COSBase file) {
        COSDictionary specification =
                dictionary("Type", COSName.FILESPEC, "F", new COSString("a.jpg"), key, dictionary("F", file));
        catalog(page)
                .setItem(
                        COSName.NAMES,
                        dictionary("EmbeddedFiles", dictionary("Names", array(new COSString("a.jpg"), specification))));
    }

    static void annotate(COSDictionary page, String subtype) {
        COSArray place = array(new COSFloat(0), new COSFloat(0), new COSFloat(9), new COSFloat(9));
        page.setItem(
                COSName.ANNOTS, array(dictionary("Subtype", COSName.getPDFName(subtype), "Rect", place, "T", text())));
    }

    static void layer(COSDictionary page, String key, COSDictionary user) {
        COSDictionary group =
                dictionary("Type", COSName.OCG, "Name", new COSString("a"), "Usage", dictionary(key, user));
        catalog(page)
                .setItem(
                        COSName.OCPROPERTIES, dictionary("OCGs", array(group), "D", dictionary("Order", array(group))));
    }

    static COSString text() {
        return new COSString(new String(TEXT, StandardCharsets.ISO_8859_1));
    }

    static COSStream content(byte[] bytes) {
        COSStream stream = new COSStream();
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stream;
    }

    static COSStream picture(String filter, byte[] bytes) {
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

    static byte[] box(String name, byte[] content) {
        return join(ByteBuffer.allocate(4).putInt(8 + content.length).array(), bytes(name), content);
    }

    static COSDictionary dictionary(Object... entries) {
        COSDictionary dictionary = new COSDictionary();
        for (int i = 0; i < entries.length; i += 2) {
            dictionary.setItem(COSName.getPDFName((String) entries[i]), (COSBase) entries[i + 1]);
        }
        return dictionary;
    }

    static COSArray array(COSBase... elements) {
        COSArray array = new COSArray();
        for (COSBase element : elements) {
            array.add(element);
        }
        return array;
    }

    static int[] pixels(byte[] document) throws IOException {
        try (PDDocument read = Loader.loadPDF(document)) {
            var image = new PDFRenderer(read).renderImage(0);
            return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        }
    }

    /** What draws the first page. */
    static String page(byte[] document) throws IOException {
        try (PDDocument read = Loader.loadPDF(document);
                InputStream stream = read.getPage(0).getContents()) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** All objects as text. */
    static String strings(byte[] document) throws IOException {
        StringBuilder all = new StringBuilder();
        try (PDDocument read = Loader.loadPDF(document)) {
            for (COSObjectKey key : read.getDocument().getXrefTable().keySet()) {
                all.append(Objects.requireNonNull(read.getDocument().getObjectFromPool(key))
                        .getObject());
            }
        }
        return all.toString();
    }

    /** Lets a page refer to an object 99 that follows the others. */
    static byte[] withObject(byte[] document, String entry, String object) {
        String text = new String(document, StandardCharsets.ISO_8859_1);
        String page = text.replaceFirst("/Type /Page\\b(?!s)", "/Type /Page " + entry);
        int end = page.lastIndexOf("xref\n", page.lastIndexOf("startxref") - 1);
        String body = page.substring(0, end) + "99 0 obj\n" + object + "\nendobj\n";
        StringBuilder list = new StringBuilder("xref\n");
        Matcher objects = Pattern.compile("(?m)^(\\d+) 0 obj").matcher(body);
        while (objects.find()) {
            list.append("%s 1\n%010d 00000 n \n".formatted(objects.group(1), objects.start()));
        }
        int trailer = page.indexOf("trailer", end);
        return bytes(body
                + list
                + page.substring(trailer)
                        .replaceFirst("/Size \\d+", "/Size 100")
                        .replaceFirst("startxref\\s+\\d+", "startxref\n" + body.length()));
    }
}
