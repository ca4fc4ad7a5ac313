package dev.restage.masking.value;

/** How texts are written as strings of JSON. Source: RFC 8259, section 7. */
final class JsonText {

    private JsonText() {}

    /** A text between the quotes of a string. Half a pair of surrogates is no character, so it is written as an escape. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < ' ' || isHalf(text, i)) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** The quote that closes a string. */
    static int closing(String json, int from) {
        int at = from;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    /**
     * Where the characters of a string are written.
     *
     * @param json a text with a string in it
     * @param from the first character between its quotes
     * @param to its closing quote
     * @param length how many characters the string has
     * @return the place of each character, and of the quote
     */
    static int[] places(String json, int from, int to, int length) {
        int[] places = new int[length + 1];
        int at = from;
        for (int i = 0; i < length; i++) {
            places[i] = at;
            at += json.charAt(at) != '\\' ? 1 : json.charAt(at + 1) == 'u' ? 6 : 2;
        }
        places[length] = to;
        return places;
    }
}
