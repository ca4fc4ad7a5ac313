package dev.restage.files.internal.pdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;

/** A sorted list of names and what each stands for, in one dictionary or many. Source: ISO 32000-2, 7.9.6. */
final class PdfNameTree {

    private final COSDictionary root;
    private final Map<COSString, COSBase> entries = new TreeMap<>(PdfNameTree::compare);

    private PdfNameTree(COSDictionary root) {
        this.root = root;
        collect(root, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** {@return one of the trees of a document; empty if it has none such} */
    static PdfNameTree of(COSDictionary catalog, String kind) {
        COSDictionary names = catalog.getCOSDictionary(COSName.NAMES);
        COSDictionary tree = names == null ? null : names.getCOSDictionary(COSName.getPDFName(kind));
        return new PdfNameTree(tree == null ? new COSDictionary() : tree);
    }

    private void collect(COSDictionary first, Set<COSDictionary> seen) {
        List<COSDictionary> todo = new ArrayList<>(List.of(first));
        while (!todo.isEmpty()) {
            COSDictionary node = todo.remove(todo.size() - 1);
            if (!seen.add(node)) {
                continue;
            }
            COSArray pairs = node.getCOSArray(COSName.NAMES);
            for (int at = 0; pairs != null && at + 1 < pairs.size(); at += 2) {
                if (pairs.getObject(at) instanceof COSString name) {
                    entries.putIfAbsent(name, pairs.get(at + 1));
                }
            }
            COSArray kids = node.getCOSArray(COSName.KIDS);
            for (int at = 0; kids != null && at < kids.size(); at++) {
                if (kids.getObject(at) instanceof COSDictionary kid) {
                    todo.add(kid);
                }
            }
        }
    }

    /** {@return the names that change, and what they become; no two become the same} */
    Map<String, String> renamed(UnaryOperator<String> rename) {
        return distinct(entries.keySet().stream().map(COSString::getString).toList(), rename);
    }

    static Map<String, String> distinct(List<String> names, UnaryOperator<String> rename) {
        Map<String, String> renamed = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            if (rename.apply(name).equals(name)) {
                taken.add(name);
            }
        }
        for (String name : names) {
            String base = rename.apply(name);
            if (!base.equals(name)) {
                String free = base;
                for (int number = 2; !taken.add(free); number++) {
                    free = number + " " + base;
                }
                renamed.put(name, free);
            }
        }
        return renamed;
    }

    /** Makes the tree anew, as it is sorted by its names. */
    void rename(Map<String, String> renamed) {
        if (renamed.isEmpty()) {
            return;
        }
        Map<COSString, COSBase> sorted = new TreeMap<>(PdfNameTree::compare);
        entries.forEach((name, value) -> {
            String changed = renamed.get(name.getString());
            sorted.put(changed == null ? name : new COSString(changed), value);
        });
        write(sorted);
    }

    /** Leaves of the names what they are needed for: an order. */
    void number() {
        if (entries.isEmpty()) {
            return;
        }
        Map<COSString, COSBase> sorted = new TreeMap<>(PdfNameTree::compare);
        entries.values().forEach(value -> sorted.put(new COSString("%08d".formatted(sorted.size() + 1)), value));
        write(sorted);
    }

    private void write(Map<COSString, COSBase> sorted) {
        COSArray pairs = new COSArray();
        sorted.forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        root.clear();
        root.setItem(COSName.NAMES, pairs);
    }

    private static int compare(COSString one, COSString other) {
        return Arrays.compareUnsigned(one.getBytes(), other.getBytes());
    }
}
