package dev.restage.files.internal.office;

import dev.restage.files.internal.file.FilesWithin;
import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import dev.restage.files.internal.file.XmlFilter;
import dev.restage.files.internal.office.PackageParts.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipExtraField;
import org.apache.commons.io.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Cleans the packages of Office and OpenDocument, and archives within other files, part by part. Of a part that stays as it is the
 * packed bytes are copied, and nothing else of what the ZIP file says of it: no comment, no field that a program has added.
 */
public final class PackageScrubber implements Scrubber {

    private static final Set<String> XML = Set.of("xml", "rels", "psmdcp", "vml");
    private static final String DRAWING = ".vml";
    private static final int MOST_IN_MEMORY = 16 << 20;

    private final FilesWithin others;

    public PackageScrubber(FilesWithin others) {
        this.others = others;
    }

    /** Whether a ZIP file is one of these packages. */
    public static boolean isOffice(Spool file) {
        try (ZipParts zip = ZipParts.open(file)) {
            return PackageParts.layout(zip) != Layout.ARCHIVE;
        } catch (UncleanException | IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        try (ZipParts zip = ZipParts.open(file);
                Spool copy = new Spool()) {
            Layout layout = PackageParts.layout(zip);
            if (layout == Layout.ARCHIVE && !others.areWithinFile()) {
                throw new UncleanException("is a ZIP file, but no Office file");
            }
            refuseEncrypted(zip, layout);
            try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(copy)) {
                new Copy(zip, out, layout).all();
                out.finish();
            }
            copy.finish();
            // Whatever stood between the parts, behind them or with them is not in the copy.
            if (isSame(file, copy)) {
                return Found.NOTHING;
            }
            try (InputStream stream = copy.open()) {
                stream.transferTo(cleaned);
            }
            return Found.SOMETHING;
        }
    }

    private static boolean isSame(Spool one, Spool other) throws IOException {
        if (one.sizeBytes() != other.sizeBytes()) {
            return false;
        }
        try (InputStream first = one.open();
                InputStream second = other.open()) {
            return IOUtils.contentEquals(first, second);
        }
    }

    private static void refuseEncrypted(ZipParts zip, Layout layout) throws UncleanException, IOException {
        ZipArchiveEntry manifest = zip.named("META-INF/manifest.xml");
        if (layout == Layout.OPEN_DOCUMENT && manifest != null) {
            try (Spool content = zip.unpack(manifest)) {
                if (new String(content.inMemory(MOST_IN_MEMORY), StandardCharsets.UTF_8).contains("encryption-data")) {
                    throw new UncleanException("is encrypted with a password");
                }
            }
        }
    }

    private final class Copy {

        private final ZipParts zip;
        private final ZipArchiveOutputStream out;
        private final Layout layout;
        private final Set<String> gone = new HashSet<>();

        private Copy(ZipParts zip, ZipArchiveOutputStream out, Layout layout) {
            this.zip = zip;
            this.out = out;
            this.layout = layout;
        }

        private void all() throws UncleanException, IOException {
            PackageParts parts = PackageParts.of(zip, layout);
            for (ZipArchiveEntry part : zip.all()) {
                if (!parts.keeps(part.getName())) {
                    gone.add(part.getName());
                }
            }
            for (ZipArchiveEntry part : zip.all()) {
                if (!part.isDirectory() && !gone.contains(part.getName())) {
                    part(part);
                }
            }
        }

        private void part(ZipArchiveEntry part) throws UncleanException, IOException {
            if (layout == Layout.OPEN_DOCUMENT && part.getName().equals(PackageParts.MIME_TYPE)) {
                asItIs(part);
                return;
            }
            try (Spool content = zip.unpack(part);
                    Spool clean = new Spool()) {
                Found found = layout != Layout.ARCHIVE && isXml(part.getName(), content)
                        ? xml(part.getName(), content, clean)
                        : others.scrubPart(content, clean);
                if (found == Found.NOTHING) {
                    asItIs(part);
                } else {
                    clean.finish();
                    write(part, clean);
                }
            }
        }

