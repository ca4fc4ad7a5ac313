package dev.restage.files;

import dev.restage.files.PdfParts.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
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
 * Writes a PDF anew, always, so that former versions in it are gone, and without its information, XMP, the authors of
 * its annotations, and what programs keep for themselves. Signatures go, which any change would make invalid and which
 * name the signer; their fields stay, unsigned. A document that opens without a password is written without encryption.
 */
final class PdfScrubber implements Scrubber {

    /** What may be on any dictionary and says who or with what. */
    private static final List<COSName> TALK = names("Metadata", "PieceInfo", "CreatorInfo");

    /** The same on pages and on what they show. A thumbnail shows what a page was like once. */
    private static final List<COSName> PAGE_TALK = names("LastModified", "Thumb");

    /** The same on the catalog: rights and certificates that belong to signatures, and where pages were captured. */
    private static final List<COSName> SIGNATURES = names("Perms", "DSS", "Legal", "SpiderInfo");

    /** All that a file needs to be opened: others keep the source of the document there. */
    private static final Set<COSName> TRAILER = Set.of(COSName.ROOT, COSName.SIZE, COSName.ENCRYPT, COSName.PREV);

    /** Annotations that are called T; in the others, T is who made them. Source: ISO 32000-2, tables 172, 190 and 192. */
    private static final Set<String> TITLED = Set.of("Widget", "Screen", "Movie", "RichMedia");

    private static final List<String> JPEG = List.of("DCTDecode", "DCT");
    private static final List<String> JPEG_2000 = List.of("JPXDecode");

    /** What an attached file may always unpack to, and how many times its packed size beyond that. */
    private static final long HARMLESS = 10 << 20;

    private static final int MOST_TIMES = 100;
    private static final long MOST_UNPACKED = 1L << 30;

    /** More fields than these are not within each other. */
    private static final int MOST_DEPTH = 64;

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
            List.copyOf(trailer.keySet()).stream()
                    .filter(key -> !TRAILER.contains(key))
                    .forEach(trailer::removeItem);
            COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
            SIGNATURES.forEach(catalog::removeItem);
            PdfParts.of(catalog).forEach(PdfScrubber::clean);
            cleanStreams(PdfParts.of(catalog));
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

    private static void clean(COSDictionary dictionary, Set<Role> roles) {
        if (roles.contains(Role.NAMES)) {
            return;
        }
        TALK.forEach(dictionary::removeItem);
        COSName type = dictionary.getCOSName(COSName.TYPE);
        if (COSName.PAGE.equals(type) || dictionary instanceof COSStream) {
            PAGE_TALK.forEach(dictionary::removeItem);
        }
        if (isNamedAfterItsAuthor(dictionary, roles)) {
            dictionary.removeItem(COSName.T);
        }
        if (isSignatureField(dictionary)) {
            dictionary.removeItem(COSName.V);
            dictionary.removeItem(COSName.getPDFName("SV"));
        }
        if (COSName.SIG.equals(type) || dictionary.containsKey(COSName.BYTERANGE)) {
            dictionary.clear();
        }
        if (COSName.getPDFName("Thread").equals(type)) {
            dictionary.removeItem(COSName.I);
        }
        if (dictionary.getDictionaryObject(COSName.XFA) instanceof COSArray packets) {
            withoutMetadata(packets);
        }
        if (roles.contains(Role.LAYER_USAGE)) {
            dictionary.removeItem(COSName.getPDFName("User"));
        }
        if (roles.contains(Role.LAYER_CONFIGURATION)) {
            dictionary.removeItem(COSName.CREATOR);
        }
    }

    /** An XML form is a list of names and their streams. */
    private static void withoutMetadata(COSArray packets) {
        for (int at = packets.size() - 2; at >= 0; at--) {
            if (packets.getObject(at) instanceof COSString name
                    && name.getString().equals("xmpmeta")) {
                packets.remove(at + 1);
                packets.remove(at);
            }
        }
    }

    private static boolean isNamedAfterItsAuthor(COSDictionary dictionary, Set<Role> roles) {
        String subtype = dictionary.getNameAsString(COSName.SUBTYPE);
        return subtype != null
                && !TITLED.contains(subtype)
                && (roles.contains(Role.ANNOTATION) || dictionary.containsKey(COSName.RECT));
    }

    /** The type of a field may be said by those that it lies in. */
    private static boolean isSignatureField(COSDictionary dictionary) {
        COSDictionary field = dictionary;
        for (int depth = 0; field != null && depth < MOST_DEPTH; depth++) {
            COSName type = field.getCOSName(COSName.FT);
            if (type != null) {
                return type.equals(COSName.SIG);
            }
            field = field.getCOSDictionary(COSName.PARENT);
        }
        return false;
    }

    private void cleanStreams(PdfParts parts) throws UncleanException, IOException {
        Unpacked unpacked = new Unpacked();
        for (COSStream stream : parts.streams(Role.FILE)) {
            replace(stream, List.of(), COSName.FLATE_DECODE, unpacked);
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

    private static @Nullable COSBase lastFilter(COSStream stream) {
        COSBase filters = stream.getFilters();
        return filters instanceof COSArray array && array.size() > 0 ? array.getObject(array.size() - 1) : filters;
    }

    /** Cleans what the filters before the named ones give. */
    private void replace(COSStream stream, List<String> stopAt, @Nullable COSName filter, Unpacked unpacked)
            throws UncleanException, IOException {
        COSBase last = lastFilter(stream);
        try (BoundedInputStream content =
                        unpacked.bounded(new PDStream(stream).createInputStream(stopAt), stream.getLength());
                Spool part = Spool.of(content);
                Spool clean = new Spool()) {
            unpacked.count(content);
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
            if (filter == null && last != null) {
                stream.setItem(COSName.FILTER, last);
            }
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

    private static List<COSName> names(String... names) {
        return List.of(names).stream().map(COSName::getPDFName).toList();
    }
}
