package dev.restage.files;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Takes the comments out of scripts. What stands in texts, patterns and templates is none.
 *
 * <p>Source: ECMA-262, 2025, section 12; whether a slash divides or begins a pattern is told by what stands before it.
 */
final class ScriptText {

    /** Words behind which a value begins. */
    private static final Set<String> BEFORE_VALUES = Set.of(
            "return",
            "typeof",
            "case",
            "in",
            "of",
            "delete",
            "void",
            "throw",
            "new",
            "instanceof",
            "do",
            "else",
            "yield",
            "await");

    private final String script;
    private final StringBuilder out = new StringBuilder();

    /** How many braces are open in each template that is open. */
    private final Deque<Integer> templates = new ArrayDeque<>();

    private int braces;
    private int at;
    private boolean valueNext = true;

    private ScriptText(String script) {
        this.script = script;
    }

    /** {@return the script without comments; the same text if it has none} */
    static String clean(String script) {
        if (!script.contains("//") && !script.contains("/*")) {
            return script;
        }
        ScriptText text = new ScriptText(script);
        while (text.at < script.length()) {
            text.next();
        }
        return text.out.toString();
    }

    private void next() {
        char next = script.charAt(at);
        if (script.startsWith("//", at)) {
            while (at < script.length() && !isLineEnd(script.charAt(at))) {
                at++;
            }
        } else if (script.startsWith("/*", at)) {
            comment();
        } else if (next == '"' || next == '\'') {
            quoted(next);
        } else if (next == '`') {
            copy(1);
            template();
        } else if (next == '/' && valueNext) {
            pattern();
        } else if (Character.isJavaIdentifierPart(next)) {
            word();
        } else {
            sign(next);
        }
    }

    /** One that spans lines ends the line, as that may end a statement. */
    private void comment() {
        int end = script.indexOf("*/", at + 2);
        int behind = end < 0 ? script.length() : end + 2;
        out.append(script.substring(at, behind).chars().anyMatch(one -> isLineEnd((char) one)) ? '\n' : ' ');
        at = behind;
    }

    private void quoted(char end) {
        copy(1);
        while (at < script.length() && script.charAt(at) != end && script.charAt(at) != '\n') {
            copy(script.charAt(at) == '\\' ? 2 : 1);
        }
        copy(1);
        valueNext = false;
    }

    private void template() {
        while (at < script.length() && script.charAt(at) != '`') {
            if (script.startsWith("${", at)) {
                copy(2);
                templates.push(braces);
                braces = 0;
                valueNext = true;
                return;
            }
            copy(script.charAt(at) == '\\' ? 2 : 1);
        }
        copy(1);
        valueNext = false;
    }

    private void pattern() {
        boolean inClass = false;
        copy(1);
        while (at < script.length() && !isLineEnd(script.charAt(at))) {
            char next = script.charAt(at);
            copy(next == '\\' ? 2 : 1);
            if (next == '/' && !inClass) {
                break;
            }
            inClass = next == '[' || (inClass && next != ']');
        }
        valueNext = false;
    }

    private void word() {
        int from = at;
        while (at < script.length() && Character.isJavaIdentifierPart(script.charAt(at))) {
            at++;
        }
        String word = script.substring(from, at);
        out.append(word);
        valueNext = BEFORE_VALUES.contains(word);
    }

    private void sign(char sign) {
        copy(1);
        if (sign == '{') {
            braces++;
        } else if (sign == '}' && braces == 0 && !templates.isEmpty()) {
            braces = templates.pop();
            template();
            return;
        } else if (sign == '}') {
            braces--;
        }
        if (!Character.isWhitespace(sign)) {
            valueNext = sign != ')' && sign != ']';
        }
    }

    private void copy(int characters) {
        int end = Math.min(script.length(), at + characters);
        out.append(script, at, end);
        at = end;
    }

    private static boolean isLineEnd(char one) {
        return one == '\n' || one == '\r' || one == '\u2028' || one == '\u2029';
    }
}
