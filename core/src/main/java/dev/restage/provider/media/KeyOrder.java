package dev.restage.provider.media;

import java.util.Comparator;

/** The order of keys in listings: that of their unsigned UTF-8 bytes. {@link String#compareTo} differs beyond U+FFFF. */
public enum KeyOrder implements Comparator<String> {
    /** The one order. */
    UTF_8;

    @Override
    public int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Moves surrogates, which stand for U+10000 and above, behind U+E000 to U+FFFF. */
    private static int rank(char unit) {
        if (unit < Character.MIN_SURROGATE) {
            return unit;
        }
        return unit > Character.MAX_SURROGATE ? unit - 0x0800 : unit + 0x2000;
    }
}
