package dev.restage.files.internal.file;

import dev.restage.files.internal.file.Scrubber.Found;
import java.io.BufferedOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLEventFactory;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.DTD;
import javax.xml.stream.events.Namespace;
import javax.xml.stream.events.ProcessingInstruction;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;
import org.jspecify.annotations.Nullable;

/**
 * Copies XML event by event, in memory that does not grow with it, and changes what its rules say. Resolves nothing
 * outside the file; the JDK's limits on entities hold.
 */
public final class XmlFilter {

    /** What becomes of the parts of one kind of XML. */
    public interface Rules {

        /** {@return whether an element goes, with all that is in it} */
        default boolean drops(StartElement element) {
            return false;
        }

        /** {@return whether something else may stand in an element than its text} */
        default boolean replacesText(StartElement element) {
            return false;
        }

        /**
         * {@return what stands in an element instead of its text}
         *
         * @throws UncleanException if the text cannot be cleaned
         */
        default String text(StartElement element, String text) throws UncleanException, IOException {
            return text;
        }

        /**
         * {@return the value that takes an attribute's place; null if the attribute goes}
         *
         * @throws UncleanException if the value cannot be cleaned
         */
        default @Nullable String attribute(StartElement element, Attribute attribute)
                throws UncleanException, IOException {
            return attribute.getValue();
        }

        /** {@return whether comments go, and what the beginning says of the kind of file} */
        default boolean dropsComments() {
            return false;
        }

        /**
         * {@return what a processing instruction says from now on; null if it goes}
         *
         * @throws UncleanException if it cannot be cleaned
         */
        default @Nullable String instruction(String target, String data) throws UncleanException, IOException {
            return dropsComments() ? null : data;
        }

        /** {@return whether the address of a namespace may stand where it is given its short name} */
        default boolean declares(String namespace) {
            return true;
        }
    }

    /** How the JDK calls its limits. */
    private static final Pattern LIMIT = Pattern.compile("JAXP\\d{8}");

    /** Deeper is no file that people make; the JDK sets no limit. */
    private static final String MOST_DEPTH = "5000";

    private static final Pattern ROOT = Pattern.compile("<!DOCTYPE\\s+([^\\s\\[>]+)");

    /** A namespace that the document's type gives all elements of one name. The JDK does not heed it. */
    private static final Pattern DECLARED =
            Pattern.compile("<!ATTLIST\\s+(\\S+)\\s[^>]*?\\bxmlns\\s+CDATA\\s+(?:#FIXED\\s+)?[\"']([^\"'&]*)[\"']");

    private static final XMLInputFactory INPUT = input();
    private static final XMLOutputFactory OUTPUT = XMLOutputFactory.newDefaultFactory();
    private static final XMLEventFactory EVENTS = XMLEventFactory.newDefaultFactory();

    private final Rules rules;
    private boolean something;
    private @Nullable Attribute declared;

    private XmlFilter(Rules rules) {
        this.rules = rules;
    }

    public static Found filter(InputStream in, OutputStream out, Rules rules) throws UncleanException, IOException {
        try {
            XmlFilter filter = new XmlFilter(rules);
            // The JDK's writer hands over byte by byte.
            OutputStream buffered = new BufferedOutputStream(out);
            filter.copy(reader(in), OUTPUT.createXMLEventWriter(buffered, "UTF-8"));
            buffered.flush();
            return Found.of(filter.something);
        } catch (XMLStreamException e) {
            throw unclean(e);
        }
    }

    public static XMLEventReader reader(InputStream in) throws XMLStreamException {
        return INPUT.createXMLEventReader(in);
    }

    public static UncleanException unclean(XMLStreamException e) throws IOException {
        if (e.getNestedException() instanceof IOException disk && !(disk instanceof CharConversionException)) {
            throw disk;
        }
        String limit = LIMIT.matcher(String.valueOf(e.getMessage())).find() ? ", as it goes beyond a limit" : "";
        return new UncleanException("has XML that cannot be read" + limit, e);
    }

