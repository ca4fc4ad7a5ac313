package dev.restage.files;

import java.util.Locale;
import java.util.Set;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;

/** Where the XML of Office and OpenDocument files names people. Names become the same word, as Office itself does it. */
enum OfficeXml implements XmlFilter.Rules {

    /** Office Open XML. Source: ECMA-376, 5th edition, and Microsoft's extensions, [MS-DOCX], [MS-XLSX], [MS-PPTX]. */
    OFFICE {
        @Override
        public boolean drops(StartElement element) {
            String namespace = namespace(element);
            String name = local(element);
            return (isProperties(namespace) && !name.equals("coreProperties") && !name.equals("Properties"))
                    || (name.equals("person") && namespace.endsWith("/word/2012/wordml"))
                    || NOTES.contains(name)
                    || (name.equals("Relationship") && NOT_RELATED.contains(lastWord(element, "Type")));
        }

        @Override
        public boolean replacesText(StartElement element) {
            return local(element).equals("author") && namespace(element).endsWith("/main");
        }

        @Override
        public String attribute(StartElement element, Attribute attribute) {
            String name = local(element);
            return switch (attribute.getName().getLocalPart()) {
                case "author", "userName", "refreshedBy" -> NAME;
                case "initials" -> INITIAL;
                case "userId" -> NAME;
                case "providerId" -> "None";
                case "displayName" -> name.equals("person") ? NAME : attribute.getValue();
                case "name" -> NAMED.contains(name) ? NAME : attribute.getValue();
                default -> attribute.getValue();
            };
        }
    },

    /** OpenDocument. Source: OpenDocument 1.3, part 3. */
    OPEN_DOCUMENT {
        @Override
        public boolean replacesText(StartElement element) {
            String name = local(element);
            return isPrinter(element) || PERSON_FIELDS.contains(name) || name.startsWith("sender-");
        }

        @Override
        public String text(StartElement element, String text) {
            return isPrinter(element) ? "" : NAME;
        }

        private static boolean isPrinter(StartElement element) {
            return local(element).equals("config-item")
                    && lastWord(element, "name").startsWith("Printer");
        }
    },

    /** The part of an OpenDocument file that holds its properties. */
    OPEN_DOCUMENT_PROPERTIES {
        @Override
        public boolean drops(StartElement element) {
            String name = local(element);
            return !name.equals("document-meta")
                    && !(name.equals("meta") && namespace(element).endsWith(":office:1.0"));
        }
    };

    private static final String NAME = "Author";
    private static final String INITIAL = "A";

    /** Paths on the machine of whoever wrote the file. */
    private static final Set<String> NOTES = Set.of("absPath", "attachedTemplate");

    private static final Set<String> NOT_RELATED = Set.of("attachedTemplate", "origin");
    private static final Set<String> NAMED = Set.of("cmAuthor", "author", "userInfo");

    private static final Set<String> PERSON_FIELDS =
            Set.of("creator", "initial-creator", "creator-initials", "author-name", "author-initials", "printed-by");

    @Override
    public String text(StartElement element, String text) {
        return NAME;
    }

    private static boolean isProperties(String namespace) {
        String plain = namespace.toLowerCase(Locale.ROOT).replace("-", "");
        return plain.endsWith("coreproperties")
                || plain.endsWith("extendedproperties")
                || plain.endsWith("customproperties")
                || plain.startsWith("http://purl.org/dc/");
    }

    private static String namespace(StartElement element) {
        return element.getName().getNamespaceURI();
    }

    private static String local(StartElement element) {
        return element.getName().getLocalPart();
    }

    /** The last word of an attribute's path; empty if there is no such attribute. */
    private static String lastWord(StartElement element, String local) {
        for (var all = element.getAttributes(); all.hasNext(); ) {
            Attribute attribute = all.next();
            if (attribute.getName().getLocalPart().equals(local)) {
                String value = attribute.getValue();
                return value.substring(value.lastIndexOf('/') + 1);
            }
        }
        return "";
    }
}
