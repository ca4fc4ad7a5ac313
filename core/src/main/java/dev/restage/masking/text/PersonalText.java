package dev.restage.masking.text;

import java.text.Normalizer;

/**
 * Finds in texts what people can be known by: words, e-mail addresses and long numbers, however they are written.
 */
public final class PersonalText {

    /** Fewer digits make no telephone number. */
    private static final int FEWEST_DIGITS = 7;

    /** No accents that stand for themselves come before this one. */
    private static final char FIRST_MARK = '\u0300';

    /** Latin letters end here; what is beyond has no accents that a keyboard would leave out. */
    private static final char[] LATIN = latin();

    private PersonalText() {}

    /** Hears of what is found, as ranges of the text that was read. */
    public interface Reader {

        /**
         * Hears of a run of letters and digits. The words of an address and of a number are told too, before these.
         *
         * @param text the text
         * @param from the first character
         * @param to the one after the last
         */
        void word(String text, int from, int to);

        /**
         * Hears of an e-mail address.
         *
         * @param text the text
         * @param from the first character
         * @param at where its {@code @} is
         * @param to the one after the last
         */
        void address(String text, int from, int at, int to);

        /**
         * Hears of seven digits or more, with a plus before them and spaces, points, hyphens, slashes and parentheses
         * between them perhaps.
         *
         * @param text the text
         * @param from the first character
         * @param to the one after the last
         */
        void number(String text, int from, int to);
    }

    /**
     * Makes texts equal that only differ in case and accents.
     *
     * @param text the text
     * @return the text in small letters without accents
     */
    public static String folded(String text) {
        char[] folded = new char[text.length()];
        int length = 0;
        for (int i = 0; i < folded.length; i++) {
            char c = text.charAt(i);
            char letter = c < LATIN.length ? LATIN[c] : Character.toLowerCase(c);
            if (letter < FIRST_MARK || Character.getType(letter) != Character.NON_SPACING_MARK) {
                folded[length++] = letter;
            }
        }
        return new String(folded, 0, length);
    }

    /**
     * Reads a text from front to back.
     *
     * @param folded the text, as {@link #folded} makes it
     * @param reader hears of what is found
     */
    public static void read(String folded, Reader reader) {
        int length = folded.length();
        int number = 0;
        for (int at = 0; at < length; ) {
            char c = folded.charAt(at);
            if (!Character.isLetterOrDigit(c)) {
                if (c == '@') {
                    address(folded, at, reader);
                }
                at++;
                continue;
            }
            int from = at;
            while (at < length && Character.isLetterOrDigit(folded.charAt(at))) {
                at++;
            }
            reader.word(folded, from, at);
            if (from >= number && isDigit(c)) {
                number = number(folded, from, reader);
            }
        }
    }

    private static void address(String text, int at, Reader reader) {
        int from = at;
        while (from > 0 && isLocal(text.charAt(from - 1))) {
            from--;
        }
        while (from < at && !Character.isLetterOrDigit(text.charAt(from))) {
            from++;
        }
        int to = at + 1;
        while (to < text.length() && isHost(text.charAt(to))) {
            to++;
        }
        while (to > at && !Character.isLetterOrDigit(text.charAt(to - 1))) {
            to--;
        }
        int dot = text.lastIndexOf('.', to - 1);
        if (from < at && dot > at + 1 && to - dot > 2 && Character.isLetter(text.charAt(dot + 1))) {
            reader.address(text, from, at, to);
        }
    }

    /** Returns where it ends, so that its later groups are not taken for numbers of their own. */
    private static int number(String text, int start, Reader reader) {
        int digits = 0;
        int to = start;
        for (int at = start; at < text.length() && (isDigit(text.charAt(at)) || isGap(text, at)); at++) {
            if (isDigit(text.charAt(at))) {
                digits++;
                to = at + 1;
            }
        }
        boolean inWord = to < text.length() && Character.isLetter(text.charAt(to));
        if (digits >= FEWEST_DIGITS && !inWord) {
            int from = start;
            while (from > 0 && (text.charAt(from - 1) == '+' || text.charAt(from - 1) == '(')) {
                from--;
            }
            reader.number(text, from, to);
        }
        return to;
    }

    /** One separator, or two of which one is a parenthesis; two numbers in a list are further apart. */
    private static boolean isGap(String text, int at) {
        char c = text.charAt(at);
        if (" ().-/\u00a0".indexOf(c) < 0 || at + 1 >= text.length()) {
            return false;
        }
        char next = text.charAt(at + 1);
        boolean parenthesis = c == ')' || c == '(' || next == '(' || next == ')';
        return isDigit(next) || (parenthesis && at + 2 < text.length() && isDigit(text.charAt(at + 2)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
    }

    private static boolean isHost(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-';
    }

    private static char[] latin() {
        char[] letters = new char[0x250];
        for (char c = 0; c < letters.length; c++) {
            String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
            letters[c] = Character.toLowerCase(parts.charAt(0));
        }
        // letters that Unicode does not take apart, as people without these keys write them
        String odd = "\u00f8o\u00d8o\u0142l\u0141l\u0111d\u0110d\u00dfs\u00e6a\u00c6a\u0153o\u0152o\u0131i";
        for (int i = 0; i < odd.length(); i += 2) {
            letters[odd.charAt(i)] = odd.charAt(i + 1);
        }
        return letters;
    }
}