        private Found xml(String name, Spool content, Spool clean) throws UncleanException, IOException {
            OfficeXml rules = layout == Layout.OFFICE
                    ? OfficeXml.OFFICE
                    : name.endsWith("meta.xml") ? OfficeXml.OPEN_DOCUMENT_PROPERTIES : OfficeXml.OPEN_DOCUMENT;
            try (InputStream stream =
                    name.toLowerCase(Locale.ROOT).endsWith(DRAWING) ? withClosedBreaks(content) : content.open()) {
                return XmlFilter.filter(stream, clean, new WithoutGone(rules, gone));
            }
        }

        private void asItIs(ZipArchiveEntry part) throws IOException {
            ZipArchiveEntry entry = entry(part, part.getMethod(), part.getCrc(), part.getSize());
            entry.setCompressedSize(part.getCompressedSize());
            try (InputStream raw = zip.packed(part)) {
                out.addRawArchiveEntry(entry, raw);
            }
        }

        private void write(ZipArchiveEntry part, Spool clean) throws IOException {
            CRC32 sum = new CRC32();
            Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            try (Spool packed = new Spool()) {
                try (InputStream stream = new CheckedInputStream(clean.open(), sum);
                        DeflaterOutputStream deflated = new DeflaterOutputStream(packed, deflater)) {
                    stream.transferTo(deflated);
                } finally {
                    deflater.end();
                }
                packed.finish();
                ZipArchiveEntry entry = entry(part, ZipEntry.DEFLATED, sum.getValue(), clean.sizeBytes());
                entry.setCompressedSize(packed.sizeBytes());
                try (InputStream raw = packed.open()) {
                    out.addRawArchiveEntry(entry, raw);
                }
            }
        }

        /** The same part without whatever else the file says of it. */
        private ZipArchiveEntry entry(ZipArchiveEntry part, int method, long sum, long bytes) {
            ZipArchiveEntry entry = new ZipArchiveEntry(part.getName());
            entry.setTime(part.getTime());
            entry.setExtraFields(new ZipExtraField[0]);
            entry.setMethod(method);
            entry.setCrc(sum);
            entry.setSize(bytes);
            return entry;
        }
    }

    /** Of a part that goes, those that list the parts must not speak either. */
    private record WithoutGone(XmlFilter.Rules rules, Set<String> gone) implements XmlFilter.Rules {

        @Override
        public boolean drops(StartElement element) {
            return rules.drops(element) || isGone(element);
        }

        private boolean isGone(StartElement element) {
            String name = element.getName().getLocalPart();
            if (gone.isEmpty() || !(name.equals("Override") || name.equals("file-entry"))) {
                return false;
            }
            for (var all = element.getAttributes(); all.hasNext(); ) {
                Attribute attribute = all.next();
                String local = attribute.getName().getLocalPart();
                if ((local.equals("PartName")
                                && gone.contains(attribute.getValue().replaceFirst("^/", "")))
                        || (local.equals("full-path") && gone.contains(attribute.getValue()))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean replacesText(StartElement element) {
            return rules.replacesText(element);
        }

        @Override
        public String text(StartElement element, String text) throws UncleanException, IOException {
            return rules.text(element, text);
        }

        @Override
        public @Nullable String attribute(StartElement element, Attribute attribute)
                throws UncleanException, IOException {
            return rules.attribute(element, attribute);
        }

        @Override
        public boolean dropsComments() {
            return rules.dropsComments();
        }

        @Override
        public @Nullable String instruction(String target, String data) throws UncleanException, IOException {
            return rules.instruction(target, data);
        }

        @Override
        public boolean declares(String namespace) {
            return rules.declares(namespace);
        }
    }

    /** By its name or by its content: properties need no extension. Drawings and pages have formats of their own. */
    private boolean isXml(String name, Spool content) throws IOException {
        return XML.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                || others.isPlainXml(content);
    }

    /** Excel writes breaks in old drawings as HTML does. */
    private static InputStream withClosedBreaks(Spool content) throws UncleanException, IOException {
        String text = new String(content.inMemory(MOST_IN_MEMORY), StandardCharsets.ISO_8859_1);
        return IOUtils.toInputStream(text.replace("<br>", "<br/>"), StandardCharsets.ISO_8859_1);
    }
}
