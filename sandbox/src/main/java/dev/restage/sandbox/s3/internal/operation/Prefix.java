package dev.restage.sandbox.s3.internal.operation;

/** The beginning of keys. */
final class Prefix {

    private Prefix() {}

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
