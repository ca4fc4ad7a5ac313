package dev.restage.masking.value;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a column takes, as far as a mask has to know.
 *
 * @param shape the form of its values
 * @param maxLength the most characters of a text, or digits of a number; {@code Integer.MAX_VALUE} if there is no limit
 * @param traits what holds for its values
 * @param labels the values of an enum; empty for all else
 * @param element what the elements of an array take; null for all else
 */
public record MaskTarget(
        Shape shape,
        int maxLength,
        Set<Trait> traits,
        List<String> labels,
        @Nullable MaskTarget element) {

    /** The form of a column's values. */
    public enum Shape {
        /** Any text. */
        TEXT,
        /** Text that is equal to another whatever their case: citext. */
        CITEXT,
        /** Text that is filled up with blanks: {@code character(10)}. */
        CHAR,
        /** JSON. */
        JSON,
        /** XML. */
        XML,
        /** A list of values. */
        ARRAY,
        /** Keys with texts: hstore. */
        HSTORE,
        /** Words with their places in a text. */
        TSVECTOR,
        /** Bytes. */
        BYTES,
        /** A number without fraction. */
        INTEGER,
        /** Any other number. */
        NUMBER,
        /** A day. */
        DATE,
        /** A moment, with or without time zone. */
        TIMESTAMP,
        /** A UUID. */
        UUID,
        /** The address of a computer, perhaps with its network. */
        INET,
        /** The address of a network. */
        CIDR,
        /** True or false. */
        BOOLEAN,
        /** One of a list of labels. */
        ENUM,
        /** A form of its own that names nobody: a time, a range of numbers or days, a point. */
        OTHER,
        /** A form that is not known: a composite, a range of texts, an array of a domain, a type of an extension. */
        UNKNOWN;

        /** {@return whether values are text to read} */
        public boolean isText() {
            return this == TEXT || this == CITEXT || this == CHAR;
        }

        /** {@return whether values can name a person or lead to one} */
        public boolean canHoldPersonalData() {
            return switch (this) {
                case TEXT, CITEXT, CHAR, JSON, XML, HSTORE, TSVECTOR, BYTES, INET, CIDR, ARRAY, UNKNOWN -> true;
                case INTEGER, NUMBER, DATE, TIMESTAMP, UUID, BOOLEAN, ENUM, OTHER -> false;
            };
        }
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

    /** The most bytes of a value of the type {@code name}. Source: documentation of the server, "Character Types". */
    private static final int NAME_LENGTH = 63;

    /** Types of the server that name nobody. A type of the same name in another schema is somebody's own. */
    private static final Set<String> HARMLESS = Set.of(
            "bit",
            "bit varying",
            "box",
            "circle",
            "datemultirange",
            "daterange",
            "int4multirange",
            "int4range",
            "interval",
            "line",
            "lseg",
            "money",
            "oid",
            "path",
            "pg_lsn",
            "point",
            "polygon",
            "regclass",
            "regtype",
            "time with time zone",
            "time without time zone",
            "tsmultirange",
            "tsrange",
            "tstzmultirange",
            "tstzrange",
            "txid_snapshot",
            "xid");

    private static final Pattern LENGTH = Pattern.compile("\\((\\d+)(,-?\\d+)?\\)");

    /**
     * Copies the collections.
     *
     * @param shape the form of its values
     * @param maxLength the most characters of a text, or digits of a number
     * @param traits what holds for its values
     * @param labels the values of an enum
     * @param element what the elements of an array take
     */
    public MaskTarget {
        traits = Set.copyOf(traits);
        labels = List.copyOf(labels);
    }

    /**
     * What a column of a plain type takes.
     *
     * @param shape the form of its values
     * @param maxLength the most characters of a value
     * @param traits what holds for its values
     */
    public MaskTarget(Shape shape, int maxLength, Set<Trait> traits) {
        this(shape, maxLength, traits, List.of(), null);
    }

    /**
     * What a column takes, by its type.
     *
     * @param type the type as the server writes it: {@code character varying(254)}, {@code public.citext},
     *     {@code text[]}; for a domain the type below it
     * @param traits what holds for its values
     * @return the target
     */
    public static MaskTarget of(String type, Set<Trait> traits) {
        if (type.endsWith("[]")) {
            return new MaskTarget(
                    Shape.ARRAY,
                    Integer.MAX_VALUE,
                    traits,
                    List.of(),
                    of(type.substring(0, type.length() - 2), Set.of()));
        }
        String bare = LENGTH.matcher(type).replaceFirst("").toLowerCase(Locale.ROOT);
        String name = bare.substring(bare.lastIndexOf('.') + 1).replace("\"", "");
        boolean builtIn = bare.equals(name) || bare.equals("pg_catalog." + name);
        Shape shape = builtIn && HARMLESS.contains(name) ? Shape.OTHER : shape(name);
        Matcher length = LENGTH.matcher(type);
        boolean limited = shape == Shape.TEXT || shape == Shape.CHAR || shape == Shape.NUMBER;
        int most = limited && length.find() ? Integer.parseInt(length.group(1)) : unwritten(bare);
        return new MaskTarget(shape, most, traits);
    }

    /**
     * What a column of an enum takes.
     *
     * @param labels its values
     * @param traits what holds for its values
     * @return the target
     */
    public static MaskTarget enumeration(List<String> labels, Set<Trait> traits) {
        return new MaskTarget(Shape.ENUM, Integer.MAX_VALUE, traits, labels, null);
    }

    private static Shape shape(String type) {
        return switch (type) {
            case "text", "character varying", "varchar", "name" -> Shape.TEXT;
            case "citext" -> Shape.CITEXT;
            case "character", "bpchar", "char" -> Shape.CHAR;
            case "json", "jsonb" -> Shape.JSON;
            case "xml" -> Shape.XML;
            case "hstore" -> Shape.HSTORE;
            case "tsvector" -> Shape.TSVECTOR;
            case "bytea" -> Shape.BYTES;
            case "smallint", "integer", "bigint", "int2", "int4", "int8" -> Shape.INTEGER;
            case "numeric", "real", "double precision", "float4", "float8" -> Shape.NUMBER;
            case "date" -> Shape.DATE;
            case "timestamp without time zone", "timestamp with time zone", "timestamp", "timestamptz" ->
                Shape.TIMESTAMP;
            case "uuid" -> Shape.UUID;
            case "inet" -> Shape.INET;
            case "cidr" -> Shape.CIDR;
            case "boolean", "bool" -> Shape.BOOLEAN;
            default -> Shape.UNKNOWN;
        };
    }

    /** The limit of a type whose name says none; that of an integer is the digits that always fit. */
    private static int unwritten(String type) {
        return switch (type) {
            case "name" -> NAME_LENGTH;
            case "character", "\"char\"" -> 1;
            case "smallint", "int2" -> 4;
            case "integer", "int4" -> 9;
            case "bigint", "int8" -> 18;
            default -> Integer.MAX_VALUE;
        };
    }

    /**
     * {@return the elements of an array, those of arrays in it too, or the values of an hstore, without missing ones; else
     * the value itself}
     *
     * @param value the value as the server writes it; of one that was cut off, what can be read
     */
    public List<String> parts(String value) {
        return switch (shape) {
            case ARRAY -> Elements.ofArray(value);
            case HSTORE -> Elements.ofHstore(value);
            default -> List.of(value);
        };
    }

    /** What its elements take; text if there is nothing known of them. */
    MaskTarget elements() {
        return element == null ? TEXT : element;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    boolean unique() {
        return has(Trait.UNIQUE) || has(Trait.UNIQUE_WITH_OTHERS);
    }

    /** {@return whether a value can name a person; an array can if its elements can} */
    public boolean canHoldPersonalData() {
        return element == null ? shape.canHoldPersonalData() : element.canHoldPersonalData();
    }

    /** Why a mask that makes text cannot work here: the type, or the length if values have to differ. */
    Optional<String> textProblem(int uniqueLength) {
        if (!shape.isText()) {
            return Optional.of("works on text only");
        }
        return unique() && maxLength < uniqueLength
                ? Optional.of(
                        "needs %d characters to stay unique, and the column has %d".formatted(uniqueLength, maxLength))
                : Optional.empty();
    }

    /** Why a text of a certain length cannot be written. */
    Optional<String> lengthProblem(int length) {
        return maxLength < length
                ? Optional.of("needs %d characters, and the column has %d".formatted(length, maxLength))
                : Optional.empty();
    }

    /** Cuts a text to the column's length, never through a character. */
    String fit(String text) {
        if (text.length() <= maxLength) {
            return text;
        }
        boolean through = maxLength > 0 && Character.isHighSurrogate(text.charAt(maxLength - 1));
        return text.substring(0, through ? maxLength - 1 : maxLength);
    }

    /** Puts a token for the value behind a text where values have to differ; the text is cut before the token is. */
    String distinct(String text, String value, MaskKey key) {
        if (!unique()) {
            return fit(text);
        }
        String token = key.token(value);
        int room = maxLength - token.length() - 1;
        return room < 1 ? fit(token) : text.substring(0, Math.min(room, text.length())) + "-" + token;
    }
}
