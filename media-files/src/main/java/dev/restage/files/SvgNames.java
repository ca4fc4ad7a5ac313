package dev.restage.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers of a drawing. Drawing programs make them of what people call their layers and shapes. Those that nothing in the
 * drawing refers to go, others get another name with what refers to them; but not where other files could refer to them.
 */
final class SvgNames {

    /** What people give names to. Gradients, symbols and the like have names only so that they can be referred to. */
    private static final Set<String> NAMED = Set.of(
            "svg",
            "g",
            "a",
            "switch",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "text",
            "tspan",
            "image",
            "use",
            "foreignObject");

    /** What programs call things by themselves. */
    private static final Pattern NOBODY =
            Pattern.compile("(?i)(layer|ebene|calque|capa|livello|slice|path|rect|circle|ellipse"
                    + "|line|polyline|polygon|g|group|svg|text|tspan|image|img|use|shape|icon|id|a|artboard|page|vector|frame|union)?"
                    + "[-_]?[0-9._-]*");

    /** Where a picture consists of parts that other files show one by one. */
    private static final Set<String> PARTS = Set.of("symbol", "view");

    private static final Pattern REFERENCE = Pattern.compile("#([^\\s\"'()]+)");

    /** Attributes that hold identifiers as they are. */
    private static final Set<String> BARE = Set.of("for", "form", "list", "headers", "begin", "end");

    private final Set<String> all = new HashSet<>();
    private final Set<String> named = new HashSet<>();
    private final Set<String> referred = new HashSet<>();
    private final Map<String, String> others = new HashMap<>();
    private final StringBuilder code = new StringBuilder();
    private boolean fixed;

    private SvgNames() {}

    static SvgNames of(InputStream stream) throws UncleanException, IOException {
        SvgNames names = new SvgNames();
        try {
            names.read(XmlFilter.reader(stream));
        } catch (XMLStreamException e) {
            throw XmlFilter.unclean(e);
        }
        names.decide();
        return names;
    }

    private void read(XMLEventReader events) throws XMLStreamException {
        int definitions = 0;
        boolean inCode = false;
        while (events.hasNext()) {
            XMLEvent event = events.nextEvent();
            if (event.isStartElement()) {
                StartElement element = event.asStartElement();
                String name = element.getName().getLocalPart();
                definitions += name.equals("defs") ? 1 : 0;
                inCode = name.equals("style") || name.equals("script");
                fixed |= PARTS.contains(name) || name.equals("script");
                read(element, definitions == 0 && NAMED.contains(name));
            } else if (event.isEndElement()) {
                definitions -= event.asEndElement().getName().getLocalPart().equals("defs") ? 1 : 0;
                inCode = false;
            } else if (inCode && event.isCharacters()) {
                code.append(event.asCharacters().getData());
            }
        }
    }

    private void read(StartElement element, boolean byPeople) {
        for (Iterator<Attribute> attributes = element.getAttributes(); attributes.hasNext(); ) {
            Attribute attribute = attributes.next();
            String name = attribute.getName().getLocalPart();
            String value = attribute.getValue();
            if (name.equals("id")) {
                all.add(value);
                if (byPeople && !NOBODY.matcher(value).matches()) {
                    named.add(value);
                }
            } else if (BARE.contains(name) || name.startsWith("aria-")) {
                code.append(' ').append(value);
            } else if (!isPicture(value)) {
                for (Matcher found = REFERENCE.matcher(value); found.find(); ) {
                    referred.add(decoded(found.group(1)));
                }
            }
        }
    }

    private static boolean isPicture(String value) {
        return value.stripLeading().regionMatches(true, 0, "data:", 0, 5);
    }

    private void decide() {
        // A style sheet that shows what the address names.
        fixed |= code.indexOf(":target") >= 0;
        Set<String> words = new HashSet<>();
        words.addAll(List.of(code.toString().split("[^\\p{L}\\p{N}_-]+")));
        words.addAll(List.of(code.toString().split("\\s+")));
        named.removeAll(words);
        int number = 1;
        for (String name : new TreeSet<>(named)) {
            if (referred.contains(name)) {
                while (all.contains("id-" + number)) {
                    number++;
                }
                others.put(name, "id-" + number++);
            }
        }
    }

    /** {@return the identifier that an element has from now on; null if none} */
    @Nullable String id(String old) {
        return fixed || !named.contains(old) ? old : others.get(old);
    }

    /** {@return the value of an attribute that may refer to elements} */
    String referring(String value) {
        if (fixed || others.isEmpty() || value.indexOf('#') < 0 || isPicture(value)) {
            return value;
        }
        return REFERENCE
                .matcher(value)
                .replaceAll(found ->
                        Matcher.quoteReplacement("#" + others.getOrDefault(decoded(found.group(1)), found.group(1))));
    }

    private static String decoded(String reference) {
        try {
            return URLDecoder.decode(reference.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return reference;
        }
    }
}
