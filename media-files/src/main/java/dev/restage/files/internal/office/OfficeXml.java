package dev.restage.files.internal.office;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.restage.files.internal.file.MachinePath;
import dev.restage.files.internal.file.XmlFilter;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import org.jspecify.annotations.Nullable;

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
                    || (name.equals("Relationship") && !leads(lastWord(element, "Type")));
        }

        @Override
        public boolean replacesText(StartElement element) {
            return isAuthor(element) || INSTRUCTIONS.contains(local(element));
        }

        @Override
        public String text(StartElement element, String text) {
            return isAuthor(element) ? NAME : MachinePath.withoutWithin(text);
        }

        private static boolean isAuthor(StartElement element) {
            return local(element).equals("author") && namespace(element).endsWith("/main");
        }

        @Override
        public @Nullable String attribute(StartElement element, Attribute attribute) {
            String name = local(element);
            return switch (attribute.getName().getLocalPart()) {
                case "id" -> name.equals("pageSetup") ? null : attribute.getValue();
                case "connection", "localConnection" -> OF_DATA.contains(name) ? "" : attribute.getValue();
                case "instr" -> MachinePath.withoutWithin(attribute.getValue());
                case "formatCode" -> attribute.getValue();
                case "author", "userName", "refreshedBy" -> NAME;
                case "initials" -> INITIAL;
                case "userId" -> NAME;
                case "providerId" -> "None";
                case "displayName" -> name.equals("person") ? NAME : attribute.getValue();
                case "name" -> NAMED.contains(name) ? NAME : name(name, attribute.getValue());
                case "anchor" -> mark(attribute.getValue());
                default -> withoutPath(attribute.getValue());
            };
        }

        private static String name(String element, String value) {
            return element.equals("bookmarkStart") ? mark(value) : MachinePath.without(value);
        }
    },

    /** OpenDocument. Source: OpenDocument 1.3, part 3. */
    OPEN_DOCUMENT {
        @Override
        public boolean replacesText(StartElement element) {
            String name = local(element);
            return name.equals("config-item")
                    || PERSON_FIELDS.contains(name)
                    || name.startsWith("sender-")
                    || isOfText(element, "file-name")
                    || isOfText(element, "user-defined");
        }

        @Override
        public String text(StartElement element, String text) {
            if (isOfText(element, "file-name")) {
                return MachinePath.withoutRoot(text);
            }
            if (!local(element).equals("config-item")) {
                return NAME;
            }
            return NUMBER.matcher(text).matches() || SHOWN.contains(lastWord(element, "name")) ? text : "";
        }

        @Override
        public String attribute(StartElement element, Attribute attribute) {
            boolean property = isOfText(element, "user-defined")
                    && attribute.getName().getLocalPart().equals("name");
            return property ? NAME : MachinePath.without(attribute.getValue());
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

    /** Where whoever wrote the file had it, printed it, and took its readers from; and what only programs read. */
    private static final Set<String> NOTES =
            Set.of("absPath", "attachedTemplate", "mailMerge", "docVars", "printerSettings");

    /** What relationships lead to that draws nothing: the same, and data of forms, of which the text shows a copy. */
    private static final Set<String> DRAWS_NOTHING = Set.of(
            "attachedTemplate",
            "origin",
            "printerSettings",
            "customXml",
            "customXmlProps",
            "mailMergeSource",
            "mailMergeHeaderSource",
            "recipientData",
            "attachedToolbars",
            "keyMapCustomizations",
            "thumbnail");

    /** Elements that say where figures come from, with the user's name and password. */
    private static final Set<String> OF_DATA = Set.of("dbPr", "olapPr");

    private static final Set<String> INSTRUCTIONS = Set.of("instrText", "delInstrText");

    /** Settings other than numbers that say what is shown first. All others are names of printers, users, files and databases. */
    private static final Set<String> SHOWN = Set.of("ActiveTable", "ViewId", "PageKind", "SelectedPage");

    /** Before and behind each end of a line, also as Excel writes it. */
    private static final Pattern LINES = Pattern.compile("(?<=[\\n\\r]|_x000[aAdD]_)|(?=[\\n\\r]|_x000[aAdD]_)");

    private static final Pattern NUMBER = Pattern.compile("[-+0-9.,eE:;%]*|true|false");

    private static final Set<String> NAMED = Set.of("cmAuthor", "author", "userInfo");

    private static final Set<String> PERSON_FIELDS =
            Set.of("creator", "initial-creator", "creator-initials", "author-name", "author-initials", "printed-by");

    /** {@return whether a relationship leads to something that is shown} */
    static boolean leads(String type) {
        return !DRAWS_NOTHING.contains(type.substring(type.lastIndexOf('/') + 1));
    }

    /** Of several lines those stay that are no paths. */
    private static String withoutPath(String value) {
        return LINES.splitAsStream(value).map(MachinePath::without).collect(joining());
    }

    /** A bookmark that is called like a path: the same name for the same one, wherever it is referred to. Word takes 40 characters. */
    private static String mark(String name) {
        return MachinePath.without(name).equals(name)
                ? name
                : "mark"
                        + UUID.nameUUIDFromBytes(name.getBytes(UTF_8))
                                .toString()
                                .replace("-", "");
    }

    private static boolean isOfText(StartElement element, String name) {
        return local(element).equals(name) && namespace(element).endsWith(":text:1.0");
    }

    @Override
    public boolean dropsComments() {
        return true;
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
