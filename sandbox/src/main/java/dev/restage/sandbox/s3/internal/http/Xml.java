package dev.restage.sandbox.s3.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Writes an XML document; and reads one. */
public final class Xml {

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final DocumentBuilderFactory FACTORY = factory();

    private final StringBuilder out = new StringBuilder(512);

    private Xml() {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /** An error has no namespace, everything else has. */
    public static Xml document(String root) {
        return document(root, root.equals("Error") ? "" : NAMESPACE);
    }

    public static Xml document(String root, String namespace) {
        Xml xml = new Xml();
        return namespace.isEmpty() ? xml.open(root) : xml.open(root, "xmlns=\"%s\"".formatted(namespace));
    }

    public Xml open(String element) {
        out.append('<').append(element).append('>');
        return this;
    }

    public Xml open(String element, String attributes) {
        out.append('<').append(element).append(' ').append(attributes).append('>');
        return this;
    }

    public Xml close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    public Xml text(String element, String text) {
        return open(element).content(text).close(element);
    }

    /** Adds text to the element that is open. */
    public Xml content(String text) {
        escape(text);
        return this;
    }

    public Xml text(String element, long number) {
        out.append('<')
                .append(element)
                .append('>')
                .append(number)
                .append("</")
                .append(element)
                .append('>');
        return this;
    }

    public Xml text(String element, boolean value) {
        return text(element, String.valueOf(value));
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As S3 does, also for characters that XML 1.0 cannot hold: clients then fail to read the document. */
    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    if (c < ' ' || c == 0xfffe || c == 0xffff) {
                        out.append("&#x").append(Integer.toHexString(c)).append(';');
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }

    /** {@return the root of a document that was sent} */
    public static Element read(byte[] document) {
        try {
            DocumentBuilder builder;
            synchronized (FACTORY) {
                builder = FACTORY.newDocumentBuilder();
            }
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(document)).getDocumentElement();
        } catch (SAXException malformed) {
            throw S3Error.malformed();
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("the JDK reads no XML", e);
        }
    }

    public static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    public static Optional<Element> child(Element parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    public static Optional<String> childText(Element parent, String name) {
        return child(parent, name).map(Element::getTextContent);
    }

    /** {@return the number in an element; empty if there is no such element} */
    public static Optional<Long> childNumber(Element parent, String name) {
        try {
            return childText(parent, name).map(Long::valueOf);
        } catch (NumberFormatException e) {
            throw S3Error.malformed();
        }
    }

    /** {@return the text of an element that must be there} */
    public static String required(Element parent, String name) {
        return childText(parent, name).orElseThrow(S3Error::malformed);
    }

    private static DocumentBuilderFactory factory() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has no safe XML reader", e);
        }
        return factory;
    }
}
