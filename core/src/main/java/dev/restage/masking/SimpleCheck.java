package dev.restage.masking;

import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.MaskTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a CHECK on one column, as far as it can be understood: lists of values, comparisons with numbers,
 * lengths, LIKE and regular expressions, joined by AND and OR. Masks are tried on a few values; a condition that is not understood
 * counts as one that refuses.
 */
final class SimpleCheck {

    private static final MaskKey KEY = MaskKey.of("check");

    /** Values of every form that a mask may meet. */
    private static final List<String> VALUES = List.of(
            "1",
            "42",
            "987654",
            "7.25",
            "2024-02-29",
            "a",
            "Ada King",
            "ada@engine.example",
            "+44 20 7946 0000",
            "x".repeat(200));

    private static final String NUMBER = "\\(?'?(-?[0-9.]+)'?\\)?(?:::[a-z ]+)?";
    private static final Pattern LIST = Pattern.compile("= ANY \\(+ARRAY\\[(.*?)]");
    private static final Pattern TEXT = Pattern.compile("'((?:[^']|'')*)'");
    private static final Pattern COMPARED = Pattern.compile("^(<=|>=|<>|<|>|=) " + NUMBER + "$");
    private static final Pattern DIFFERENT = Pattern.compile("^<> '((?:[^']|'')*)'(?:::[a-z ]+)?$");
    private static final Pattern REGEX = Pattern.compile("^(!?~\\*?) '((?:[^']|'')*)'(?:::[a-z ]+)?$");
    private static final Pattern LENGTH =
            Pattern.compile("^(?:char_length|character_length|length)\\((.*)\\) (<=|>=|<>|<|>|=) " + NUMBER + "$");

    private static final Pattern LIKE = Pattern.compile("^(!?)~~(\\*?) '((?:[^']|'')*)'(?:::[a-z ]+)?$");
    private static final Pattern EQUAL = Pattern.compile("^= '((?:[^']|'')*)'(?:::[a-z ]+)?$");

    /** What the server writes when no schema is searched: the schema says nothing here. */
    private static final Pattern QUALIFIED_OPERATOR = Pattern.compile("OPERATOR\\((?:[^().]+\\.)?([^() ]+)\\)");

    private static final Pattern QUALIFIED_TYPE = Pattern.compile("::(?:\\w+|\"[^\"]+\")\\.(\\w+)");

    private static final Pattern DOMAIN = Pattern.compile("\\bVALUE\\b");

    /** Classes of characters as the server's expressions have them, in Java's. Source: its documentation, 9.7.3. */
    private static final Map<String, String> CLASSES = Map.of(
            "[:alpha:]", "\\p{L}",
            "[:digit:]", "0-9",
            "[:alnum:]", "\\p{L}0-9",
            "[:space:]", "\\s",
            "[:blank:]", " \\t",
            "[:upper:]", "\\p{Lu}",
            "[:lower:]", "\\p{Ll}",
            "[:xdigit:]", "0-9a-fA-F",
            "[:punct:]", "\\p{Punct}");

    /** What Java reads otherwise, or not at all: ends of words, collations, options in front, references. */
    private static final Pattern OWN_FORM = Pattern.compile("\\\\[mMyYAZBcexuU0-9]|\\[[.=:]|^\\(\\?|^\\*\\*\\*");

    private final @Nullable Predicate<String> condition;

    private SimpleCheck(@Nullable Predicate<String> condition) {
        this.condition = condition;
    }

    /** Whether a check names a column, or the domain that is its type. */
    static boolean concerns(String check, TableShape.Column column) {
        return DOMAIN.matcher(check).find()
                ? isOfDomain(column)
                : !named(check, column.name()).isEmpty();
    }

    /** The check as far as it concerns a column; one that is about others only refuses nothing. */
    static SimpleCheck of(String check, TableShape table, TableShape.Column column) {
        boolean domain = DOMAIN.matcher(check).find();
        String name = domain ? "VALUE" : named(check, column.name());
        if (!concerns(check, column)) {
            return new SimpleCheck(value -> true);
        }
        boolean others = table.columns().stream()
                .anyMatch(other -> !other.name().equals(column.name())
                        && !named(check, other.name()).isEmpty());
        return new SimpleCheck(others && !domain ? null : parsed(check, name));
    }

    /**
     * Whether the check refuses what a mask makes, or is not understood. Masks are tried on what the check takes, as no other
     * values are there; where it takes none of the values at hand, on all.
     */
    boolean refuses(ColumnMask mask) {
        Predicate<String> holds = condition;
        if (holds == null) {
            return true;
        }
        List<String> taken = VALUES.stream().filter(holds).toList();
        return (taken.isEmpty() ? VALUES : taken)
                .stream()
                        .map(value -> {
                            try {
                                return mask.apply(value, KEY);
                            } catch (RuntimeException e) {
                                return null;
                            }
                        })
                        .filter(Objects::nonNull)
                        .anyMatch(masked -> !holds.test(masked));
    }

    /** A column whose type is a domain is written with the domain's name, which is none of the types that are known. */
    private static boolean isOfDomain(TableShape.Column column) {
        return MaskTarget.of(column.type(), java.util.Set.of()).shape() == MaskTarget.Shape.UNKNOWN;
    }

    private static String named(String check, String column) {
        String quoted = '"' + column.replace("\"", "\"\"") + '"';
        if (check.contains(quoted)) {
            return quoted;
        }
        return Pattern.compile("(?<![\\w'\"])" + Pattern.quote(column) + "(?![\\w'\"(])")
                        .matcher(check)
                        .find()
                ? column
                : "";
    }

