package dev.restage.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Set;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import org.jspecify.annotations.Nullable;

/** Removes from an SVG its metadata, comments, and what drawing programs note for themselves, such as paths of files. */
final class SvgScrubber implements Scrubber {

    private static final String SVG = "http://www.w3.org/2000/svg";

    /** The namespaces that show something, or say how it is meant for readers. */
    private static final Set<String> KEPT = Set.of(
            "",
            SVG,
            "http://www.w3.org/1999/xlink",
            "http://www.w3.org/XML/1998/namespace",
            "http://www.w3.org/1999/xhtml",
            "http://www.w3.org/2000/xmlns/");

    private final Scrubbers others;

    SvgScrubber(Scrubbers others) {
        this.others = others;
    }

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        try (InputStream stream = file.open()) {
            return XmlFilter.filter(stream, cleaned, new Drawing());
        }
    }

    private final class Drawing implements XmlFilter.Rules {

        @Override
        public boolean drops(StartElement element) {
            String namespace = element.getName().getNamespaceURI();
            return !KEPT.contains(namespace)
                    || (namespace.equals(SVG)
                            && element.getName().getLocalPart().equals("metadata"));
        }

        @Override
        public @Nullable String attribute(StartElement element, Attribute attribute)
                throws UncleanException, IOException {
            if (!KEPT.contains(attribute.getName().getNamespaceURI())) {
                return null;
            }
            String value = attribute.getValue();
            return attribute.getName().getLocalPart().equals("href") && value.startsWith("data:") ? data(value) : value;
        }

        @Override
        public boolean dropsComments() {
            return true;
        }
    }

    /** A picture within the picture. */
    private String data(String uri) throws UncleanException, IOException {
        int comma = uri.indexOf(',');
        if (comma < 0 || !uri.substring(0, comma).endsWith(";base64")) {
            return uri;
        }
        try (InputStream bytes =
                        new ByteArrayInputStream(Base64.getMimeDecoder().decode(uri.substring(comma + 1)));
                Spool inner = Spool.of(bytes);
                Spool clean = new Spool()) {
            if (others.scrubPart(inner, clean) == Found.NOTHING) {
                return uri;
            }
            try (InputStream cleaned = clean.open()) {
                return uri.substring(0, comma + 1) + Base64.getEncoder().encodeToString(cleaned.readAllBytes());
            }
        } catch (IllegalArgumentException e) {
            throw new UncleanException("has a picture in it that cannot be read", e);
        }
    }
}
