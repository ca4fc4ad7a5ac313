package dev.restage.files.internal.pdf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;

/**
 * The dictionaries of a PDF, told apart by the paths that lead to them, as few say themselves what they are. In some, keys
 * are names that whoever made the file has given to fonts, pictures, destinations or colours: there {@code Metadata} means nothing.
 * Each is walked once for each of its roles.
 *
 * <p>Source: ISO 32000-2, tables 29, 34, 110, 166 (annotations), 170 (appearances), 43 (files), 354 (structure), 70 (colours),
 * 130 (halftones), 153 (collections).
 */
final class PdfParts {

    /** What a dictionary is to those that refer to it. */
    enum Role {
        /** Its keys mean what the specification says. */
        PLAIN,
        /** Each of its entries is a map of names. */
        RESOURCES,
        /** Its keys are names that somebody gave. */
        NAMES,
        /** Each of its entries is an appearance, or a map of names of appearances. */
        APPEARANCES,
        /** Its entries are drawings, each under a name that somebody gave. */
        DRAWINGS,
        ANNOTATION,
        /** Its entries are attached files, or lists of them. */
        FILES,
        /** The content of an attached file. */
        FILE,
        /** Instructions that draw. */
        DRAWING,
        SCRIPT,
        /** A form that is written in XML, or a part of it. */
        XML_FORM,
        THREAD,
        /** What a document says of its layers. */
        LAYERS,
        /** What is called by a name that draws nothing and that nothing refers to. */
        UNNAMED,
        /** A program of PostScript's kind. */
        PROGRAM,
        /** An element of what a document consists of, for readers that read aloud. */
        STRUCTURE
    }

    private static final Map<String, Role> BY_KEY = Map.ofEntries(
            Map.entry("Resources", Role.RESOURCES),
            Map.entry("DR", Role.RESOURCES),
            Map.entry("Dests", Role.NAMES),
            Map.entry("CharProcs", Role.DRAWINGS),
            Map.entry("RoleMap", Role.NAMES),
            Map.entry("RoleMapNS", Role.NAMES),
            Map.entry("ClassMap", Role.NAMES),
            Map.entry("Colorants", Role.NAMES),
            Map.entry("Solidities", Role.NAMES),
            Map.entry("DotGain", Role.NAMES),
            Map.entry("Schema", Role.NAMES),
            Map.entry("CI", Role.NAMES),
            Map.entry("FD", Role.NAMES),
            Map.entry("InitialFields", Role.NAMES),
            Map.entry("SpectralData", Role.NAMES),
            Map.entry("AP", Role.APPEARANCES),
            Map.entry("Annots", Role.ANNOTATION),
            Map.entry("Contents", Role.DRAWING),
            Map.entry("JS", Role.SCRIPT),
            Map.entry("XFA", Role.XML_FORM),
            Map.entry("Threads", Role.THREAD),
            Map.entry("StructTreeRoot", Role.STRUCTURE),
            Map.entry("OCProperties", Role.LAYERS),
            Map.entry("VP", Role.UNNAMED),
            Map.entry("ToUnicode", Role.PROGRAM),
            Map.entry("UseCMap", Role.PROGRAM),
            Map.entry("Popup", Role.ANNOTATION),
            Map.entry("EF", Role.FILES),
            Map.entry("RF", Role.FILES));

    /** What a stream is to those who refer to it, whatever it says of itself. */
    private static final Set<Role> AS_REFERRED = EnumSet.of(Role.FILE, Role.SCRIPT, Role.XML_FORM, Role.PROGRAM);

    private static final COSName HALFTONE = COSName.getPDFName("HalftoneType");
    private static final int OF_INKS = 5;
    private static final int TILES = 1;
    private static final int CALCULATED = 4;

    private record Step(COSBase base, Role role) {}

    private final IdentityHashMap<COSDictionary, Set<Role>> roles = new IdentityHashMap<>();
    private final IdentityHashMap<COSArray, Set<Role>> lists = new IdentityHashMap<>();
    private final Set<COSObjectKey> unread = new HashSet<>();
    private final Deque<Step> todo = new ArrayDeque<>();