    private static @Nullable Predicate<String> parsed(String check, String name) {
        String condition = check.strip().replaceFirst("(?i)^CHECK ", "").replaceFirst(" NOT VALID$", "");
        String plain = QUALIFIED_OPERATOR.matcher(condition).replaceAll("$1");
        return condition(QUALIFIED_TYPE.matcher(plain).replaceAll("::$1"), name);
    }

    private static @Nullable Predicate<String> condition(String text, String name) {
        String bare = bare(text);
        List<String> alternatives = split(bare, " OR ");
        if (alternatives.size() > 1) {
            return joined(alternatives, name, Predicate::or);
        }
        List<String> demands = split(bare, " AND ");
        return demands.size() > 1 ? joined(demands, name, Predicate::and) : part(bare, name);
    }

    private static @Nullable Predicate<String> joined(
            List<String> texts, String name, BinaryOperator<Predicate<String>> join) {
        List<Predicate<String>> understood = new ArrayList<>();
        for (String text : texts) {
            Predicate<String> one = condition(text, name);
            if (one == null) {
                return null;
            }
            understood.add(one);
        }
        return understood.stream().reduce(join).orElse(null);
    }

    /** Cuts a text at a word that stands outside of parentheses and quotes. */
    private static List<String> split(String text, String word) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (!quoted && depth == 0 && text.startsWith(word, i)) {
                parts.add(text.substring(from, i));
                from = i + word.length();
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static @Nullable Predicate<String> part(String part, String name) {
        String bare = bare(part);
        Matcher length = LENGTH.matcher(bare);
        if (length.find() && isColumn(length.group(1), name)) {
            long limit = Long.parseLong(length.group(3));
            String operator = length.group(2);
            return value -> compares(Integer.compare(value.codePointCount(0, value.length()), (int) limit), operator);
        }
        Matcher start = Pattern.compile("^\\(*" + Pattern.quote(name) + "\\)*(?:::[a-z ]+)?\\)* ")
                .matcher(bare);
        if (!start.find()) {
            return null;
        }
        String rest = bare(bare.substring(start.end()));
        if (rest.equals("IS NOT NULL")) {
            return value -> true;
        }
        Matcher list = LIST.matcher(rest);
        if (list.find()) {
            List<String> allowed = TEXT.matcher(list.group(1))
                    .results()
                    .map(text -> text.group(1).replace("''", "'"))
                    .toList();
            return allowed.isEmpty() ? null : allowed::contains;
        }
        Matcher regex = REGEX.matcher(rest);
        if (regex.find()) {
            return regex(regex.group(1), regex.group(2).replace("''", "'"));
        }
        Matcher compared = COMPARED.matcher(rest);
        if (compared.find()) {
            double limit = Double.parseDouble(compared.group(2));
            return value ->
                    isNumber(value) && compares(Double.compare(Double.parseDouble(value), limit), compared.group(1));
        }
        Matcher like = LIKE.matcher(rest);
        if (like.find()) {
            return matching(
                    like.group(1) + "~" + like.group(2),
                    likeExpression(like.group(3).replace("''", "'")));
        }
        Matcher equal = EQUAL.matcher(rest);
        if (equal.find()) {
            return value -> value.equals(equal.group(1).replace("''", "'"));
        }
        Matcher different = DIFFERENT.matcher(rest);
        return different.find() ? value -> !value.equals(different.group(1).replace("''", "'")) : null;
    }

    private static String likeExpression(String pattern) {
        StringBuilder expression = new StringBuilder("(?s)^");
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            expression.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return expression.append('$').toString();
    }

    /** An expression as the server has it; null if Java reads some of it otherwise. */
    private static @Nullable Predicate<String> regex(String operator, String expression) {
        String java = expression;
        for (Map.Entry<String, String> each : CLASSES.entrySet()) {
            java = java.replace(each.getKey(), each.getValue());
        }
        return OWN_FORM.matcher(java).find() ? null : matching(operator, java);
    }

    private static @Nullable Predicate<String> matching(String operator, String expression) {
        try {
            Pattern pattern = Pattern.compile(expression, operator.endsWith("*") ? Pattern.CASE_INSENSITIVE : 0);
            return value -> operator.startsWith("!") != pattern.matcher(value).find();
        } catch (java.util.regex.PatternSyntaxException e) {
            return null;
        }
    }

    private static boolean isNumber(String value) {
        return value.matches("-?[0-9]+(\\.[0-9]+)?");
    }

    private static boolean isColumn(String text, String name) {
        return bare(text)
                .replaceFirst("::[a-z ]+$", "")
                .replaceAll("^\\(|\\)$", "")
                .equals(name);
    }

    private static boolean compares(int order, String operator) {
        return switch (operator) {
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "=" -> order == 0;
            default -> order != 0;
        };
    }

    /** Without the parentheses that the server writes around everything. */
    private static String bare(String text) {
        String bare = text.strip();
        while (bare.startsWith("(") && (count(bare, '(') > count(bare, ')') || encloses(bare))) {
            bare = bare.substring(1, encloses(bare) ? bare.length() - 1 : bare.length())
                    .strip();
        }
        while (bare.endsWith(")") && count(bare, ')') > count(bare, '(')) {
            bare = bare.substring(0, bare.length() - 1).strip();
        }
        return bare;
    }

    private static boolean encloses(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i == text.length() - 1;
            }
        }
        return false;
    }

    private static long count(String text, char c) {
        return text.chars().filter(each -> each == c).count();
    }
}
