package dev.restage.media.internal.listing;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of keys, written like a path pattern of {@code java.nio.file}: {@code *} stands for any text without a slash,
 * {@code **} for any text, {@code ?} for one character but a slash, {@code [a-z]} for one of some characters,
 * {@code {jpg,png}} for one of some texts; a backslash takes the meaning from the next character.
 */
record Glob(String text, String beginning, Pattern pattern) {

    static final String MARK = "glob:";

    private static final String SPECIAL = "*?[{\\";

    static Glob of(String text) {
        return new Reader(text).read();
    }

    boolean matches(String key) {
        return pattern.matcher(key).matches();
    }

    /** Translates one character after the other. */
    private static final class Reader {

        private final String text;
        private final StringBuilder regex = new StringBuilder();
        private final StringBuilder literal = new StringBuilder();
        private int at;
        private int groups;

        private Reader(String text) {
            this.text = text;
        }

        private Glob read() {
            boolean plain = true;
            while (at < text.length()) {
                char next = text.charAt(at++);
                plain &= SPECIAL.indexOf(next) < 0;
                if (plain) {
                    literal.append(next);
                }
                translate(next);
            }
            if (groups > 0) {
                throw bad("a { has no }");
            }
            return new Glob(text, literal.toString(), Pattern.compile(regex.toString(), Pattern.DOTALL));
        }

        private void translate(char next) {
            switch (next) {
                case '*' -> {
                    boolean two = at < text.length() && text.charAt(at) == '*';
                    at += two ? 1 : 0;
                    regex.append(two ? ".*" : "[^/]*");
                }
                case '?' -> regex.append("[^/]");
                case '[' -> characters();
                case '{' -> {
                    groups++;
                    regex.append("(?:");
                }
                case '}' -> {
                    if (groups-- == 0) {
                        throw bad("a } has no {");
                    }
                    regex.append(')');
                }
                case ',' -> regex.append(groups > 0 ? "|" : ",");
                case '\\' -> {
                    if (at == text.length()) {
                        throw bad("it ends in a backslash");
                    }
                    regex.append(Pattern.quote(text.substring(at, ++at)));
                }
                default -> regex.append(Pattern.quote(String.valueOf(next)));
            }
        }

        private void characters() {
            int end = text.indexOf(']', at + 1);
            if (end < 0) {
                throw bad("a [ has no ]");
            }
            String inside = text.substring(at, end);
            at = end + 1;
            boolean not = inside.startsWith("!");
            String signs = (not ? "[^" : "[")
                    + (not ? inside.substring(1) : inside).replaceAll("([\\\\\\[\\]&^])", "\\\\$1")
                    + "]";
            try {
                Pattern.compile(signs);
            } catch (PatternSyntaxException e) {
                throw bad("a range in [%s] runs backwards or is empty".formatted(inside));
            }
            regex.append("(?!/)").append(signs);
        }

        private IllegalArgumentException bad(String why) {
            return new IllegalArgumentException("%s%s is no pattern: %s".formatted(MARK, text, why));
        }
    }
}
