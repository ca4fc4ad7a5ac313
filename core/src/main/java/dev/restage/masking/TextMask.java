package dev.restage.masking;

import dev.restage.masking.MaskTarget.Shape;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Masks for text of any kind. */
public sealed interface TextMask extends Mask {

    @Override
    default Optional<String> problem(MaskTarget target) {
        return target.textProblem(MaskKey.TOKEN_LENGTH);
    }

    /** Letters and digits that stand for the value, 32 or as many as the column takes; 32 bytes for bytes. */
    record Hash() implements TextMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.shape() == Shape.BYTES
                    ? "\\x" + HexFormat.of().formatHex(key.digest("hash", value))
                    : target.fit(key.token("hash", value, 32));
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.shape() == Shape.BYTES ? Optional.empty() : target.textProblem(MaskKey.TOKEN_LENGTH);
        }
    }

    /** Filler text that is about as long as the value; an address becomes one at {@code example.com}. */
    record FreeText() implements TextMask {

        private static final PersonMask.Email EMAIL = new PersonMask.Email("example.com", List.of());

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            if (value.indexOf('@') > 0
                    && value.indexOf(' ') < 0
                    && EMAIL.problem(target).isEmpty()) {
                return EMAIL.apply(value, target, key);
            }
            return target.distinct(Words.lorem(key.number("text", value), value.length()), value, key);
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.shape() == Shape.XML ? Optional.empty() : target.textProblem(MaskKey.TOKEN_LENGTH);
        }
    }

    /**
     * Replaces the parts of a text that match, such as addresses in prose, and keeps the rest.
     *
     * @param parts what happens to which parts; each is looked for in what those before it left
     */
    record Replace(List<Part> parts) implements TextMask {

        /** Matches e-mail addresses in prose. */
        public static final String EMAILS = "[\\w.!#$%&'*+/=?^`{|}~-]+@[\\w-]+(?:\\.[\\w-]+)+";

        /** Matches telephone numbers in prose: seven digits or more, with what is put between them. */
        public static final String PHONES = "(?<![\\w/.-])\\+?\\(?\\d(?:[ ()/.-]{0,3}\\d){6,17}(?![\\w/])";

        private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

        /**
         * A part of a text and its mask.
         *
         * @param pattern a regular expression, in Java's form
         * @param mask what happens to each match
         */
        public record Part(String pattern, Mask mask) {}

        /**
         * Copies the list.
         *
         * @param parts what happens to which parts
         */
        public Replace {
            parts = List.copyOf(parts);
        }

        /**
         * {@return replaces e-mail addresses and telephone numbers in prose}
         *
         * @param domain where the new addresses are
         */
        public static Replace contacts(String domain) {
            return new Replace(List.of(new Part(EMAILS, Mask.email(domain)), new Part(PHONES, new PersonMask.Phone())));
        }

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            String text = value;
            for (Part part : parts) {
                Pattern pattern = COMPILED.computeIfAbsent(part.pattern(), Pattern::compile);
                text = pattern.matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement(
                                match.group().isEmpty()
                                        ? ""
                                        : Objects.requireNonNullElse(
                                                Elements.applied(part.mask(), match.group(), MaskTarget.TEXT, key),
                                                "")));
            }
            return text.length() <= target.maxLength() ? text : target.distinct(text, value, key);
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            for (Part part : parts) {
                try {
                    COMPILED.computeIfAbsent(part.pattern(), Pattern::compile);
                } catch (PatternSyntaxException e) {
                    return Optional.of("has the pattern %s, which is no regular expression: %s"
                            .formatted(part.pattern(), e.getDescription()));
                }
            }
            return target.shape() == Shape.XML ? Optional.empty() : target.textProblem(0);
        }
    }

    /** The address of a page: the host becomes {@code example.com}, and what comes after it a token. */
    record Link() implements TextMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            int scheme = value.indexOf("://");
            String start = scheme < 0 || scheme > 8 ? "https" : value.substring(0, scheme);
            String link = start + "://example.com/" + key.token(value);
            return link.length() > target.maxLength() ? target.fit(key.token(value)) : link;
        }
    }

    /** The path of a file: folders and ending stay, the name becomes a token. */
    record FileName() implements TextMask {

        private static final int LONGEST_ENDING = 8;

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            int name = value.lastIndexOf('/') + 1;
            int dot = value.lastIndexOf('.');
            String ending = dot > name && value.length() - dot <= LONGEST_ENDING ? value.substring(dot) : "";
            String file = value.substring(0, name) + key.token(value) + ending;
            return file.length() > target.maxLength() ? target.fit(key.token(value)) : file;
        }
    }
}
