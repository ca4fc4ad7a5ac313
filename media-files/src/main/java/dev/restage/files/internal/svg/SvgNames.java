package dev.restage.files.internal.svg;

import dev.restage.files.internal.file.UncleanException;
import dev.restage.files.internal.file.XmlFilter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.ProcessingInstruction;
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

    /** Where a picture consists of parts that other files show one by one; likewise pictures in it that have a name. */
    private static final Set<String> PARTS = Set.of("symbol", "view");

    private static final Set<String> SIZES = Set.of("viewBox", "width", "height");
    private static final Pattern NO_SIZE = Pattern.compile("0(?:px|%)?");
    private static final Pattern HIDDEN = Pattern.compile("display\\s*:\\s*none|visibility\\s*:\\s*hidden");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_-]+");

    /** Attributes that hold one address. It refers to an element of the drawing if it begins with {@code #}. */
    private static final Set<String> LINKS = Set.of("href", "src", "data", "usemap", "handler", "glyphRef");

    /** What an animation gives the attribute that it names. */
    private static final Set<String> STEPS = Set.of("from", "to", "by", "values");

    private static final Pattern HREF = Pattern.compile("(?:\\w+:)?href");

    /** {@code url(#home)}, also with blanks and brackets in the name, as some programs write and read it. */
    private static final Pattern URL = Pattern.compile(
            "(?i)\\burl\\(\\s*(?:\"\\s*#([^\"]*+)\"|'\\s*#([^']*+)'" + "|#([^()]*+(?:\\([^()]*+\\)[^()]*+)*+))\\s*\\)");

    /** How style sheets name an element. */
    private static final Pattern SELECTOR = Pattern.compile("#([\\p{L}\\p{N}_\\-[^\\x00-\\x7F]]+)");

    /** A style sheet that selects by the name in any way, or shows it. */
    private static final Pattern BY_NAME =
            Pattern.compile("(?i)(?:\\[\\s*(?:[^\\[\\]\\s=]*\\|\\s*)?|\\battr\\(\\s*)id\\b");

    /** The one way that says exactly which name: {@code [id="home"]}. */
    private static final Pattern BY_ONE_NAME =
            Pattern.compile("\\[\\s*id\\s*=\\s*(?:\"([^\"\\\\]*+)\"|'([^'\\\\]*+)'|([\\w-]++))\\s*\\]");

    /** An address that names an element within what else it says. */
    private static final Pattern POINTER = Pattern.compile("(?i)(?:xpointer|element|svgView)\\(.*");

    private static final Pattern ESCAPED = Pattern.compile("[#\\[(][^#\\[(\\]{};)\\\\]*+\\\\");

    /** Attributes that hold identifiers as they are. */
    private static final Set<String> BARE = Set.of("for", "form", "list", "headers", "begin", "end");

    private final Set<String> all = new HashSet<>();
    private final Set<String> named = new HashSet<>();
    private final Set<String> referred = new HashSet<>();
    private final Map<String, String> others = new HashMap<>();
    private final StringBuilder scripts = new StringBuilder();
    private final Set<String> mentioned = new HashSet<>();
    private final StringBuilder styles = new StringBuilder();
    private final StringBuilder bare = new StringBuilder();
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
        int depth = 0;
        int groups = 0;
        boolean sized = false;
        String inside = "";
        while (events.hasNext()) {
            XMLEvent event = events.nextEvent();
            if (event.isStartElement()) {
                StartElement element = event.asStartElement();
                String name = element.getName().getLocalPart();
                definitions += name.equals("defs") ? 1 : 0;
                inside = name;
                fixed |= PARTS.contains(name) || name.equals("script");
                if (depth == 0) {
                    sized = SIZES.stream()
                            .anyMatch(size -> !value(element, size).isEmpty());
                    fixed |= isHidden(element);
                }
                boolean named = !value(element, "id").isEmpty();
                fixed |= depth > 0 && named && name.equals("svg");
                groups += depth == 1 && named && name.equals("g") ? 1 : 0;
                depth++;
                read(element, definitions == 0 && NAMED.contains(name));
            } else if (event.isEndElement()) {
                depth--;
                definitions -= event.asEndElement().getName().getLocalPart().equals("defs") ? 1 : 0;
                inside = "";
            } else if (event instanceof ProcessingInstruction instruction) {
                fixed |= instruction.getTarget().equals("xml-stylesheet");
            } else if (event.isCharacters() && inside.equals("style")) {
                styles.append(event.asCharacters().getData());
            } else if (event.isCharacters() && inside.equals("script")) {
                scripts.append(event.asCharacters().getData());
            }
        }
        // A drawing that has no size is there for its parts.
        fixed |= !sized && groups > 1;
    }

    private static boolean isHidden(StartElement root) {
        return HIDDEN.matcher(value(root, "style")).find()
                || value(root, "display").equals("none")
                || value(root, "visibility").equals("hidden")
                || NO_SIZE.matcher(value(root, "width")).matches()
                || NO_SIZE.matcher(value(root, "height")).matches();
    }

    private static String value(StartElement element, String name) {
        Attribute attribute = element.getAttributeByName(new QName(name));
        return attribute == null ? "" : attribute.getValue();
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
                bare.append(' ').append(value);
            } else {
                replaced(element, name, value, reference -> {
                    fixed |= POINTER.matcher(reference).matches();
                    referred.addAll(spellings(reference));
                    return reference;
                });
            }
        }
    }

    private static boolean isPicture(String value) {
        return value.stripLeading().regionMatches(true, 0, "data:", 0, 5);
    }

    private void decide() {
        String selectors = withoutComments();
        // A style sheet that shows what the address names, or one that cannot be told by words.
        fixed |= selectors.contains(":target") || ESCAPED.matcher(selectors).find();
        Set<String> words = new HashSet<>(List.of(bare.toString().split("[\\s;]+")));
        words.addAll(List.of(bare.toString().split("[^\\p{L}\\p{N}_-]+")));
        for (Matcher found = SELECTOR.matcher(selectors); found.find(); ) {
            words.add(found.group(1));
        }
        replaced(selectors, reference -> {
            words.addAll(spellings(reference));
            return reference;
        });
        Matcher one = BY_ONE_NAME.matcher(selectors);
        for (Matcher found = BY_NAME.matcher(selectors); found.find(); ) {
            if (one.region(found.start(), selectors.length()).lookingAt()) {
                words.add(selectors.substring(groupStart(one), groupEnd(one)));
            } else {
                fixed = true;
            }
        }
        named.removeAll(words);
        for (Matcher found = WORD.matcher(selectors + " " + scripts); found.find(); ) {
            mentioned.add(found.group().toLowerCase(Locale.ROOT));
        }
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

    private String withoutComments() {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int begin = styles.indexOf("/*"); begin >= 0; begin = styles.indexOf("/*", at)) {
            text.append(styles, at, begin);
            int end = styles.indexOf("*/", begin + 2);
            at = end < 0 ? styles.length() : end + 2;
        }
        return text.append(styles, at, styles.length()).toString();
    }

    /** {@return the identifier that an element has from now on; null if none} */
    @Nullable String id(String old) {
        return fixed || !named.contains(old) ? old : others.get(old);
    }

    /** {@return whether a style sheet or a script in the drawing may ask for an attribute} In scripts there are no dashes. */
    boolean mentions(String attribute) {
        return mentioned.contains(attribute)
                || (attribute.startsWith("data-")
                        && mentioned.contains(
                                attribute.substring("data-".length()).replace("-", "")));
    }

    /** {@return the value of an attribute that may refer to elements} */
    String referring(StartElement element, Attribute attribute, String value) {
        return fixed || others.isEmpty()
                ? value
                : replaced(element, attribute.getName().getLocalPart(), value, this::other);
    }

    private String other(String reference) {
        return spellings(reference).stream()
                .filter(others::containsKey)
                .findFirst()
                .map(others::get)
                .orElse(reference);
    }

    private static String replaced(StartElement element, String name, String value, UnaryOperator<String> replacement) {
        if (value.indexOf('#') < 0 || isPicture(value)) {
            return value;
        }
        if (LINKS.contains(name)) {
            return replacedLink(value, replacement);
        }
        if (STEPS.contains(name)
                && HREF.matcher(value(element, "attributeName")).matches()) {
            return Stream.of(value.split(";", -1))
                    .map(step -> replacedLink(step, replacement))
                    .collect(Collectors.joining(";"));
        }
        return replaced(value, replacement);
    }

    private static String replacedLink(String link, UnaryOperator<String> replacement) {
        int hash = link.indexOf('#');
        return hash < 0 || !link.substring(0, hash).isBlank()
                ? link
                : link.substring(0, hash + 1) + replacement.apply(link.substring(hash + 1));
    }

    private static String replaced(String style, UnaryOperator<String> replacement) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Matcher found = URL.matcher(style); found.find(); at = groupEnd(found)) {
            int begin = groupStart(found);
            out.append(style, at, begin).append(replacement.apply(style.substring(begin, groupEnd(found))));
        }
        return out.append(style, at, style.length()).toString();
    }

    /** Of three ways to write a name, one has matched. */
    private static int groupStart(Matcher found) {
        return Math.max(found.start(1), Math.max(found.start(2), found.start(3)));
    }

    private static int groupEnd(Matcher found) {
        return Math.max(found.end(1), Math.max(found.end(2), found.end(3)));
    }

    /** {@return the names that a reference may mean, the likeliest first} Source: HTML Standard, 7.4.6.4, whatwg.org. */
    private static List<String> spellings(String reference) {
        return List.of(reference, reference.strip(), decoded(reference), decoded(reference.strip()));
    }

    private static String decoded(String reference) {
        try {
            return URLDecoder.decode(reference.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return reference;
        }
    }
}
