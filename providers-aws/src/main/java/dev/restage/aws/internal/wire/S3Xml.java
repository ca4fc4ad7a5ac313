package dev.restage.aws.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the answers of S3 that come often. A document of another kind, which an error is, makes an IOException. */
public final class S3Xml {

    private static final XMLInputFactory FACTORY = factory();

    private S3Xml() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** The texts of the elements in the root, by their names. */
    public static Map<String, String> texts(InputStream body, String root) throws IOException {
        return read(body, root, xml -> {
            Map<String, String> texts = new HashMap<>();
            while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
                texts.put(xml.getLocalName(), xml.getElementText());
            }
            return texts;
        });
    }

    public static S3Page page(InputStream body) throws IOException {
        return read(body, "ListBucketResult", xml -> {
            List<S3Page.Entry> entries = new ArrayList<>(1000);
            Map<String, String> texts = new HashMap<>();
            while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
                if (xml.getLocalName().equals("Contents")) {
                    entries.add(entry(xml));
                } else if (xml.getLocalName().equals("CommonPrefixes")) {
                    throw new XMLStreamException("nobody has asked for prefixes");
                } else {
                    texts.put(xml.getLocalName(), xml.getElementText());
                }
            }
            if ("url".equals(texts.get("EncodingType"))) {
                entries.replaceAll(entry -> entry.keyed(URLDecoder.decode(entry.key(), StandardCharsets.UTF_8)));
            }
            return new S3Page(
                    entries,
                    Integer.parseInt(texts.getOrDefault("KeyCount", "-1")),
                    "true".equals(texts.get("IsTruncated")),
                    texts.get("NextContinuationToken"));
        });
    }

    private static S3Page.Entry entry(XMLStreamReader xml) throws XMLStreamException {
        String key = "";
        long size = 0;
        String etag = "";
        Instant time = Instant.EPOCH;
        String storageClass = "";
        boolean restored = false;
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            switch (xml.getLocalName()) {
                case "Key" -> key = xml.getElementText();
                case "Size" -> size = Long.parseLong(xml.getElementText());
                case "ETag" -> etag = S3Headers.unquoted(xml.getElementText());
                case "LastModified" -> time = Instant.parse(xml.getElementText());
                case "StorageClass" -> storageClass = xml.getElementText();
                case "RestoreStatus" -> restored = hasExpiry(xml);
                default -> skip(xml);
            }
        }
        return new S3Page.Entry(key, size, etag, time, storageClass, restored);
    }

    private static boolean hasExpiry(XMLStreamReader xml) throws XMLStreamException {
        boolean found = false;
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            found |= xml.getLocalName().equals("RestoreExpiryDate");
            skip(xml);
        }
        return found;
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    private interface Reading<T> {
        T read(XMLStreamReader xml) throws XMLStreamException;
    }

    private static <T> T read(InputStream body, String root, Reading<T> reading) throws IOException {
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(body);
            // Long operations send blanks to keep the connection open before they send the document.
            xml.nextTag();
            if (!xml.getLocalName().equals(root)) {
                throw new IOException("an answer is no " + root);
            }
            return reading.read(xml);
        } catch (XMLStreamException | IllegalArgumentException e) {
            throw new IOException("an answer cannot be read", e);
        }
    }
}
