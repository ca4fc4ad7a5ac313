package dev.restage.files.internal.svg;

import dev.restage.files.internal.file.UncleanException;
import java.io.IOException;

/**
 * Cleans style sheets: comments go, and so does what pictures in them say. A text is read as browsers read it, with escapes, and
 * whatever needs no cleaning stays as it is written.
 *
 * <p>Source: CSS Syntax Module Level 3, section 4, w3.org, read 2026-11.
 */
final class CssText {

    private static final String URL = "url";

    private final String css;
    private final DataUris uris;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private CssText(String css, DataUris uris) {
        this.css = css;
        this.uris = uris;
    }

    static String clean(String css, DataUris uris) throws UncleanException, IOException {
        CssText text = new CssText(css, uris);
        text.walk();
        return text.out.toString();
    }

    private void walk() throws UncleanException, IOException {
        while (at < css.length()) {
            char next = css.charAt(at);
            if (css.startsWith("/*", at)) {
                comment();
            } else if (next == '"' || next == '\'') {
                int from = at;
                at++;
                String value = value(next);
                replace(from, value, "");
            } else if (isOfName(next)) {
                name();
            } else {
                out.append(next);
                at++;
            }
        }
    }

    /** An empty one stays in its place, as it separates words. */
    private void comment() {
        int end = css.indexOf("*/", at + 2);
        at = end < 0 ? css.length() : end + 2;
        out.append("/**/");
    }

    private void name() throws UncleanException, IOException {
        int from = at;
        StringBuilder name = new StringBuilder();
        while (at < css.length() && isOfName(css.charAt(at))) {
            one(name);
        }
        boolean url = at < css.length() && css.charAt(at) == '(' && URL.equalsIgnoreCase(name.toString());
        int behind = at + 1;
        while (url && behind < css.length() && css.charAt(behind) <= ' ') {
            behind++;
        }
        if (!url || (behind < css.length() && (css.charAt(behind) == '"' || css.charAt(behind) == '\''))) {
            out.append(css, from, at);
            return;
        }
        at = behind;
        replace(from, value(')').stripTrailing(), URL);
    }

    /** The characters up to the one that ends them. */
    private String value(char end) {
        StringBuilder value = new StringBuilder();
        while (at < css.length() && css.charAt(at) != end) {
            one(value);
        }
        at++;
        return value.toString();
    }

    private void replace(int from, String value, String function) throws UncleanException, IOException {
        int end = Math.min(at, css.length());
        String cleaned = uris.clean(value);
        if (cleaned.equals(value)) {
            out.append(css, from, end);
        } else if (function.isEmpty()) {
            out.append('"').append(cleaned).append('"');
        } else {
            out.append(function).append("(\"").append(cleaned).append("\")");
        }
    }

    /** One character, or what an escape stands for. */
    private void one(StringBuilder to) {
        char next = css.charAt(at++);
        if (next != '\\' || at == css.length()) {
            to.append(next);
            return;
        }
        int code = 0;
        int digits = 0;
        while (at < css.length() && digits < 6 && Character.digit(css.charAt(at), 16) >= 0) {
            code = (code << 4) | Character.digit(css.charAt(at++), 16);
            digits++;
        }
        if (digits > 0) {
            to.appendCodePoint(Character.isValidCodePoint(code) ? code : 0xFFFD);
            at += at < css.length() && css.charAt(at) <= ' ' ? 1 : 0;
        } else if (css.charAt(at) == '\n') {
            at++;
        } else {
            to.append(css.charAt(at++));
        }
    }

    private static boolean isOfName(char one) {
        return Character.isLetterOrDigit(one) || one == '-' || one == '_' || one == '\\' || one >= 0x80;
    }
}
