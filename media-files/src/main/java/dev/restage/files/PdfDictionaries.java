package dev.restage.files;

import dev.restage.files.PdfParts.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
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
    private static final COSName EMBEDDED_FILES = COSName.getPDFName("EmbeddedFiles");
    private static final Pattern WITH_SCHEME = Pattern.compile("\\s*[a-zA-Z][a-zA-Z0-9+.-]*:.*", Pattern.DOTALL);

    /** More fields than these are not within each other. */
    private static final int MOST_DEPTH = 64;

    private final COSDictionary catalog;
    private boolean addressesNeedBase;

    private PdfDictionaries(COSDictionary catalog) {
        this.catalog = catalog;
    }

    /** Cleans all that can be reached from the catalog. */
    static void clean(COSDictionary catalog) {
        PdfDictionaries all = new PdfDictionaries(catalog);
        PdfParts.of(catalog).forEach(all::clean);
        COSDictionary addresses = catalog.getCOSDictionary(COSName.URI);
        if (addresses != null && !all.addressesNeedBase) {
            addresses.removeItem(BASE);
        }
        COSDictionary names = catalog.getCOSDictionary(COSName.NAMES);
        COSDictionary files = names == null ? null : names.getCOSDictionary(EMBEDDED_FILES);
        if (files != null) {
            renameFiles(files);
        }
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
            if (!PdfEntries.keeps(key)
                    || (text && (!PdfEntries.mayBeText(key) || (mute && !key.equals(COSName.LANG))))) {
                dictionary.removeItem(key);
            } else if (text) {
                text(dictionary, key, ((COSString) value).getString());
            }
        }
        withoutPeople(dictionary, roles);
    }

    private void text(COSDictionary dictionary, COSName key, String text) {
        String cleaned = text;
        if (OF_DISK.contains(key) || OF_WEB.contains(key)) {
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

    private static void withoutPeople(COSDictionary dictionary, Set<Role> roles) {
        if (isNamedAfterItsAuthor(dictionary, roles) || roles.contains(Role.STRUCTURE)) {
            dictionary.removeItem(COSName.T);
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

    /** Lists attached files by names without paths. A list is sorted, so that it is made anew if a name changes. */
    private static void renameFiles(COSDictionary tree) {
        List<Map.Entry<String, COSBase>> files = new ArrayList<>();
        PdfParts.of(tree).forEach((node, roles) -> {
            COSArray pairs = node.getCOSArray(COSName.NAMES);
            for (int at = 0; pairs != null && at + 1 < pairs.size(); at += 2) {
                if (pairs.getObject(at) instanceof COSString name) {
                    files.add(Map.entry(name.getString(), pairs.get(at + 1)));
                }
            }
        });
        if (files.stream()
                .allMatch(file -> MachinePath.withoutRoot(file.getKey()).equals(file.getKey()))) {
            return;
        }
        Map<String, Integer> numbers = new HashMap<>();
        Map<COSString, COSBase> sorted = new TreeMap<>(PdfDictionaries::compare);
        files.sort(Map.Entry.comparingByKey(Comparator.naturalOrder()));
        for (Map.Entry<String, COSBase> file : files) {
            String name = MachinePath.withoutRoot(file.getKey());
            int number = numbers.merge(name, 1, Integer::sum);
            sorted.put(new COSString(number == 1 ? name : number + " " + name), file.getValue());
        }
        COSArray pairs = new COSArray();
        sorted.forEach((name, file) -> {
            pairs.add(name);
            pairs.add(file);
        });
        tree.clear();
        tree.setItem(COSName.NAMES, pairs);
    }

    private static int compare(COSString one, COSString other) {
        return Arrays.compareUnsigned(one.getBytes(), other.getBytes());
    }
}
