package dev.restage.postgres.internal.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word of SQL, as PostgreSQL's own scanner cuts it. Source: PostgreSQL documentation, "Lexical Structure".
 *
 * @param type what it is
 * @param text a word in lower case, a name without its quotes, a string without them, or the symbol itself
 * @param from where it begins in the text
 * @param to where it ends
 */
public record SqlToken(Type type, String text, int from, int to) {

    public enum Type {
        /** A key word or a name that is not quoted. */
        WORD,
        /** A name in double quotes. */
        NAME,
        /** A string in single quotes, or between dollar signs. */
        STRING,
        NUMBER,
        /** One character of anything else; operators come as their characters. */
        SYMBOL
    }

    public boolean is(String word) {
        return (type == Type.WORD || type == Type.SYMBOL) && text.equals(word);
    }

    public boolean isName() {
        return type == Type.WORD || type == Type.NAME;
    }

    /** Cuts a text; comments and blanks are left out. What is not closed goes to the end. */
    public static List<SqlToken> of(String sql) {
        Scanner scanner = new Scanner(sql);
        List<SqlToken> tokens = new ArrayList<>();
        while (scanner.skipBlanks()) {
            tokens.add(scanner.next());
        }
        return tokens;
    }

    /** Goes through a text once. */
    private static final class Scanner {

        private final String sql;
        private int at;

        Scanner(String sql) {
            this.sql = sql;
        }

        /** Whether something follows. */
        boolean skipBlanks() {
            while (at < sql.length()) {
                if (Character.isWhitespace(sql.charAt(at))) {
                    at++;
                } else if (sql.startsWith("--", at)) {
                    at = after("\n", at);
                } else if (sql.startsWith("/*", at)) {
                    skipComment();
                } else {
                    return true;
                }
            }
            return false;
        }

        SqlToken next() {
            int from = at;
            char first = sql.charAt(at);
            if (first == '"') {
                return new SqlToken(Type.NAME, quoted('"', false), from, at);
            }
            if (first == '\'') {
                return new SqlToken(Type.STRING, quoted('\'', false), from, at);
            }
            if ((first == 'E' || first == 'e') && sql.startsWith("'", at + 1)) {
                at++;
                return new SqlToken(Type.STRING, quoted('\'', true), from, at);
            }
            if (first == '$') {
                return dollar(from);
            }
            if (Character.isDigit(first)) {
                while (at < sql.length() && (isWordPart(sql.charAt(at)) || sql.charAt(at) == '.')) {
                    at++;
                }
                return new SqlToken(Type.NUMBER, sql.substring(from, at), from, at);
            }
            if (isWordStart(first)) {
                while (at < sql.length() && isWordPart(sql.charAt(at))) {
                    at++;
                }
                return new SqlToken(Type.WORD, sql.substring(from, at).toLowerCase(Locale.ROOT), from, at);
            }
            at++;
            return new SqlToken(Type.SYMBOL, sql.substring(from, at), from, at);
        }

        private String quoted(char quote, boolean escapes) {
            StringBuilder text = new StringBuilder();
            at++;
            while (at < sql.length()) {
                char next = sql.charAt(at++);
                if (escapes && next == '\\' && at < sql.length()) {
                    text.append(sql.charAt(at++));
                } else if (next != quote) {
                    text.append(next);
                } else if (at < sql.length() && sql.charAt(at) == quote) {
                    text.append(next);
                    at++;
                } else {
                    break;
                }
            }
            return text.toString();
        }

        private SqlToken dollar(int from) {
            int end = from + 1;
            while (end < sql.length() && isWordPart(sql.charAt(end)) && sql.charAt(end) != '$') {
                end++;
            }
            boolean tagged = end < sql.length()
                    && sql.charAt(end) == '$'
                    && (end == from + 1 || !Character.isDigit(sql.charAt(from + 1)));
            if (!tagged) {
                at++;
                return new SqlToken(Type.SYMBOL, "$", from, at);
            }
            String tag = sql.substring(from, end + 1);
            at = after(tag, end + 1);
            int close = Math.max(end + 1, sql.startsWith(tag, at - tag.length()) ? at - tag.length() : at);
            return new SqlToken(Type.STRING, sql.substring(end + 1, close), from, at);
        }

        private void skipComment() {
            int depth = 0;
            do {
                if (sql.startsWith("/*", at)) {
                    depth++;
                    at += 2;
                } else if (sql.startsWith("*/", at)) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < sql.length());
        }

        private int after(String mark, int start) {
            int found = sql.indexOf(mark, start);
            return found < 0 ? sql.length() : found + mark.length();
        }

        private static boolean isWordStart(char c) {
            return Character.isLetter(c) || c == '_' || c >= 0x80;
        }

        private static boolean isWordPart(char c) {
            return isWordStart(c) || Character.isDigit(c) || c == '$';
        }
    }
}
