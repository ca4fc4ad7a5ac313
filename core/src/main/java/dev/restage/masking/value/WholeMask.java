package dev.restage.masking.value;

import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.MaskTarget.Trait;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Masks that look at a value as a whole, whatever its type. */
public sealed interface WholeMask extends Mask {

    /** The value holds no personal data, or is meant to stay. */
    record Keep() implements WholeMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return value;
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return Optional.empty();
        }
    }

    /** The value goes missing; works on every type. */
    record Null() implements WholeMask {
        @Override
        public @Nullable String apply(String value, MaskTarget target, MaskKey key) {
            return null;
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.has(Trait.NOT_NULL)
                    ? Optional.of("leaves nothing, and the column is NOT NULL")
                    : Optional.empty();
        }
    }

    /** An empty text, an empty JSON object or array like the value, or an empty list. */
    record Empty() implements WholeMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return switch (target.shape()) {
                case ARRAY -> "{}";
                case JSON -> value.startsWith("[") ? "[]" : "{}";
                case BYTES -> "\\x";
                default -> "";
            };
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            if (target.unique()) {
                return Optional.of("makes all values equal, and the column is unique");
            }
            return switch (target.shape()) {
                case TEXT, CITEXT, CHAR, JSON, XML, ARRAY, HSTORE, TSVECTOR, BYTES -> Optional.empty();
                default -> Optional.of("cannot work, as no value of the column's type is known to be empty");
            };
        }
    }

    /**
     * Always the same value.
     *
     * @param text a value of the column's type, as the server writes it
     */
    record Constant(String text) implements WholeMask {

        /** What values look like where that can be told; the server has the last word. */
        private static final Map<Shape, Pattern> FORMS = Map.of(
                Shape.ARRAY, Pattern.compile("(\\[.*]=)?\\{.*}", Pattern.DOTALL),
                Shape.HSTORE, Pattern.compile("|.+=>.+", Pattern.DOTALL),
                Shape.JSON, Pattern.compile("\\s*([{\\[\"].*|-?\\d.*|true|false|null)\\s*", Pattern.DOTALL),
                Shape.INTEGER, Pattern.compile("[+-]?\\d+"),
                Shape.NUMBER, Pattern.compile("[+-]?[\\d.]+([eE][+-]?\\d+)?|NaN|-?Infinity"),
                Shape.DATE, Pattern.compile("\\d{4,}-\\d\\d-\\d\\d( BC)?|-?infinity"),
                Shape.TIMESTAMP, Pattern.compile("\\d{4,}-\\d\\d-\\d\\d.*|-?infinity"),
                Shape.UUID, Pattern.compile("\\{?[0-9a-fA-F-]{32,36}}?"),
                Shape.INET, Pattern.compile("[0-9a-fA-F.:/]+"),
                Shape.BOOLEAN, Pattern.compile("t|f|true|false|yes|no|on|off|0|1"));

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return text;
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            if (target.unique()) {
                return Optional.of("makes all values equal, and the column is unique");
            }
            if (target.shape() == Shape.ENUM && !target.labels().contains(text)) {
                return Optional.of("is no label of the column's type, which has " + target.labels());
            }
            Pattern form = FORMS.get(target.shape());
            if (form != null && !form.matcher(text).matches()) {
                return Optional.of("is no value of the column's type");
            }
            return target.shape().isText() && text.length() > target.maxLength()
                    ? Optional.of("is %d characters long, and the column takes %d"
                            .formatted(text.length(), target.maxLength()))
                    : Optional.empty();
        }
    }

    /**
     * Masks parts of a JSON value, also of JSON in a string of JSON; true, false and null stay. So do names of members,
     * but those in a masked part that hold an e-mail address or are a number of nine digits or more, or of seven under a mask
     * for telephone numbers or digits. A number is replaced
     * by one with as many digits, where the part is named, and where it is everything ({@code $}) if it has seven digits
     * or more; {@link Keep} leaves it. The rule of the innermost part decides, the first if there are several for it. What
     * is not masked stays as it is written. A text that is no JSON is replaced as a whole.
     *
     * @param at what happens where
     */
    record Json(List<At> at) implements WholeMask {

        /**
         * A part of a JSON value and its mask.
         *
         * @param path the name of members anywhere ({@code email}, {@code *_name}), or a path from the top
         *     ({@code $.a.b[*].c}); each means all below it, too
         * @param mask what happens to its strings and numbers
         */
        public record At(String path, Mask mask) {}

        /**
         * Copies the list.
         *
         * @param at what happens where
         */
        public Json {
            at = List.copyOf(at);
        }

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return apply(value, target, key, PublicTexts.NONE);
        }

        String apply(String value, MaskTarget target, MaskKey key, PublicTexts known) {
            return new JsonWalk(at, key, known)
                    .in(value)
                    .orElseGet(() -> new TextMask.FreeText().apply(value, target, key));
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            if (target.unique()) {
                return Optional.of("cannot keep values different, and the column is unique");
            }
            return target.shape() == Shape.JSON || (target.shape().isText() && target.maxLength() == Integer.MAX_VALUE)
                    ? Optional.empty()
                    : Optional.of("works on JSON, and on text of any length");
        }
    }

    /**
     * Masks values of an hstore by their keys; values without a rule stay. So do keys, but those that hold an e-mail address
     * or are a number of nine digits or more, where the rule is for all keys ({@code *}).
     *
     * @param at what happens where
     */
    record Hstore(List<Values> at) implements WholeMask {

        /**
         * Keys and the mask of their values.
         *
         * @param key a key, with {@code *} for any text
         * @param mask what happens to its value
         */
        public record Values(String key, Mask mask) {}

        /**
         * Copies the list.
         *
         * @param at what happens where
         */
        public Hstore {
            at = List.copyOf(at);
        }

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return Elements.hstore(
                    value,
                    name -> rule(name)
                            .filter(each -> each.key().equals("*"))
                            .map(each -> MemberName.masked(name, each.mask(), key))
                            .orElse(name),
                    (name, text) -> rule(name)
                            .map(each -> Elements.applied(each.mask(), text, MaskTarget.TEXT, key))
                            .orElse(text));
        }

        /** Tells of the values that no rule is for, and of their keys. */
        void open(String value, BiConsumer<String, String> reader) {
            Elements.hstore(value, UnaryOperator.identity(), (name, text) -> {
                if (rule(name).isEmpty()) {
                    reader.accept(name, text);
                }
                return text;
            });
        }

        private Optional<Values> rule(String name) {
            return at.stream()
                    .filter(each -> NamePattern.fits(each.key(), name))
                    .findFirst();
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.shape() == Shape.HSTORE ? Optional.empty() : Optional.of("works on hstore only");
        }
    }
}
