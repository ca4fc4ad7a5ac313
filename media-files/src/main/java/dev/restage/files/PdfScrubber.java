package dev.restage.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a PDF anew, always, so that former versions in it are gone, and without its information, XMP, the authors of
 * its annotations, and what programs keep for themselves. Signatures go, which any change would make invalid and which
 * name the signer; their fields stay, unsigned. A document that opens without a password is written without encryption.
 */
final class PdfScrubber implements Scrubber {

    /** What may be on any dictionary and says who, when or with what. */
    private static final List<COSName> TALK =
            List.of(COSName.METADATA, COSName.getPDFName("PieceInfo"), COSName.LAST_MODIFIED);

    /** The same on the catalog: rights and certificates that belong to signatures. */
    private static final List<COSName> SIGNATURES =
            List.of(COSName.PERMS, COSName.getPDFName("DSS"), COSName.getPDFName("Legal"));

    /** Annotations that people make. Source: ISO 32000-2, table 171; in the others, T is the name of a form's field. */
    private static final Set<String> MARKUP = Set.of(
            "Text",
            "FreeText",
            "Line",
            "Square",
            "Circle",
            "Polygon",
            "PolyLine",
            "Highlight",
            "Underline",
            "Squiggly",
            "StrikeOut",
            "Caret",
            "Stamp",
            "Ink",
            "FileAttachment",
            "Sound",
            "Redact",
            "Projection");

    /** The time of which the identifier of the written file is made: the same file gives the same bytes. */
    private static final long NO_TIME = 0;

    private final Scrubbers others;

    PdfScrubber(Scrubbers others) {
        this.others = others;
    }

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        try (PDDocument document =
                Loader.loadPDF(file.path().toFile(), "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
            COSDictionary trailer = document.getDocument().getTrailer();
            trailer.removeItem(COSName.INFO);
            trailer.removeItem(COSName.ID);
            COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
            SIGNATURES.forEach(catalog::removeItem);
            walk(catalog);
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

    private void walk(COSBase root) throws UncleanException, IOException {
        Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<COSBase> todo = new ArrayDeque<>(List.of(root));
        while (!todo.isEmpty()) {
            COSBase next = resolved(todo.pop());
            if (next == null || !seen.add(next)) {
                continue;
            }
            if (next instanceof COSDictionary dictionary) {
                clean(dictionary);
                dictionary.getValues().forEach(todo::push);
            } else if (next instanceof COSArray array) {
                array.forEach(element -> {
                    if (element != null) {
                        todo.push(element);
                    }
                });
            }
        }
    }

    private static @Nullable COSBase resolved(COSBase base) {
        return base instanceof COSObject reference ? reference.getObject() : base;
    }

    private void clean(COSDictionary dictionary) throws UncleanException, IOException {
        TALK.forEach(dictionary::removeItem);
        COSName type = dictionary.getCOSName(COSName.TYPE);
        if (MARKUP.contains(String.valueOf(dictionary.getNameAsString(COSName.SUBTYPE)))) {
            dictionary.removeItem(COSName.T);
        }
        if (COSName.SIG.equals(dictionary.getCOSName(COSName.FT))) {
            dictionary.removeItem(COSName.V);
        }
        if (COSName.SIG.equals(type)) {
            dictionary.clear();
        }
        if (COSName.getPDFName("Thread").equals(type)) {
            dictionary.removeItem(COSName.I);
        }
        if (dictionary instanceof COSStream stream) {
            cleanStream(stream, COSName.getPDFName("EmbeddedFile").equals(type));
        }
    }

    private void cleanStream(COSStream stream, boolean attached) throws UncleanException, IOException {
        if (attached) {
            replace(stream, List.of(), COSName.FLATE_DECODE);
        } else if (isJpeg(stream.getFilters())) {
            replace(stream, List.of("DCTDecode", "DCT"), null);
        }
    }

    private static boolean isJpeg(@Nullable COSBase filters) {
        COSBase last =
                filters instanceof COSArray array && array.size() > 0 ? array.getObject(array.size() - 1) : filters;
        return COSName.DCT_DECODE.equals(last) || COSName.DCT_DECODE_ABBREVIATION.equals(last);
    }

    /** Cleans what the filters before the named ones give. */
    private void replace(COSStream stream, List<String> stopAt, @Nullable COSName filter)
            throws UncleanException, IOException {
        try (InputStream content = new PDStream(stream).createInputStream(stopAt);
                Spool part = Spool.of(content);
                Spool clean = new Spool()) {
            if (others.scrubPart(part, clean) == Found.NOTHING) {
                return;
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
            if (filter == null) {
                stream.setItem(COSName.FILTER, COSName.DCT_DECODE);
            }
        }
    }
}
