package dev.restage.files.internal.pdf;

import dev.restage.files.internal.file.MachinePath;
import dev.restage.files.internal.file.ScriptText;
import dev.restage.files.internal.pdf.PdfParts.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;

/** Leaves in the dictionaries of a PDF what draws, and nobody's name, path or note beside it. */
final class PdfDictionaries {

    /** Where keys are names that somebody gave, all of them stay. */
    private static final Set<Role> OF_NAMES = Set.of(Role.NAMES, Role.DRAWINGS);

    /** Annotations that are called T; in the others, T is who made them. Source: ISO 32000-2, tables 172, 190 and 192. */
    private static final Set<String> TITLED = Set.of("Widget", "Screen", "Movie", "RichMedia");

    private static final COSName BASE = COSName.getPDFName("Base");
    private static final Set<COSName> OF_DISK = Set.of(COSName.F, COSName.UF, COSName.FS);
    private static final Set<COSName> OF_WEB = Set.of(COSName.URI, COSName.D, BASE);
    private static final COSName ITEM = COSName.getPDFName("CI");
    private static final Pattern TIME = Pattern.compile("D:[0-9Z'+-]+");

    /** Actions whose destinations are named by another file. */
    private static final Set<String> OF_OTHERS = Set.of("GoToR", "GoToE");

    private static final Pattern WITH_SCHEME = Pattern.compile("\\s*[a-zA-Z][a-zA-Z0-9+.-]*:.*", Pattern.DOTALL);

    /** More fields than these are not within each other. */
    private static final int MOST_DEPTH = 64;

    private final COSDictionary catalog;
    private final Map<String, String> destinations;
    private boolean addressesNeedBase;

    /** Whether a script may name what lies in the document. */
    private boolean scripts;

    private PdfDictionaries(COSDictionary catalog) {
        this.catalog = catalog;
        this.destinations = renameDestinations(catalog);
    }

    /** Cleans all that can be reached from the catalog. */
    static void clean(COSDictionary catalog) {
        PdfDictionaries all = new PdfDictionaries(catalog);
        PdfParts.of(catalog).forEach(all::clean);
        COSDictionary addresses = catalog.getCOSDictionary(COSName.URI);
        if (addresses != null && !all.addressesNeedBase) {
            addresses.removeItem(BASE);
        }
        PdfNameTree files = PdfNameTree.of(catalog, "EmbeddedFiles");
        files.rename(files.renamed(MachinePath::withoutRoot));
        PdfNameTree.of(catalog, "JavaScript").number();
        if (!all.scripts) {
            PdfNameTree.of(catalog, "AP").number();
        }
    }

    /** Those of the tree, and those of older documents, whose names are keys. {@return what became of names that are paths} */
    private static Map<String, String> renameDestinations(COSDictionary catalog) {
        PdfNameTree tree = PdfNameTree.of(catalog, "Dests");
        Map<String, String> renamed = new HashMap<>(tree.renamed(MachinePath::without));
        tree.rename(renamed);
        COSDictionary old = catalog.getCOSDictionary(COSName.DESTS);
        if (old != null) {
            Map<String, String> keys = PdfNameTree.distinct(
                    old.keySet().stream().map(COSName::getName).toList(), MachinePath::without);
            keys.forEach((before, after) -> {
                old.setItem(COSName.getPDFName(after), old.getItem(COSName.getPDFName(before)));
                old.removeItem(COSName.getPDFName(before));
            });
            renamed.putAll(keys);
        }
        return renamed;
    }

    private void clean(COSDictionary dictionary, Set<Role> roles) {
        if (roles.stream().anyMatch(OF_NAMES::contains)) {
            return;
        }
        COSName type = dictionary.getCOSName(COSName.TYPE);
        if (COSName.SIG.equals(type) || dictionary.containsKey(COSName.BYTERANGE)) {
            dictionary.clear();
        }
        boolean mute = COSName.PAGE.equals(type) || dictionary instanceof COSStream || dictionary == catalog;
        for (COSName key : List.copyOf(dictionary.keySet())) {
            COSBase value = dictionary.getDictionaryObject(key);
            boolean text = value instanceof COSString;
            scripts |= key.equals(COSName.JS) || key.equals(COSName.XFA);
            if (!PdfEntries.keeps(key)
                    || (text && (!PdfEntries.mayBeText(key) || (mute && !key.equals(COSName.LANG))))) {
                dictionary.removeItem(key);
            } else if (text) {
                text(dictionary, key, ((COSString) value).getString());
            } else if (value instanceof COSName name && isDestination(dictionary, key)) {
                dictionary.setName(key, destinations.getOrDefault(name.getName(), name.getName()));
            } else if (key.equals(ITEM) && value instanceof COSDictionary item) {
                withoutTexts(item);
            }
        }
        withoutPeople(dictionary, roles);
    }