    private PdfParts() {}

    /** Finds all that can be reached from a dictionary. */
    static PdfParts of(COSDictionary root) {
        PdfParts parts = new PdfParts();
        parts.todo.push(new Step(root, Role.PLAIN));
        while (!parts.todo.isEmpty()) {
            parts.visit(parts.todo.pop());
        }
        return parts;
    }

    void forEach(BiConsumer<COSDictionary, Set<Role>> visitor) {
        List.copyOf(roles.entrySet()).forEach(entry -> visitor.accept(entry.getKey(), entry.getValue()));
    }

    List<COSStream> streams(Role role) {
        return roles.entrySet().stream()
                .filter(entry -> entry.getKey() instanceof COSStream)
                .filter(entry -> entry.getValue().contains(role))
                .map(entry -> (COSStream) entry.getKey())
                .toList();
    }

    /** Whether there are objects that the file has and the library could not read. It would write them as nothing. */
    boolean areUnreadable(Set<COSObjectKey> ofFile) {
        return unread.stream().anyMatch(ofFile::contains);
    }

    private void visit(Step step) {
        COSBase base = step.base();
        if (base instanceof COSObject reference) {
            base = reference.getObject();
            if (base == null && reference.getKey() != null) {
                unread.add(reference.getKey());
            }
        }
        if (base instanceof COSDictionary dictionary) {
            Role role = role(step.role(), dictionary);
            if (first(roles, dictionary, role)) {
                dictionary.entrySet().forEach(entry -> push(entry.getValue(), below(role, entry.getKey())));
            }
        } else if (base instanceof COSArray array && first(lists, array, step.role())) {
            array.forEach(element -> push(element, step.role()));
        }
    }

    private static Role role(Role step, COSDictionary dictionary) {
        if (dictionary instanceof COSStream) {
            boolean draws = step == Role.DRAWING
                    || step == Role.DRAWINGS
                    || COSName.FORM.equals(dictionary.getCOSName(COSName.SUBTYPE))
                    || dictionary.getInt(COSName.PATTERN_TYPE) == TILES;
            boolean program = COSName.getPDFName("CMap").equals(dictionary.getCOSName(COSName.TYPE))
                    || dictionary.getInt(COSName.FUNCTION_TYPE) == CALCULATED
                    || "PS".equals(dictionary.getNameAsString(COSName.SUBTYPE));
            return AS_REFERRED.contains(step) ? step : program ? Role.PROGRAM : draws ? Role.DRAWING : Role.PLAIN;
        }
        return dictionary.getInt(HALFTONE) == OF_INKS ? Role.NAMES : step;
    }

    private void push(COSBase base, Role role) {
        if (base instanceof COSObject || base instanceof COSDictionary || base instanceof COSArray) {
            todo.push(new Step(base, role));
        }
    }

    private static <T> boolean first(IdentityHashMap<T, Set<Role>> seen, T one, Role role) {
        return seen.computeIfAbsent(one, key -> EnumSet.noneOf(Role.class)).add(role);
    }

    private static Role below(Role role, COSName key) {
        return switch (role) {
            case APPEARANCES -> Role.DRAWINGS;
            case RESOURCES -> Role.NAMES;
            case NAMES, FILE -> Role.PLAIN;
            case DRAWINGS -> Role.DRAWING;
            case FILES -> Role.FILE;
            case STRUCTURE -> key.equals(COSName.K) ? Role.STRUCTURE : byKey(key);
            case LAYERS -> key.equals(COSName.D) || key.getName().equals("Configs") ? Role.UNNAMED : byKey(key);
            case UNNAMED, PROGRAM, PLAIN, ANNOTATION, DRAWING, SCRIPT, XML_FORM, THREAD -> byKey(key);
        };
    }

    private static Role byKey(COSName key) {
        return BY_KEY.getOrDefault(key.getName(), Role.PLAIN);
    }
}
