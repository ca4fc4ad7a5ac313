package dev.restage.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import org.jspecify.annotations.Nullable;

/**
 * Removes from an SVG its metadata, comments, what drawing programs note for themselves, such as paths of files and names of
 * layers, and the same from pictures in it.
 */
final class SvgScrubber implements Scrubber {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XHTML = "http://www.w3.org/1999/xhtml";

    /** The namespaces that show something, or say how it is meant for readers. */
    private static final Set<String> KEPT = Set.of(
            "",
            SVG,
            XHTML,
            "http://www.w3.org/1999/xlink",
            "http://www.w3.org/XML/1998/namespace",
            "http://www.w3.org/1998/Math/MathML",
            "http://www.w3.org/2001/xml-events",
            "http://www.w3.org/2000/xmlns/");

    /** What a layer is called, where that could not be its identifier. */
    private static final String LAYER = "data-name";

    private static final Set<String> SETS = Set.of("srcset", "imagesrcset");

    private final DataUris uris;

    SvgScrubber(Scrubbers others) {
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
                    || (namespace.equals(SVG) && name.equals("metadata"))
                    || (namespace.equals(XHTML) && name.equals("meta"));
        }

        @Override
        public boolean replacesText(StartElement element) {
            String name = element.getName().getLocalPart();
            return name.equals("style") || name.equals("script");
        }

        @Override
        public String text(StartElement element, String text) throws UncleanException, IOException {
            return element.getName().getLocalPart().equals("style")
                    ? CssText.clean(text, uris)
                    : uris.cleanWithin(text);
        }

        @Override
        public @Nullable String attribute(StartElement element, Attribute attribute)
                throws UncleanException, IOException {
            String name = attribute.getName().getLocalPart().toLowerCase(Locale.ROOT);
            if (!KEPT.contains(attribute.getName().getNamespaceURI()) || name.equals(LAYER)) {
                return null;
            }
            return name.equals("id") ? names.id(attribute.getValue()) : value(name, attribute.getValue());
        }

        private String value(String name, String value) throws UncleanException, IOException {
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
            return cleaned.equals(value) ? names.referring(uris.cleanWithin(value)) : names.referring(cleaned);
        }

        @Override
        public boolean dropsComments() {
            return true;
        }
    }
}
