package dev.restage.postgres;

/** The escapes of a value in COPY's text form. Source: PostgreSQL documentation, COPY, "Text Format". */
final class CopyText {

    static final String NULL = "\\N";

    private CopyText() {}

    static String decoded(String value) {
        int slash = value.indexOf('\\');
        if (slash < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length()).append(value, 0, slash);
        for (int i = slash; i < value.length(); i++) {
            char c = value.charAt(i);
            text.append(c == '\\' && ++i < value.length() ? meant(value.charAt(i)) : c);
        }
        return text.toString();
    }

    static String encoded(String text) {
        StringBuilder value = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> value.append("\\\\");
                case '\n' -> value.append("\\n");
                case '\r' -> value.append("\\r");
                case '\t' -> value.append("\\t");
                default -> value.append(c);
            }
        }
        return value.toString();
    }

    /** The server writes only these escapes and the backslash's own. */
    private static char meant(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            default -> escape;
        };
    }
}
