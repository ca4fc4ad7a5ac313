package dev.restage.files;

import dev.restage.files.Recognition.Seen;
import dev.restage.files.internal.file.FilesWithin;
import dev.restage.files.internal.file.GzipScrubber;
import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Scrubber.Found;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import dev.restage.files.internal.office.OleScrubber;
import dev.restage.files.internal.office.PackageScrubber;
import dev.restage.files.internal.pdf.PdfScrubber;
import dev.restage.files.internal.picture.GifScrubber;
import dev.restage.files.internal.picture.Jp2Scrubber;
import dev.restage.files.internal.picture.JpegScrubber;
import dev.restage.files.internal.picture.PngScrubber;
import dev.restage.files.internal.picture.TiffScrubber;
import dev.restage.files.internal.picture.WebpScrubber;
import dev.restage.files.internal.svg.SvgScrubber;
import dev.restage.provider.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Knows who cleans which format, also for files that lie within files. There is one for each file that is cleaned. */
final class Scrubbers implements FilesWithin {

    /** Deeper is no document that people make. */
    private static final int MOST_DEPTH = 4;

    private static final long MOST_BYTES = 4L << 30;

    /** Fonts name those who have drawn them, whom everybody may know. */
    private static final Pattern FONT = Pattern.compile(".*(font|opentype|truetype).*");

    private final Recognition recognition;
    private final int depth;
    private final Parts parts;
    private final Map<FileFormat, Scrubber> all = new EnumMap<>(FileFormat.class);

    Scrubbers(Recognition recognition) {
        this(recognition, MOST_BYTES);
    }

    /** @param mostBytes what all files within the file may unpack to, at all depths */
    Scrubbers(Recognition recognition, long mostBytes) {
        this(recognition, 0, new Parts(mostBytes));
    }

    private Scrubbers(Recognition recognition, int depth, Parts parts) {
        this.recognition = recognition;
        this.depth = depth;
        this.parts = parts;
        all.put(FileFormat.JPEG, new JpegScrubber());
        all.put(FileFormat.PNG, new PngScrubber());
        all.put(FileFormat.WEBP, new WebpScrubber());
        all.put(FileFormat.GIF, new GifScrubber());
        all.put(FileFormat.JPEG_2000, new Jp2Scrubber());
        all.put(FileFormat.TIFF, new TiffScrubber());
        all.put(FileFormat.SVG, new SvgScrubber(this));
        all.put(FileFormat.PDF, new PdfScrubber(this));
        all.put(FileFormat.PACKAGE, new PackageScrubber(this));
        all.put(FileFormat.OLE, new OleScrubber(this));
        all.put(FileFormat.GZIP, new GzipScrubber(this));
    }

    /** What was met in one file, at all depths. */
    private static final class Parts {

        private final Set<String> unseen = new TreeSet<>();
        private long bytesLeft;

        private Parts(long bytesLeft) {
            this.bytesLeft = bytesLeft;
        }
    }

    /**
     * Cleans a file of a format that can be cleaned.
     *
     * @throws UncleanException if it cannot be cleaned, for whatever reason
     */
    Found scrub(FileFormat format, Spool file, OutputStream cleaned) throws UncleanException {
        Scrubber scrubber = all.get(format);
        if (scrubber == null) {
            throw new IllegalArgumentException("nobody cleans " + format);
        }
        try {
            return scrubber.scrub(file, cleaned);
        } catch (ProviderException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Libraries meet hostile files here: whatever they stumble over, such a file is not clean.
            throw new UncleanException(
                    "cannot be read as the %s that it looks like"
                            .formatted(format.name().toLowerCase(Locale.ROOT).replace('_', ' ')),
                    e);
        }
    }

    /**
     * Cleans a file of which it was seen what it is.
     *
     * @throws UncleanException if it cannot be cleaned, for whatever reason
     */
    Found scrub(Seen seen, Spool file, OutputStream cleaned) throws UncleanException {
        if (!all.containsKey(seen.format())) {
            throw new UncleanException("%s, which holds metadata and cannot be cleaned".formatted(seen.is()));
        }
        return scrub(seen.format(), file, cleaned);
    }

    @Override
    public Found scrubPart(Spool part, OutputStream cleaned) throws UncleanException, IOException {
        parts.bytesLeft -= part.sizeBytes();
        if (parts.bytesLeft < 0) {
            throw new UncleanException("has files within files that unpack to far more than its size");
        }
        Seen seen = see(part);
        boolean archive = seen.format() == FileFormat.ZIP;
        if (seen.kind() == null && !archive) {
            if (part.sizeBytes() > 0 && !FONT.matcher(seen.type()).matches()) {
                parts.unseen.add(seen.type());
            }
            return Found.NOTHING;
        }
        if (depth == MOST_DEPTH) {
            throw new UncleanException("has files within files within files");
        }
        try {
            Scrubbers deeper = new Scrubbers(recognition, depth + 1, parts);
            return archive ? deeper.scrub(FileFormat.PACKAGE, part, cleaned) : deeper.scrub(seen, part, cleaned);
        } catch (UncleanException e) {
            throw new UncleanException("has a file in it that " + e.why(), e);
        }
    }

    /** {@return what was not looked into, as the end of the sentence "this file ..."; empty if all was} */
    String unseen() {
        return parts.unseen.isEmpty() ? "" : "holds what was not looked into: " + String.join(", ", parts.unseen);
    }

    @Override
    public boolean areWithinFile() {
        return depth > 0;
    }

    @Override
    public boolean isPlainXml(Spool part) throws IOException {
        try (InputStream stream = part.open()) {
            byte[] head = stream.readNBytes(Recognition.HEAD_BYTES);
            return Recognition.isXml(head) && recognition.ofContent(head).kind() == null;
        }
    }

    @Override
    public boolean know(byte[] file) throws IOException {
        Seen seen = recognition.ofContent(Arrays.copyOf(file, Math.min(file.length, Recognition.HEAD_BYTES)));
        return seen.kind() != null || seen.format() == FileFormat.ZIP;
    }

    private Seen see(Spool part) throws IOException {
        try (InputStream stream = part.open()) {
            return recognition.ofContent(stream.readNBytes(Recognition.HEAD_BYTES));
        }
    }
}
