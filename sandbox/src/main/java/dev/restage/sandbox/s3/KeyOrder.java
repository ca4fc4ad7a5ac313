package dev.restage.sandbox.s3;

import java.util.Comparator;

/** The order of a listing: that of the keys' UTF-8 bytes, which is the order of code points but not that of strings. */
enum KeyOrder implements Comparator<String> {
    BYTES;

    @Override
    public int compare(String one, String other) {
        int common = Math.min(one.length(), other.length());
        for (int i = 0; i < common; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return rank(a) - rank(b);
            }
        }
        return one.length() - other.length();
    }

    /** A surrogate stands for a code point above all that one char can hold. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    /** {@return the least text greater than everything that begins with a prefix, which is not empty} */
    static String behind(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            int start = end - Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return prefix.substring(0, start) + Character.toString(next);
            }
            end = start;
        }
        throw new IllegalArgumentException("nothing is behind it");
    }
}