    private void text(COSDictionary dictionary, COSName key, String text) {
        String cleaned = text;
        if (isDestination(dictionary, key)) {
            cleaned = destinations.getOrDefault(text, text);
        } else if (key.equals(COSName.D) && OF_OTHERS.contains(String.valueOf(dictionary.getNameAsString(COSName.S)))) {
            return;
        } else if (OF_DISK.contains(key) || OF_WEB.contains(key)) {
            boolean ofDisk = OF_DISK.contains(key) && !"URL".equals(dictionary.getNameAsString(COSName.FS));
            cleaned = ofDisk ? MachinePath.withoutRoot(text) : MachinePath.without(text);
            addressesNeedBase |=
                    key.equals(COSName.URI) && !WITH_SCHEME.matcher(text).matches();
        } else if (key.equals(COSName.JS)) {
            cleaned = ScriptText.clean(text);
        }
        if (!cleaned.equals(text)) {
            dictionary.setItem(key, new COSString(cleaned));
        }
    }

    /** By its name; the list of names says the same. */
    private static boolean isDestination(COSDictionary dictionary, COSName key) {
        return key.equals(COSName.DEST)
                || (key.equals(COSName.D) && "GoTo".equals(dictionary.getNameAsString(COSName.S)));
    }

    /** Columns of a list of attached files: by numbers and times it is sorted, texts are what somebody wrote. */
    private static void withoutTexts(COSDictionary item) {
        for (COSName key : List.copyOf(item.keySet())) {
            COSBase value = item.getDictionaryObject(key);
            boolean time = value instanceof COSString text
                    && TIME.matcher(text.getString()).matches();
            if (!time && !(value instanceof COSNumber)) {
                item.removeItem(key);
            }
        }
    }

    private static void withoutPeople(COSDictionary dictionary, Set<Role> roles) {
        if (isNamedAfterItsAuthor(dictionary, roles) || roles.contains(Role.STRUCTURE)) {
            dictionary.removeItem(COSName.T);
        }
        if (roles.contains(Role.UNNAMED)) {
            dictionary.removeItem(COSName.NAME);
        }
        if (isSignatureField(dictionary)) {
            dictionary.removeItem(COSName.V);
        }
        if (roles.contains(Role.THREAD) || "Thread".equals(dictionary.getNameAsString(COSName.TYPE))) {
            dictionary.removeItem(COSName.I);
        }
        if ("UserProperties".equals(dictionary.getNameAsString(COSName.O))) {
            dictionary.removeItem(COSName.P);
        }
        if (dictionary.getDictionaryObject(COSName.XFA) instanceof COSArray packets) {
            withoutMetadata(packets);
        }
    }

    /** An XML form is a list of names and their streams. */
    private static void withoutMetadata(COSArray packets) {
        for (int at = packets.size() - 2; at >= 0; at--) {
            if (packets.getObject(at) instanceof COSString name
                    && name.getString().equals("xmpmeta")) {
                packets.remove(at + 1);
                packets.remove(at);
            }
        }
    }

    private static boolean isNamedAfterItsAuthor(COSDictionary dictionary, Set<Role> roles) {
        String subtype = dictionary.getNameAsString(COSName.SUBTYPE);
        return subtype != null
                && !TITLED.contains(subtype)
                && (roles.contains(Role.ANNOTATION) || dictionary.containsKey(COSName.RECT));
    }

    /** The type of a field may be said by those that it lies in. */
    private static boolean isSignatureField(COSDictionary dictionary) {
        COSDictionary field = dictionary;
        for (int depth = 0; field != null && depth < MOST_DEPTH; depth++) {
            COSName type = field.getCOSName(COSName.FT);
            if (type != null) {
                return type.equals(COSName.SIG);
            }
            field = field.getCOSDictionary(COSName.PARENT);
        }
        return false;
    }
}
