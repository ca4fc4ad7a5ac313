package dev.restage.masking;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.restage.masking.MaskTarget.Shape;
import dev.restage.masking.MaskTarget.Trait;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a value. A pure function: the same value and key give the same result in every table and every run,
 * so joins still join, and different values give different results where the column is unique. A missing value stays
 * missing and an empty text stays empty; no mask is asked for these.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mask")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Mask.Keep.class, name = "keep"),
    @JsonSubTypes.Type(value = Mask.Null.class, name = "null"),
    @JsonSubTypes.Type(value = Mask.Empty.class, name = "empty"),
    @JsonSubTypes.Type(value = Mask.Constant.class, name = "constant"),
    @JsonSubTypes.Type(value = Mask.Email.class, name = "email"),
    @JsonSubTypes.Type(value = Mask.Username.class, name = "username"),
    @JsonSubTypes.Type(value = Mask.FirstName.class, name = "first-name"),
    @JsonSubTypes.Type(value = Mask.LastName.class, name = "last-name"),
    @JsonSubTypes.Type(value = Mask.FullName.class, name = "full-name"),
    @JsonSubTypes.Type(value = Mask.Phone.class, name = "phone"),
    @JsonSubTypes.Type(value = Mask.Hash.class, name = "hash"),
    @JsonSubTypes.Type(value = Mask.Password.class, name = "password"),
    @JsonSubTypes.Type(value = Mask.FreeText.class, name = "free-text"),
    @JsonSubTypes.Type(value = Mask.Json.class, name = "json"),
})
public sealed interface Mask {

    /**
     * Replaces a value.
     *
     * @param value the value as text, not empty
     * @param target what the column takes
     * @param key makes the result the same in every table and run
     * @return the value to write instead; null for a missing one
     */
    @Nullable String apply(String value, MaskTarget target, MaskKey key);

    /**
     * Says why this mask cannot work on a column, before anything is copied.
     *
     * @param target what the column takes
     * @return the reason as the end of a sentence that begins with the mask; empty if it can work
     */
    default Optional<String> problem(MaskTarget target) {
        if (target.shape() != Shape.TEXT) {
            return Optional.of("works on text only");
        }
        return target.has(Trait.UNIQUE) && target.maxLength() < MaskKey.TOKEN_LENGTH
                ? Optional.of("needs %d characters to stay unique, and the column has %d"
                        .formatted(MaskKey.TOKEN_LENGTH, target.maxLength()))
                : Optional.empty();
    }

    /** The value holds no personal data, or is meant to stay. */
    record Keep() implements Mask {
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
    record Null() implements Mask {
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
    record Empty() implements Mask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return switch (target.shape()) {
                case ARRAY -> "{}";
                case JSON -> value.startsWith("[") ? "[]" : "{}";
                case TEXT, OTHER -> "";
            };
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.has(Trait.UNIQUE)
                    ? Optional.of("makes all values equal, and the column is unique")
                    : Optional.empty();
        }
    }

