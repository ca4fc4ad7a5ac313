package dev.restage.masking;

import java.util.Set;

/**
 * What a column takes, as far as a mask has to know.
 *
 * @param shape the form of its values
 * @param maxLength the most characters of a value; {@code Integer.MAX_VALUE} if there is no limit
 * @param traits what holds for its values
 */
public record MaskTarget(Shape shape, int maxLength, Set<Trait> traits) {

    /** The form of a column's values. */
    public enum Shape {
        /** Any text. */
        TEXT,
        /** JSON. */
        JSON,
        /** A list of values. */
        ARRAY,
        /** A form of its own: a number, a date, bytes, an address of a computer. */
        OTHER
    }

    /** What holds for a column's values. */
    public enum Trait {
        /** None is missing. */
        NOT_NULL,
        /** No two rows have the same one. */
        UNIQUE,
        /** No two rows have the same one together with the same values of other columns. */
        UNIQUE_WITH_OTHERS
    }

    /** A text column without limits. */
    public static final MaskTarget TEXT = new MaskTarget(Shape.TEXT, Integer.MAX_VALUE, Set.of());

    /**
     * Copies the traits.
     *
     * @param shape the form of its values
     * @param maxLength the most characters of a value; {@code Integer.MAX_VALUE} if there is no limit
     * @param traits what holds for its values
     */
    public MaskTarget {
        traits = Set.copyOf(traits);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    boolean unique() {
        return has(Trait.UNIQUE) || has(Trait.UNIQUE_WITH_OTHERS);
    }

    /** Cuts a text to the column's length. */
    String fit(String text) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength);
    }

    /** Puts a token behind a text where values have to differ; the text is cut before the token is. */
    String distinct(String text, String token) {
        if (!unique()) {
            return fit(text);
        }
        int room = maxLength - token.length() - 1;
        return room < 1 ? fit(token) : text.substring(0, Math.min(room, text.length())) + "-" + token;
    }
}
