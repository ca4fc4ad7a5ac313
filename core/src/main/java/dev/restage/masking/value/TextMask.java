package dev.restage.masking.value;

import dev.restage.masking.value.MaskTarget.Shape;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

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

    /**
     * Filler text that is about as long as the value, or as what a page shows of it if it is HTML; an address becomes one at
     * {@code example.com}.
     */
    record FreeText() implements TextMask {

        /** Where addresses are that come of filler. */
        public static final String DOMAIN = "example.com";

        private static final PersonMask.Email EMAIL = new PersonMask.Email(DOMAIN, List.of());

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            if (value.indexOf('@') > 0
                    && value.indexOf(' ') < 0
                    && EMAIL.problem(target).isEmpty()) {
                return EMAIL.apply(value, target, key);
            }
            return target.distinct(Words.lorem(key.number("text", value), Markup.shown(value)), value, key);
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.shape() == Shape.XML ? Optional.empty() : target.textProblem(MaskKey.TOKEN_LENGTH);
        }
    }

    /**
     * A text of the same form as the value, so that what reads numbers, dates, places, choices or links still can: a day
     * moves by up to 30 days, a number of seven digits or more gets others, and so does a text of digits and signs, digit
     * by digit; of coordinates the degrees stay. A link is masked as {@link Link} does it, a telephone number as {@link
     * PersonMask.Phone} does it. Times of day, spans of time, UUIDs, shorter numbers and codes of four characters ({@code
     * MON}, {@code h2}) tell nobody and stay; all else is masked as {@link FreeText} does it.
     */
    record Alike() implements TextMask {

        private static final Pattern DAY =
                Pattern.compile("\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:?\\d\\d)?)?");
        private static final Pattern SIGNS = Pattern.compile("[\\d\\s.,:;/()+#*_-]+");
        private static final Pattern CALLED =
                Pattern.compile("(?=(?:\\D*\\d){9})(?:\\+[^.,/:]+|[(0]\\d*[\\s()-][\\d\\s()-]*)");
        private static final Pattern DEGREES =
                Pattern.compile("(-?\\d{1,3}\\.\\d{4,})(\\s*,\\s*-?\\d{1,3}\\.\\d{4,})?");
        private static final Pattern LINK = Pattern.compile("[a-z]{2,8}://\\S+");
        private static final Pattern TELLS_NOBODY = Pattern.compile("-?[\\d.]{1,6}|\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?"
                + "|-?P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?"
                + "|[A-Z0-9][A-Z0-9_-]{0,3}|[a-z]{1,2}|(?=\\D{0,3}\\d)[a-z0-9_-]{2,4}"
                + "|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

        private static final ValueMask.DateShift SHIFT = new ValueMask.DateShift(30);

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            if (TELLS_NOBODY.matcher(value).matches()) {
                return value;
            }
            if (DAY.matcher(value).matches()) {
                return SHIFT.apply(value, target, key);
            }
            if (SIGNS.matcher(value).matches()) {
                return CALLED.matcher(value).matches()
                        ? new PersonMask.Phone().apply(value, target, key)
                        : digits(value, key, DEGREES.matcher(value).matches());
            }
            return LINK.matcher(value).matches()
                    ? new Link().apply(value, target, key)
                    : new FreeText().apply(value, target, key);
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.unique()
                    ? Optional.of("cannot keep values different, and the column is unique")
                    : target.textProblem(MaskKey.TOKEN_LENGTH);
        }

        /** A zero at the beginning of a number stays, and no other comes there; nor do degrees change before the point. */
        private static String digits(String value, MaskKey key, boolean degrees) {
            StringBuilder digits = new StringBuilder(value);
            byte[] random = key.digest("digits", value);
            boolean first = true;
            boolean whole = true;
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c < '0' || c > '9') {
                    first = c != '.';
                    whole = c != '.';
                } else {
                    int number = random[i % random.length] & 0xff;
                    if ((!first || c != '0') && !(degrees && whole)) {
                        digits.setCharAt(i, (char) (first ? '1' + number % 9 : '0' + number % 10));
                    }
                    first = false;
                }
            }
            return digits.toString();
        }
    }

    /**
     * Within JSON: leaves a text that a kept column of the member's name holds too, or JSON in such a column, so that a draft
     * says what is public anyway, and choices stay choices. Addresses and telephone numbers never stay. Numbers stay, unless
     * a column of the member's name is masked by a mask for numbers.
     *
     * @param otherwise what happens to all other texts
     */
    record UnlessPublic(Mask otherwise) implements TextMask {
        @Override
        public @Nullable String apply(String value, MaskTarget target, MaskKey key) {
            return otherwise.apply(value, target, key);
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return otherwise.problem(target);
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

        /** {@code .jpeg}, {@code .woff2}; what is longer may be a name. */
        private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{1,5}");

        /**
         * What a column of files takes at least, or else it takes no more than its own longest value: so a name in a long
         * path is cut, and where objects are renamed, which know no column, it is cut in the same way: as long as a
         * framework makes a {@code FileField}.
         */
        private static final int LONGEST = 100;

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            int name = value.lastIndexOf('/') + 1;
            int dot = value.lastIndexOf('.');
            String ending = dot > name
                            && ENDING.matcher(value).region(dot, value.length()).matches()
                    ? value.substring(dot)
                    : "";
            String token = key.token(value);
            int room = Math.max(LONGEST, value.length()) - name - ending.length();
            String file = value.substring(0, name) + token.substring(0, Math.min(room, token.length())) + ending;
            return file.length() > target.maxLength() ? target.fit(token) : file;
        }
    }
}
