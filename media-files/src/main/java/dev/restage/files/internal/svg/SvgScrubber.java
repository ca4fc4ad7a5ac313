package dev.restage.files.internal.svg;

import dev.restage.files.internal.file.FilesWithin;
import dev.restage.files.internal.file.ScriptText;
import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import dev.restage.files.internal.file.XmlFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of an SVG what it shows: without metadata, comments, what drawing programs note for themselves, such as paths of files and
 * names of layers, and attributes that draw nothing. Pictures in it are cleaned.
 */
public final class SvgScrubber implements Scrubber {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XHTML = "http://www.w3.org/1999/xhtml";
    private static final String FORMULA = "http://www.w3.org/1998/Math/MathML";

    /** A drawing may leave out its namespace, or have it declared elsewhere. */
    private static final Set<String> OURS = Set.of("", SVG);

    /** Elements of other languages, which have attributes of their own. */
    private static final Set<String> OTHERS = Set.of(XHTML, FORMULA);

    /** The namespaces that show something, or say how it is meant for readers. */
    private static final Set<String> KEPT = Set.of(
            "",
            SVG,
            XHTML,
            "http://www.w3.org/1999/xlink",
            "http://www.w3.org/XML/1998/namespace",
            FORMULA,
            "http://www.w3.org/2001/xml-events",
            "http://www.w3.org/2000/xmlns/");

    private static final String STYLE_SHEET = "xml-stylesheet";

    /** Source: Associating Style Sheets with XML documents, w3.org, 2010. */
    private static final Pattern OF_STYLE_SHEET =
            Pattern.compile("\\b(href|type|media|alternate|charset|title)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

    private static final Set<String> SETS = Set.of("srcset", "imagesrcset");

    private final DataUris uris;

    public SvgScrubber(FilesWithin others) {
        this.uris = new DataUris(others);
    }

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        SvgNames names;
        try (InputStream stream = file.open()) {
            names = SvgNames.of(stream);
        }
        try (InputStream stream = file.open()) {
            return XmlFilter.filter(stream, cleaned, new Drawing(names));
        }
    }

    private final class Drawing implements XmlFilter.Rules {

        private final SvgNames names;

        private Drawing(SvgNames names) {
            this.names = names;
        }

        @Override
        public boolean drops(StartElement element) {
            String namespace = element.getName().getNamespaceURI();
            String name = element.getName().getLocalPart();
            return !KEPT.contains(namespace)
                    || (OURS.contains(namespace) && !SvgEntries.keepsElement(name))
                    || (namespace.equals(XHTML) && name.equals("meta"));
        }

        @Override
        public boolean replacesText(StartElement element) {
            String name = element.getName().getLocalPart();
            return name.equals("style") || name.equals("script");
        }

        @Override
        public String text(StartElement element, String text) throws UncleanException, IOException {
            if (element.getName().getLocalPart().equals("style")) {
                return CssText.clean(text, uris);
            }
            Attribute type = element.getAttributeByName(new QName("type"));
            boolean module = type != null && type.getValue().strip().equalsIgnoreCase("module");
            return uris.cleanScript(module ? ScriptText.cleanModule(text) : ScriptText.clean(text));
        }

        @Override
        public @Nullable String attribute(StartElement element, Attribute attribute)
                throws UncleanException, IOException {
            String name = attribute.getName().getLocalPart().toLowerCase(Locale.ROOT);
            if (!keeps(element, attribute, name)) {
                return null;
            }
            return name.equals("id") ? names.id(attribute.getValue()) : value(element, attribute, name);
        }

        private boolean keeps(StartElement element, Attribute attribute, String name) {
            String namespace = attribute.getName().getNamespaceURI();
            if (!namespace.isEmpty()) {
                return KEPT.contains(namespace) && !name.equals("base");
            }
            boolean known = OTHERS.contains(element.getName().getNamespaceURI())
                    ? !name.startsWith("data-")
                    : SvgEntries.keeps(name);
            return known || names.mentions(name);
        }

        @Override
        public @Nullable String instruction(String target, String data) throws UncleanException, IOException {
            if (!target.equals(STYLE_SHEET)) {
                return null;
            }
            StringBuilder kept = new StringBuilder();
            for (Matcher entry = OF_STYLE_SHEET.matcher(data); entry.find(); ) {
                String value = uris.clean(entry.group(2) == null ? entry.group(3) : entry.group(2));
                String quote = value.contains("\"") ? "'" : "\"";
                kept.append(kept.isEmpty() ? "" : " ").append(entry.group(1)).append('=');
                kept.append(quote).append(value).append(quote);
            }
            return kept.toString();
        }

        @Override
        public boolean declares(String namespace) {
            return KEPT.contains(namespace);
        }

        private String value(StartElement element, Attribute attribute, String name)
                throws UncleanException, IOException {
            String value = attribute.getValue();
            if (SvgEntries.isScript(name)) {
                return uris.cleanScript(ScriptText.clean(value));
            }
            if (SETS.contains(name)) {
                return uris.cleanSet(value);
            }
            String cleaned = uris.clean(value);
            if (!cleaned.equals(value)) {
                return cleaned;
            }
            if (name.equals("style") || value.indexOf('(') >= 0 || value.indexOf('\\') >= 0) {
                cleaned = CssText.clean(value, uris);
            }
            return names.referring(element, attribute, cleaned.equals(value) ? uris.cleanWithin(value) : cleaned);
        }

        @Override
        public boolean dropsComments() {
            return true;
        }
    }
}
