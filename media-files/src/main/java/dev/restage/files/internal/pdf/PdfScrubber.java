package dev.restage.files.internal.pdf;

import dev.restage.files.internal.file.FilesWithin;
import dev.restage.files.internal.file.ScriptText;
import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import dev.restage.files.internal.file.XmlFilter;
import dev.restage.files.internal.pdf.PdfParts.Role;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import javax.xml.stream.events.StartElement;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a PDF anew, always, so that former versions in it are gone, with what draws and works and nothing that describes: no
 * information, XMP, authors of annotations, paths, comments, nor what programs keep for themselves. Signatures go, which any change would make invalid and which
 * name the signer; their fields stay, unsigned. A document that opens without a password is written without encryption.
 */
public final class PdfScrubber implements Scrubber {

    /** All that a file needs to be opened: others keep the source of the document there. */
    private static final Set<COSName> TRAILER = Set.of(COSName.ROOT, COSName.SIZE, COSName.ENCRYPT, COSName.PREV);

    private static final List<String> JPEG = List.of("DCTDecode", "DCT");
    private static final List<String> JPEG_2000 = List.of("JPXDecode");

    /** What an attached file may always unpack to, and how many times its packed size beyond that. */
    private static final long HARMLESS = 10 << 20;

    private static final int MOST_TIMES = 100;
    private static final long MOST_UNPACKED = 1L << 30;

    /** The instructions of a page, which are held in memory. */
    private static final int MOST_DRAWING = 64 << 20;

    /** The time of which the identifier of the written file is made: the same file gives the same bytes. */
    private static final long NO_TIME = 0;

    /** Instructions to the programs that fill a form in stay in it. */
    private static final XmlFilter.Rules FORM = new XmlFilter.Rules() {

        @Override
        public boolean drops(StartElement element) {
            return element.getName().getNamespaceURI().equals("adobe:ns:meta/");
        }

        @Override
        public boolean dropsComments() {
            return true;
        }

        @Override
        public String instruction(String target, String data) {
            return data;
        }
    };

    private final FilesWithin others;

    public PdfScrubber(FilesWithin others) {
        this.others = others;
    }

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        try (PDDocument document =
                Loader.loadPDF(file.path().toFile(), "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
            COSDictionary trailer = document.getDocument().getTrailer();
            List.copyOf(trailer.keySet()).stream()
                    .filter(key -> !TRAILER.contains(key))
                    .forEach(trailer::removeItem);
            COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
            PdfDictionaries.clean(catalog);
            PdfParts parts = PdfParts.of(catalog);
            cleanStreams(parts);
            if (parts.areUnreadable(document.getDocument().getXrefTable().keySet())) {
                throw new UncleanException("has an object that cannot be read");
            }
            if (document.getNumberOfPages() == 0) {
                throw new UncleanException("is a PDF without pages");
            }
            document.setAllSecurityToBeRemoved(document.isEncrypted());
            document.setDocumentId(NO_TIME);
            document.save(cleaned);
            return Found.SOMETHING;
        } catch (InvalidPasswordException e) {
            throw new UncleanException("is encrypted with a password", e);
        }
    }

    private void cleanStreams(PdfParts parts) throws UncleanException, IOException {
        Unpacked unpacked = new Unpacked();
        for (COSStream stream : parts.streams(Role.FILE)) {
            replace(stream, List.of(), COSName.FLATE_DECODE, unpacked);
        }
        for (COSStream stream : parts.streams(Role.DRAWING)) {
            change(stream, drawing -> PdfDrawing.clean(drawing, (filters, data) -> inline(filters, data, unpacked)));
        }
        for (COSStream stream : parts.streams(Role.PROGRAM)) {
            change(stream, PdfDrawing::withoutComments);
        }
        for (COSStream stream : parts.streams(Role.SCRIPT)) {
            change(stream, script -> {
                String text = new COSString(script).getString();
                String cleaned = ScriptText.clean(text);
                return cleaned.equals(text) ? script : new COSString(cleaned).getBytes();
            });
        }
        for (COSStream stream : parts.streams(Role.XML_FORM)) {
            change(stream, PdfScrubber::withoutMetadata);
        }
        for (COSStream stream : parts.streams(Role.PLAIN)) {
            String type = stream.getNameAsString(COSName.TYPE);
            COSBase filter = lastFilter(stream);
            if ("Metadata".equals(type)) {
                // Somebody has given it a name, so that it can be reached and must stay.
                stream.removeItem(COSName.FILTER);
                stream.removeItem(COSName.DECODE_PARMS);
                stream.createRawOutputStream().close();
            } else if ("EmbeddedFile".equals(type)) {
                replace(stream, List.of(), COSName.FLATE_DECODE, unpacked);
            } else if (filter instanceof COSName name && JPEG.contains(name.getName())) {
                replace(stream, JPEG, null, unpacked);
            } else if (filter instanceof COSName name && JPEG_2000.contains(name.getName())) {
                replace(stream, JPEG_2000, null, unpacked);
            }
        }
    }

