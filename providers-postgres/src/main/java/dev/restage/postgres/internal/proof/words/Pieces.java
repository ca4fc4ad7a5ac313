package dev.restage.postgres.internal.proof.words;

import dev.restage.masking.text.WrappedText;
import java.util.function.Consumer;

/**
 * Cuts values into the texts that a person would read in them, through all wrappings: the strings of JSON and the
 * elements of arrays one by one, and any other value as a whole. Numbers in JSON count if they could be telephone
 * numbers.
 */
public final class Pieces {

    /** JSON within strings of JSON; deeper ones are read as they stand. */
    private static final int DEEPEST = 4;

    private static final int FEWEST_DIGITS = 7;

    private Pieces() {}

    public static void of(String value, Consumer<String> reader) {
        read(value, 0, reader);
    }

    public static void of(byte[] value, Consumer<String> reader) {
        WrappedText.read(value, text -> read(text, 1, reader));
    }

    private static void read(String text, int depth, Consumer<String> reader) {
        if (isStructure(text) && depth < DEEPEST) {
            structure(text, depth, reader);
        } else if (depth == 0) {
            WrappedText.read(text, piece -> read(piece, 1, reader));
        } else {
            reader.accept(text);
        }
    }

    private static boolean isStructure(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        return (first == '{' && last == '}') || (first == '[' && last == ']');
    }

    private static void structure(String text, int depth, Consumer<String> reader) {
        int at = 0;
        for (int quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', at)) {
            bare(text, at, quote, reader);
            int end = stringEnd(text, quote + 1);
            WrappedText.read(text.substring(quote + 1, end), piece -> read(piece, depth + 1, reader));
            at = Math.min(end + 1, text.length());
        }
        bare(text, at, text.length(), reader);
    }

    private static int stringEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, text.length());
    }

    /** What stands outside of quotes, cut at commas and the like. */
    private static void bare(String text, int from, int to, Consumer<String> reader) {
        int start = from;
        for (int at = from; at <= to; at++) {
            if (at == to || "{}[],:".indexOf(text.charAt(at)) >= 0) {
                if (at - start >= 2) {
                    bare(text.substring(start, at).strip(), reader);
                }
                start = at + 1;
            }
        }
    }

    private static void bare(String token, Consumer<String> reader) {
        boolean number = !token.isEmpty() && (Character.isDigit(token.charAt(0)) || token.charAt(0) == '-');
        boolean counts = number
                ? token.chars().filter(Character::isDigit).count() >= FEWEST_DIGITS
                : !token.isEmpty()
                        && !token.equals("true")
                        && !token.equals("false")
                        && !token.equalsIgnoreCase("null");
        if (counts) {
            reader.accept(token);
        }
    }
}
