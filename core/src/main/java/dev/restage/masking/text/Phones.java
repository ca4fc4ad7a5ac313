package dev.restage.masking.text;

import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells telephone numbers from other numbers by how they are written. */
public final class Phones {

    /** So many last digits are the same whether the country is said or not. */
    public static final int TELLING = 9;

    /** A country's code has so many digits at most. Source: ITU-T E.164. */
    private static final int COUNTRY = 3;

    /** Shorter numbers in columns of numbers are counts and keys. */
    public static final int FEWEST_DIGITS = 7;

    /** The longest number there is. Source: ITU-T E.164. */
    private static final int MOST_DIGITS = 15;

    /** Moments have so many digits, by their unit. */
    private static final int SECONDS = 9;

    private static final int MICROSECONDS = 16;

    /** Numbers that a mask makes: no country has this code. */
    private static final String MASKED = "+999";

    /** An id that software gives, with small letters or capitals. */
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final int UUID_LENGTH = 36;

    private Phones() {}

    /**
     * {@return whether it is written as one: with a plus, or with a leading 0 and groups of digits}
     *
     * @param text the text
     * @param from the first character of the number
     * @param to the one after its last
     */
    public static boolean looksLike(String text, int from, int to) {
        if (text.startsWith(MASKED, from)) {
            return false;
        }
        int digits = 0;
        boolean groups = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            digits += isDigit(c) ? 1 : 0;
            groups = groups || c == ' ' || c == '-' || c == ')';
            if (c == '.' || c == '/') {
                return false;
            }
        }
        boolean national = text.charAt(from) == '0' || text.startsWith("(0", from);
        return digits > TELLING
                && digits <= MOST_DIGITS
                && (text.charAt(from) == '+' || (national && groups && !isInUuid(text, from, to)));
    }

    /**
     * {@return whether a text is an id that software gives, and nothing else}
     *
     * @param text the text
     */
    public static boolean isUuid(String text) {
        return text.length() == UUID_LENGTH && UUID.matcher(text).matches();
    }

    /** Some of its groups are all digits by chance. */
    private static boolean isInUuid(String text, int from, int to) {
        int start = Math.max(0, from - UUID_LENGTH);
        Matcher uuid = UUID.matcher(text).region(start, Math.min(text.length(), to + UUID_LENGTH));
        while (uuid.find()) {
            if (uuid.start() <= from && to <= uuid.end()) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return the last digits of a number, by which it is known; fewer if it has fewer}
     *
     * @param text the text
     * @param from the first character of the number
     * @param to the one after its last
     */
    public static String telling(String text, int from, int to) {
        StringBuilder digits = new StringBuilder(TELLING);
        for (int i = to - 1; i >= from && digits.length() < TELLING; i--) {
            if (isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
            }
        }
        return digits.toString();
    }

    /**
     * {@return the digits of a number, without leading zeros}
     *
     * @param text the text
     * @param from the first character of the number
     * @param to the one after its last
     */
    public static StringBuilder digits(String text, int from, int to) {
        StringBuilder digits = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            if (isDigit(text.charAt(i)) && (!digits.isEmpty() || text.charAt(i) != '0')) {
                digits.append(text.charAt(i));
            }
        }
        return digits;
    }

    /**
     * Tells where all begins that a column of numbers may hold of a number: its digits, and those behind a country's code.
     *
     * @param digits digits alone between the places given, the first of them no zero
     * @param from the first digit
     * @param to the one after the last
     * @param start hears of the first digit of each form; all of them end with the number
     */
    public static void forms(CharSequence digits, int from, int to, IntConsumer start) {
        if (to - from < FEWEST_DIGITS) {
            return;
        }
        start.accept(from);
        for (int code = 1; code <= COUNTRY; code++) {
            int rest = from + code;
            while (rest < to && digits.charAt(rest) == '0') {
                rest++;
            }
            if (to - rest >= TELLING) {
                start.accept(rest);
            }
        }
    }

    /**
     * {@return whether a number may as well be seconds, milliseconds or microseconds since 1970, of the decades around now}
     *
     * @param digits digits alone between the places given
     * @param from the first digit
     * @param to the one after the last
     */
    public static boolean isMoment(CharSequence digits, int from, int to) {
        if (to - from < SECONDS || to - from > MICROSECONDS) {
            return false;
        }
        long number = Long.parseLong(digits, from, to, 10);
        return (number > 900_000_000L && number < 2_200_000_000L)
                || (number > 900_000_000_000L && number < 2_200_000_000_000L)
                || (number > 900_000_000_000_000L && number < 2_200_000_000_000_000L);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
