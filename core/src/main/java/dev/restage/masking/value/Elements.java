package dev.restage.masking.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Applies masks to the elements of values that have many. Sources of the forms: documentation of the server, "Array Input
 * and Output Syntax", "hstore External Representation", "tsvector".
 */
final class Elements {

    private Elements() {}

    /** The value masked as a whole or by element, as the mask and the type want. */
    static @Nullable String applied(Mask mask, String value, MaskTarget target, MaskKey key) {
        if (mask instanceof WholeMask) {
            return mask.apply(value, target, key);
        }
        return switch (target.shape()) {
            case ARRAY -> array(value, element -> each(mask, element, target.elements(), key));
            case HSTORE ->
                hstore(
                        value,
                        name -> MemberName.masked(name, mask, key),
                        (name, text) -> each(mask, text, MaskTarget.TEXT, key));
            case TSVECTOR -> words(value, word -> each(mask, word, MaskTarget.TEXT, key));
            case JSON -> new JsonWalk(mask, key).in(value).orElse("{}");
            case CITEXT -> mask.apply(value.toLowerCase(Locale.ROOT), target, key);
            case CHAR -> value.isBlank() ? value : mask.apply(value.stripTrailing(), target, key);
            default -> mask.apply(value, target, key);
        };
    }

    private static @Nullable String each(Mask mask, String element, MaskTarget target, MaskKey key) {
        return element.isEmpty() ? element : applied(mask, element, target, key);
    }

    /** Replaces the elements of an array, those of arrays in it too. */
    static String array(String literal, UnaryOperator<@Nullable String> replacement) {
        StringBuilder out = new StringBuilder(literal.length() + 16);
        int start = literal.indexOf('{');
        out.append(literal, 0, start);
        int i = start;
        while (i < literal.length()) {
            char c = literal.charAt(i);
            if (c == '{' || c == '}' || c == ',') {
                out.append(c);
                i++;
            } else if (c == '"') {
                int end = closing(literal, i, '"');
                out.append(quoted(replacement.apply(unescaped(literal.substring(i + 1, end)))));
                i = end + 1;
            } else {
                int end = i;
                while (literal.charAt(end) != ',' && literal.charAt(end) != '}') {
                    end++;
                }
                String element = literal.substring(i, end);
                out.append(element.equals("NULL") ? element : quoted(replacement.apply(unescaped(element))));
                i = end;
            }
        }
        return out.toString();
    }

    /** The elements of an array, those of arrays in it too, without missing ones; empty if it was cut off. */
    static List<String> ofArray(String literal) {
        List<String> elements = new ArrayList<>();
        try {
            array(literal, element -> {
                elements.add(element);
                return element;
            });
        } catch (StringIndexOutOfBoundsException e) {
            // a sample is cut at some length; what was read until then is as good
        }
        return elements;
    }

    /** The values of an hstore, likewise. */
    static List<String> ofHstore(String literal) {
        List<String> values = new ArrayList<>();
        try {
            hstore(literal, UnaryOperator.identity(), (key, value) -> {
                values.add(value);
                return value;
            });
        } catch (StringIndexOutOfBoundsException e) {
            // likewise
        }
        return values;
    }

    /** Replaces the keys and the values of an hstore; the operator for values gets the key as it was, and the value. */
    static String hstore(String literal, UnaryOperator<String> keys, BinaryOperator<@Nullable String> replacement) {
        StringBuilder out = new StringBuilder(literal.length() + 16);
        int i = 0;
        while ((i = literal.indexOf('"', i)) >= 0) {
            int end = closing(literal, i, '"');
            String name = unescaped(literal.substring(i + 1, end));
            out.append(out.isEmpty() ? "" : ", ")
                    .append(quoted(keys.apply(name)))
                    .append("=>");
            i = end + 3;
            if (literal.charAt(i) == '"') {
                end = closing(literal, i, '"');
                out.append(quoted(replacement.apply(name, unescaped(literal.substring(i + 1, end)))));
                i = end + 1;
            } else {
                out.append("NULL");
            }
        }
        return out.toString();
    }

    /** Replaces the words of a tsvector; places and weights stay. */
    static String words(String literal, UnaryOperator<@Nullable String> replacement) {
        StringBuilder out = new StringBuilder(literal.length() + 16);
        int i = 0;
        while ((i = literal.indexOf('\'', i)) >= 0) {
            int end = i + 1;
            StringBuilder word = new StringBuilder();
            while (literal.charAt(end) != '\'' || (end + 1 < literal.length() && literal.charAt(end + 1) == '\'')) {
                boolean escaped = literal.charAt(end) == '\'' || literal.charAt(end) == '\\';
                word.append(literal.charAt(escaped ? end + 1 : end));
                end += escaped ? 2 : 1;
            }
            int places = end + 1;
            int next = literal.indexOf(' ', places);
            String masked = Objects.requireNonNullElse(replacement.apply(word.toString()), "");
            if (!masked.isEmpty()) {
                out.append(out.isEmpty() ? "'" : " '")
                        .append(masked.replace("\\", "\\\\").replace("'", "''"))
                        .append('\'')
                        .append(literal, places, next < 0 ? literal.length() : next);
            }
            i = next < 0 ? literal.length() : next;
        }
        return out.toString();
    }

    private static int closing(String literal, int open, char quote) {
        int end = open + 1;
        while (literal.charAt(end) != quote) {
            end += literal.charAt(end) == '\\' ? 2 : 1;
        }
        return end;
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(text.charAt(i) == '\\' && i + 1 < text.length() ? text.charAt(++i) : text.charAt(i));
        }
        return out.toString();
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "NULL" : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
