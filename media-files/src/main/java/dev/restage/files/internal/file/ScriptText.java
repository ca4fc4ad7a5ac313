package dev.restage.files.internal.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Takes the comments out of scripts. What stands in texts, patterns and templates is none.
 *
 * <p>Source: ECMA-262, 2025, section 12 and annex B.1.1; whether a slash divides or begins a pattern is told by what stands before it.
 */
public final class ScriptText {

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

    private static final List<String> COMMENTS = List.of("//", "/*", "<!--", "-->", "#!");

    /** Words whose bracket a statement follows. */
    private static final Set<String> BEFORE_BRACKETS = Set.of("if", "while", "for", "with");

    private final String script;
    private final boolean module;
    private final StringBuilder out = new StringBuilder();

    /** How many braces are open in each template that is open. */
    private final Deque<Integer> templates = new ArrayDeque<>();

    /** For each bracket that is open, whether a value begins behind its end. */
    private final Deque<Boolean> brackets = new ArrayDeque<>();

    private int braces;
    private int at;
    private boolean valueNext = true;
    private boolean bracketOfStatement;
    private boolean memberNext;

    private ScriptText(String script, boolean module) {
        this.script = script;
        this.module = module;
    }

    /** {@return the script without comments; the same text if it has none} */
    public static String clean(String script) {
        return new ScriptText(script, false).clean();
    }

    /** {@return the module without comments; the same text if it has none} In modules those of pages are none. */
    public static String cleanModule(String script) {
        return new ScriptText(script, true).clean();
    }

    private String clean() {
        if (COMMENTS.stream().noneMatch(script::contains)) {
            return script;
        }
        while (at < script.length()) {
            next();
        }
        return out.toString();
    }

    private void next() {
        char next = script.charAt(at);
        if (isLineComment()) {
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

    private boolean isLineComment() {
        return script.startsWith("//", at)
                || (at == 0 && script.startsWith("#!"))
                || (!module && (script.startsWith("<!--", at) || (script.startsWith("-->", at) && beginsLine())));
    }

    private boolean beginsLine() {
        int before = out.length() - 1;
        while (before >= 0 && !isLineEnd(out.charAt(before)) && Character.isWhitespace(out.charAt(before))) {
            before--;
        }
        return before < 0 || isLineEnd(out.charAt(before));
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
        valueNext = !memberNext && BEFORE_VALUES.contains(word);
        bracketOfStatement =
                !memberNext && (BEFORE_BRACKETS.contains(word) || (bracketOfStatement && word.equals("await")));
        memberNext = false;
    }

    private void sign(char sign) {
        if (script.startsWith("++", at) || script.startsWith("--", at)) {
            // Before a value or behind one: what may follow is the same.
            copy(2);
            return;
        }
        copy(1);
        if (Character.isWhitespace(sign)) {
            return;
        }
        valueNext = sign != ')' && sign != ']';
        if (sign == '(') {
            brackets.push(bracketOfStatement);
        } else if (sign == ')' && !brackets.isEmpty()) {
            valueNext = brackets.pop();
        }
        bracketOfStatement = false;
        memberNext = sign == '.' && !script.startsWith(".", at);
        if (sign == '{') {
            braces++;
        } else if (sign == '}' && braces == 0 && !templates.isEmpty()) {
            braces = templates.pop();
            template();
        } else if (sign == '}') {
            braces--;
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