    /**
     * Always the same text, which has to be a value of the column's type.
     *
     * @param text the text
     */
    record Constant(String text) implements Mask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return text;
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            if (target.has(Trait.UNIQUE)) {
                return Optional.of("makes all values equal, and the column is unique");
            }
            return text.length() > target.maxLength()
                    ? Optional.of("is %d characters long, and the column takes %d"
                            .formatted(text.length(), target.maxLength()))
                    : Optional.empty();
        }
    }

    /**
     * An address such as {@code user-k3x9q2m4a7bc@example.com}. In a list of addresses each is replaced.
     *
     * @param domain where the new addresses are; one that nobody can receive mail at
     * @param kept domains whose addresses stay as they are, such as the site's own staff
     */
    record Email(String domain, List<String> kept) implements Mask {

        /**
         * Copies the list.
         *
         * @param domain where the new addresses are
         * @param kept domains whose addresses stay as they are
         */
        public Email {
            kept = List.copyOf(kept);
        }

        /**
         * Replaces every address.
         *
         * @param domain where the new addresses are
         */
        public Email(String domain) {
            this(domain, List.of());
        }

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            if (value.indexOf(',') < 0 && value.indexOf(';') < 0) {
                return masked(value, target.maxLength(), key);
            }
            return target.fit(value.lines()
                    .flatMap(line -> List.of(line.split("[,;]")).stream())
                    .map(String::strip)
                    .filter(address -> !address.isEmpty())
                    .map(address -> masked(address, Integer.MAX_VALUE, key))
                    .collect(Collectors.joining(", ")));
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            int needed = MaskKey.TOKEN_LENGTH + 1 + domain.length();
            return target.shape() == Shape.TEXT && target.maxLength() < needed
                    ? Optional.of("needs %d characters, and the column has %d".formatted(needed, target.maxLength()))
                    : Mask.super.problem(target);
        }

        private String masked(String address, int maxLength, MaskKey key) {
            String host = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
            if (kept.contains(host)) {
                return address;
            }
            String masked = key.token(address) + "@" + domain;
            return masked.length() + 5 > maxLength ? masked : "user-" + masked;
        }
    }

    /**
     * A login name such as {@code user-k3x9q2m4a7bc}; one that is an e-mail address is treated as {@link Email} treats it.
     *
     * @param email what happens to names that are addresses
     */
    record Username(Email email) implements Mask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            if (value.indexOf('@') >= 0 && email.problem(target).isEmpty()) {
                return email.apply(value, target, key);
            }
            return target.maxLength() < MaskKey.TOKEN_LENGTH + 5
                    ? target.fit(key.token(value))
                    : "user-" + key.token(value);
        }
    }

    /** An invented first name. */
    record FirstName() implements Mask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.distinct(Words.pick(Words.FIRST_NAMES, key.number("first", value)), key.token(value));
        }
    }

    /** An invented last name. */
    record LastName() implements Mask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.distinct(Words.pick(Words.LAST_NAMES, key.number("last", value)), key.token(value));
        }
    }

    /** An invented first and last name, made of the same parts as {@link FirstName} and {@link LastName} make alone. */
    record FullName() implements Mask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            int space = value.strip().lastIndexOf(' ');
            String last = Words.pick(
                    Words.LAST_NAMES, key.number("last", value.strip().substring(space + 1)));
            String full = space < 0
                    ? last
                    : Words.pick(
                                    Words.FIRST_NAMES,
                                    key.number(
                                            "first",
                                            value.strip().substring(0, space).strip())) + " " + last;
            return target.distinct(full, key.token(value));
        }
    }

    /** A number that no telephone has: {@code +999} and twelve digits, fewer where the column is short. */
    record Phone() implements Mask {
        private static final String UNASSIGNED = "+999";

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.fit(UNASSIGNED + "%012d".formatted(key.number("phone", value) % 1_000_000_000_000L));
        }
    }

    /** Letters and digits that stand for the value, 32 or as many as the column takes. */
    record Hash() implements Mask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.fit(key.token("hash", value, 32));
        }
    }

    /** What Django writes for a user who cannot log in: {@code !} and 40 characters. */
    record Password() implements Mask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.fit("!" + key.token("password", value, 40));
        }
    }

    /** Filler text that is about as long as the value. */
    record FreeText() implements Mask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.distinct(Words.lorem(key.number("text", value), value.length()), key.token(value));
        }
    }

    /**
     * Filler text and invented addresses for the strings in JSON, also for JSON in a string of JSON; structure, member
     * names and numbers stay. A value that is no JSON is replaced as a whole.
     *
     * @param members the names of the members whose strings are replaced, with all below them; empty for all strings
     */
    record Json(Set<String> members) implements Mask {

        /**
         * Copies the set.
         *
         * @param members the names of the members whose strings are replaced, with all below them; empty for all strings
         */
        public Json {
            members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        }

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return new JsonStrings(members, text -> string(text, key))
                    .in(value)
                    .orElseGet(() -> new FreeText().apply(value, target, key));
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.shape() == Shape.JSON || target.shape() == Shape.TEXT
                    ? Optional.empty()
                    : Optional.of("works on JSON and text only");
        }

        private static String string(String text, MaskKey key) {
            return text.indexOf('@') > 0 && text.indexOf(' ') < 0
                    ? new Email("example.com").apply(text, MaskTarget.TEXT, key)
                    : new FreeText().apply(text, MaskTarget.TEXT, key);
        }
    }
}