    /** A part of a form may be no XML by itself, but merely begin what another part ends. */
    private static byte[] withoutMetadata(byte[] xml) throws IOException {
        ByteArrayOutputStream cleaned = new ByteArrayOutputStream();
        try {
            return XmlFilter.filter(new ByteArrayInputStream(xml), cleaned, FORM) == Found.SOMETHING
                    ? cleaned.toByteArray()
                    : xml;
        } catch (UncleanException e) {
            return xml;
        }
    }

    /** What becomes of the content of a stream. */
    @FunctionalInterface
    private interface Change {

        /** {@return what takes its place; the same array if nothing is removed} */
        byte[] of(byte[] content) throws UncleanException, IOException;
    }

    private static void change(COSStream stream, Change change) throws UncleanException, IOException {
        // Each is bounded by itself, as nothing of it is kept.
        Unpacked alone = new Unpacked();
        byte[] before;
        try (BoundedInputStream content =
                alone.bounded(new PDStream(stream).createInputStream(List.of()), stream.getLength())) {
            before = content.readNBytes(MOST_DRAWING + 1);
            alone.count(content);
        }
        if (before.length > MOST_DRAWING) {
            throw new UncleanException(
                    "has instructions of more than %d MB, the most that are read".formatted(MOST_DRAWING >> 20));
        }
        byte[] after = change.of(before);
        if (after != before) {
            stream.removeItem(COSName.DECODE_PARMS);
            try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
                out.write(after);
            }
        }
    }

    /** A photograph between instructions; null if nothing is to be removed. */
    private byte @Nullable [] inline(List<String> filters, byte[] data, Unpacked unpacked)
            throws UncleanException, IOException {
        if (!JPEG.contains(filters.get(filters.size() - 1))) {
            return null;
        }
        COSStream picture = new COSStream();
        try (OutputStream out = picture.createRawOutputStream()) {
            out.write(data);
        }
        COSArray names = new COSArray();
        filters.forEach(filter -> names.add(COSName.getPDFName(filter)));
        picture.setItem(COSName.FILTER, names);
        return replace(picture, JPEG, null, unpacked)
                ? picture.createRawInputStream().readAllBytes()
                : null;
    }

    private static @Nullable COSBase lastFilter(COSStream stream) {
        COSBase filters = stream.getFilters();
        return filters instanceof COSArray array && array.size() > 0 ? array.getObject(array.size() - 1) : filters;
    }

    /** Cleans what the filters before the named ones give. {@return whether anything was to be removed} */
    private boolean replace(COSStream stream, List<String> stopAt, @Nullable COSName filter, Unpacked unpacked)
            throws UncleanException, IOException {
        COSBase last = lastFilter(stream);
        try (BoundedInputStream content =
                        unpacked.bounded(new PDStream(stream).createInputStream(stopAt), stream.getLength());
                Spool part = Spool.of(content);
                Spool clean = new Spool()) {
            unpacked.count(content);
            if (others.scrubPart(part, clean) == Found.NOTHING) {
                return false;
            }
            clean.finish();
            if (!stopAt.isEmpty()) {
                COSBase parameters = stream.getDictionaryObject(COSName.DECODE_PARMS);
                if (parameters instanceof COSArray array) {
                    stream.setItem(COSName.DECODE_PARMS, array.getObject(array.size() - 1));
                }
            } else {
                stream.removeItem(COSName.DECODE_PARMS);
            }
            try (InputStream cleaned = clean.open();
                    OutputStream out =
                            filter == null ? stream.createRawOutputStream() : stream.createOutputStream(filter)) {
                cleaned.transferTo(out);
            }
            if (filter == null && last != null) {
                stream.setItem(COSName.FILTER, last);
            }
            return true;
        }
    }

    /** What the files and pictures of one document have unpacked to. */
    private static final class Unpacked {

        private long bytes;

        private BoundedInputStream bounded(InputStream stream, long packedBytes) throws IOException {
            return BoundedInputStream.builder()
                    .setInputStream(stream)
                    .setMaxCount(Math.min(MOST_UNPACKED - bytes, Math.max(HARMLESS, MOST_TIMES * packedBytes)) + 1)
                    .get();
        }

        private void count(BoundedInputStream stream) throws UncleanException {
            if (stream.getCount() == stream.getMaxCount()) {
                throw new UncleanException("has a file in it that unpacks to far more than its size");
            }
            bytes += stream.getCount();
        }
    }
}
