package dev.restage.files.internal.office;

import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import dev.restage.files.internal.file.XmlFilter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * Which parts of a package stay. In an Office file those to which relationships lead from its root, but for those that draw nothing;
 * in an OpenDocument file all but what only the program that wrote it reads; in other archives all.
 *
 * <p>Source: ECMA-376, part 2, 5th edition (relationships); OpenDocument 1.3, part 2.
 */
final class PackageParts {

    /** What a ZIP file is. */
    enum Layout {
        OFFICE,
        OPEN_DOCUMENT,
        /** Whatever else people pack. */
        ARCHIVE
    }

    static final String MIME_TYPE = "mimetype";

    private static final String CONTENT_TYPES = "[Content_Types].xml";
    private static final String ROOT = "_rels/.rels";
    private static final Pattern OPEN_DOCUMENT =
            Pattern.compile("application/vnd\\.oasis\\.opendocument\\.[a-z.-]+\\s*");
    private static final int MOST_TYPE = 1000;

    /** Relationships to the document itself in Word, Excel and PowerPoint, and in Visio. Other packages have parts without any. */
    private static final Set<String> DOCUMENT = Set.of("officeDocument", "document");

    /** Signatures, which any change would make invalid, with the names of those who signed. */
    private static final String SIGNATURES = "_xmlsignatures/";

    /** What LibreOffice keeps for itself: where lines end, its menus, small pictures, notes on notes, signatures and the like. */
    private static final Pattern OF_PROGRAM = Pattern.compile("(?:.*/)?(?:layout-cache|manifest\\.rdf"
            + "|Configurations2/.*|Thumbnails/.*|META-INF/(?!manifest\\.xml$).*)");

    private final Layout layout;
    private final Map<String, ZipArchiveEntry> byName = new HashMap<>();
    private final Set<String> reached = new HashSet<>();
    private boolean all = true;

    private PackageParts(Layout layout) {
        this.layout = layout;
    }

    /** {@return what a file is} */
    static Layout layout(ZipParts zip) throws UncleanException, IOException {
        ZipArchiveEntry type = zip.named(MIME_TYPE);
        if (type != null && type.getSize() <= MOST_TYPE) {
            try (Spool content = zip.unpack(type);
                    InputStream stream = content.open()) {
                String text = new String(stream.readNBytes(MOST_TYPE), StandardCharsets.ISO_8859_1);
                if (OPEN_DOCUMENT.matcher(text).matches()) {
                    return Layout.OPEN_DOCUMENT;
                }
            }
        }
        return zip.named(CONTENT_TYPES) == null ? Layout.ARCHIVE : Layout.OFFICE;
    }

    static PackageParts of(ZipParts zip, Layout layout) throws UncleanException, IOException {
        PackageParts parts = new PackageParts(layout);
        if (layout == Layout.OFFICE) {
            for (ZipArchiveEntry part : zip.all()) {
                parts.byName.put(plain(part.getName()), part);
            }
            parts.follow(zip);
        }
        return parts;
    }

    /** {@return whether a part stays} */
    boolean keeps(String name) {
        return switch (layout) {
            case ARCHIVE -> true;
            case OPEN_DOCUMENT -> !OF_PROGRAM.matcher(name).matches();
            case OFFICE -> !name.startsWith(SIGNATURES) && (all || reached.contains(plain(name)));
        };
    }

    private void follow(ZipParts zip) throws UncleanException, IOException {
        Deque<String> todo = new ArrayDeque<>(Set.of(""));
        while (!todo.isEmpty()) {
            String source = todo.pop();
            int folder = source.lastIndexOf('/') + 1;
            String relations = source.substring(0, folder) + "_rels/" + source.substring(folder) + ".rels";
            ZipArchiveEntry part = byName.get(relations);
            if (part != null) {
                reached.add(relations);
                for (String target : targets(zip, part, relations.equals(ROOT))) {
                    String name = plain(target.startsWith("/") ? target : source.substring(0, folder) + target);
                    if (byName.containsKey(name) && reached.add(name)) {
                        todo.push(name);
                    }
                }
            }
        }
        reached.add(plain(CONTENT_TYPES));
    }

    private Set<String> targets(ZipParts zip, ZipArchiveEntry relations, boolean root)
            throws UncleanException, IOException {
        Set<String> targets = new HashSet<>();
        try (Spool content = zip.unpack(relations);
                InputStream stream = content.open()) {
            XMLEventReader events = XmlFilter.reader(stream);
            while (events.hasNext()) {
                XMLEvent event = events.nextEvent();
                if (event.isStartElement()) {
                    String type = attribute(event.asStartElement(), "Type");
                    all &= !root || !DOCUMENT.contains(type.substring(type.lastIndexOf('/') + 1));
                    if (OfficeXml.leads(type)) {
                        targets.add(attribute(event.asStartElement(), "Target"));
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw XmlFilter.unclean(e);
        }
        return targets;
    }

    private static String attribute(StartElement element, String local) {
        for (Iterator<Attribute> attributes = element.getAttributes(); attributes.hasNext(); ) {
            Attribute attribute = attributes.next();
            if (attribute.getName().getLocalPart().equals(local)) {
                return attribute.getValue();
            }
        }
        return "";
    }

    /** Names are compared without case, and programs write them with slashes of either kind, or escaped. */
    private static String plain(String name) {
        Deque<String> path = new ArrayDeque<>();
        String decoded;
        try {
            decoded = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // It has a percent sign as it is.
            decoded = name;
        }
        for (String step : decoded.replace('\\', '/').toLowerCase(Locale.ROOT).split("/", -1)) {
            if (step.equals("..")) {
                path.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                path.addLast(step);
            }
        }
        return String.join("/", path);
    }
}