    private static XMLInputFactory input() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty("http://www.oracle.com/xml/jaxp/properties/maxElementDepth", MOST_DEPTH);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    private void copy(XMLEventReader in, XMLEventWriter out) throws XMLStreamException, UncleanException, IOException {
        while (in.hasNext()) {
            XMLEvent event = in.nextEvent();
            if (event.isStartDocument()) {
                // Whatever it was written in, UTF-8 is written.
                out.add(EVENTS.createStartDocument("UTF-8"));
            } else if (event.isStartElement()) {
                element(event.asStartElement(), in, out);
                declared = null;
            } else if (event.getEventType() == XMLEvent.DTD) {
                type((DTD) event, out);
            } else if (event.getEventType() == XMLEvent.COMMENT && rules.dropsComments()) {
                something = true;
            } else if (event instanceof ProcessingInstruction instruction) {
                instruction(instruction, out);
            } else {
                out.add(event);
            }
        }
        out.close();
    }

    private void type(DTD type, XMLEventWriter out) throws XMLStreamException {
        if (!rules.dropsComments()) {
            out.add(type);
            return;
        }
        // Its entities are in place by now, and it may say more than the file shows.
        something = true;
        String text = type.getDocumentTypeDeclaration();
        Matcher root = ROOT.matcher(text);
        String name = root.find() ? root.group(1) : "";
        for (Matcher found = DECLARED.matcher(text); found.find(); ) {
            if (found.group(1).equals(name) && rules.declares(found.group(2))) {
                // As an attribute, since the elements have been read as those of no namespace.
                declared = EVENTS.createAttribute("xmlns", found.group(2));
            }
        }
    }

    private void instruction(ProcessingInstruction instruction, XMLEventWriter out)
            throws XMLStreamException, UncleanException, IOException {
        String before = String.valueOf(instruction.getData());
        String data = rules.instruction(instruction.getTarget(), before);
        something |= !before.equals(data);
        if (data != null) {
            out.add(EVENTS.createProcessingInstruction(instruction.getTarget(), data));
        }
    }

    private void element(StartElement element, XMLEventReader in, XMLEventWriter out)
            throws XMLStreamException, UncleanException, IOException {
        if (rules.drops(element)) {
            something = true;
            skip(in);
            return;
        }
        out.add(withKept(element));
        if (rules.replacesText(element)) {
            String before = readText(in);
            String text = rules.text(element, before);
            something |= !before.equals(text);
            out.add(EVENTS.createCharacters(text));
            out.add(EVENTS.createEndElement(element.getName(), element.getNamespaces()));
        }
    }

    private StartElement withKept(StartElement element) throws UncleanException, IOException {
        List<Attribute> kept = new ArrayList<>();
        boolean same = true;
        if (declared != null && element.getName().getNamespaceURI().isEmpty()) {
            same = false;
            kept.add(declared);
        }
        for (Iterator<Attribute> all = element.getAttributes(); all.hasNext(); ) {
            Attribute attribute = all.next();
            String value = rules.attribute(element, attribute);
            if (value == null) {
                same = false;
            } else if (value.equals(attribute.getValue())) {
                kept.add(attribute);
            } else {
                same = false;
                kept.add(EVENTS.createAttribute(attribute.getName(), value));
            }
        }
        List<Namespace> namespaces = new ArrayList<>();
        for (Iterator<Namespace> all = element.getNamespaces(); all.hasNext(); ) {
            Namespace namespace = all.next();
            if (rules.declares(namespace.getNamespaceURI())) {
                namespaces.add(namespace);
            } else {
                same = false;
            }
        }
        something |= !same;
        return same ? element : EVENTS.createStartElement(element.getName(), kept.iterator(), namespaces.iterator());
    }

    private static void skip(XMLEventReader in) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            XMLEvent event = in.nextEvent();
            depth += event.isStartElement() ? 1 : event.isEndElement() ? -1 : 0;
        }
    }

    private static String readText(XMLEventReader in) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        for (int depth = 1; depth > 0; ) {
            XMLEvent event = in.nextEvent();
            depth += event.isStartElement() ? 1 : event.isEndElement() ? -1 : 0;
            if (event.isCharacters()) {
                text.append(event.asCharacters().getData());
            }
        }
        return text.toString();
    }
}
