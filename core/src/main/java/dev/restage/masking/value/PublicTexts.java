package dev.restage.masking.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What columns hold that are kept, by the names of the columns and of the members of their JSON: short texts such as
 * choices, places and titles. It is filled by one thread, and then asked by any number of them.
 */
public final class PublicTexts {

    /** Nothing is public. */
    public static final PublicTexts NONE = new PublicTexts(Set.of());

    /** Longer texts are written by somebody, and a draft of them need not be as it was. */
    private static final int LONGEST = 100;

    /** More do not fit into the memory that a copy may take: 16 MB. */
    private static final int MOST = 2_000_000;

    /** Addresses, and numbers that can be called, are somebody's wherever they stand. */
    private static final Pattern PERSONAL = Pattern.compile(".*@.*|(?=(?:\\D*\\d){9})[+(0][\\d ()/-]*", Pattern.DOTALL);

    private final Set<String> maskedNumbers;
    private long[] prints = new long[64];
    private int size;
    private boolean sorted;

    /**
     * Makes an empty one.
     *
     * @param maskedNumbers names of columns whose numbers are masked, so that those in drafts of them are, too
     */
    public PublicTexts(Collection<String> maskedNumbers) {
        this.maskedNumbers = Set.copyOf(maskedNumbers);
    }

    /**
     * Adds a value of a kept column, with all strings in it if it is JSON.
     *
     * @param column the name of the column
     * @param value the value
     */
    public void add(String column, String value) {
        if (JsonWalk.looksLikeJson(value)) {
            JsonWalk.strings(column, value, this::addText);
        } else {
            addText(column, value);
        }
    }

    private void addText(String name, String text) {
        if (!counts(text) || size == MOST) {
            return;
        }
        if (size == prints.length) {
            compact();
        }
        prints[size++] = print(name, text);
        sorted = false;
    }

    /** Drops what is there twice, and makes room. */
    private void compact() {
        sort();
        if (size > prints.length / 2) {
            prints = Arrays.copyOf(prints, Math.min(prints.length * 2, MOST));
        }
    }

    private void sort() {
        Arrays.sort(prints, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || prints[kept - 1] != prints[i]) {
                prints[kept++] = prints[i];
            }
        }
        size = kept;
        sorted = true;
    }

    /** {@return this, ready to be asked by several threads} */
    public PublicTexts ready() {
        sort();
        return this;
    }

    /**
     * {@return whether a kept column of a name holds a text}
     *
     * @param name the name of the column, or of a member of JSON in it
     * @param text the text
     */
    boolean has(String name, String text) {
        return size > 0 && sorted && counts(text) && Arrays.binarySearch(prints, 0, size, print(name, text)) >= 0;
    }

    boolean masksNumbersOf(String name) {
        return maskedNumbers.contains(name);
    }

    private static boolean counts(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && !PERSONAL.matcher(text).matches();
    }

    /** Two texts in some billions have the same. */
    private static long print(String name, String text) {
        long hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = step(hash, name.charAt(i));
        }
        hash = step(hash, '\0');
        for (int i = 0; i < text.length(); i++) {
            hash = step(hash, text.charAt(i));
        }
        return hash;
    }

    /** One round of a multiplicative hash whose upper bits reach the lower ones. */
    private static long step(long hash, char c) {
        long mixed = (hash ^ c) * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 29;
    }
}
