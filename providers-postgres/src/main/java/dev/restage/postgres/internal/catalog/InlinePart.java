package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.sql.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A default or a check that stands in the definition of a table or a domain. Each goes by the name that pg_dump gives to one
 * that stands by itself: {@code DEFAULT public.member note}, {@code CHECK CONSTRAINT public.member member_note_check}; the
 * default of a domain has no column.
 *
 * @param name what rules and messages call it
 * @param text what it says; of a check, with its name
 * @param from where it begins in the definition, with what is before it and goes with it
 * @param to where it ends
 */
public record InlinePart(String name, String text, int from, int to) {

    private static final Set<String> KINDS = Set.of("TABLE", "FOREIGN TABLE", "DOMAIN");

    /** What can stand behind a default. Source: PostgreSQL manual, CREATE TABLE and CREATE DOMAIN. */
    private static final Set<String> BEHIND =
            Set.of("not", "null", "constraint", "check", "primary", "unique", "references", "generated", "collate");

    /** Those of an entry, as they follow each other. */
    public static List<InlinePart> of(Entry entry) {
        String definition = entry.definition();
        if (definition == null
                || !KINDS.contains(entry.kind())
                || !(definition.contains("DEFAULT ") || definition.contains("CHECK "))) {
            return List.of();
        }
        String place = "%s.%s".formatted(entry.schema(), entry.tag());
        List<SqlToken> tokens = SqlToken.of(definition);
        return entry.kind().equals("DOMAIN") ? ofDomain(definition, tokens, place) : ofTable(definition, tokens, place);
    }

    /** The definition without some of its parts. */
    public static String without(String definition, List<InlinePart> parts) {
        StringBuilder left = new StringBuilder(definition);
        for (int i = parts.size() - 1; i >= 0; i--) {
            left.delete(parts.get(i).from(), parts.get(i).to());
        }
        return left.toString();
    }

    /** Whether it is the check of a condition, as catalogs write it. */
    public boolean isCheckOf(String condition) {
        return text.contains("CHECK (" + condition + ")");
    }

    private static List<InlinePart> ofTable(String definition, List<SqlToken> tokens, String place) {
        List<InlinePart> found = new ArrayList<>();
        int depth = 0;
        boolean begins = false;
        String column = "";
        for (int at = 0; at < tokens.size(); at++) {
            SqlToken token = tokens.get(at);
            if (token.is(";") && depth == 0) {
                break;
            }
            boolean opens = token.is("(");
            if (begins && isCheck(tokens, at) && tokens.get(at - 1).is(",")) {
                int end = endOfItem(tokens, at);
                found.add(
                        check(definition, place, tokens, at, tokens.get(at - 1).from(), end));
                at = end;
                begins = false;
                continue;
            }
            if (begins && token.isName()) {
                column = token.text();
            }
            begins = (opens && depth == 0) || (depth == 1 && token.is(","));
            if (depth == 1 && token.is("default")) {
                Optional<InlinePart> next = at(definition, tokens, at, "DEFAULT " + place + " " + column, depth);
                next.ifPresent(found::add);
            }
            depth += opens ? 1 : token.is(")") ? -1 : 0;
        }
        return found;
    }

    private static List<InlinePart> ofDomain(String definition, List<SqlToken> tokens, String place) {
        List<InlinePart> found = new ArrayList<>();
        at(definition, tokens, defaultAt(tokens, 0, 0), "DEFAULT " + place, 0).ifPresent(found::add);
        for (int at = 1; at < tokens.size(); at++) {
            if (isCheck(tokens, at)) {
                int end = closing(tokens, at + 3);
                found.add(
                        check(definition, place, tokens, at, tokens.get(at - 1).to(), end));
                at = end;
            }
        }
        return found;
    }

    /** Whether {@code CONSTRAINT name CHECK (} begins. */
    private static boolean isCheck(List<SqlToken> tokens, int at) {
        return at + 3 < tokens.size()
                && tokens.get(at).is("constraint")
                && tokens.get(at + 2).is("check")
                && tokens.get(at + 3).is("(");
    }

    private static InlinePart check(
            String definition, String place, List<SqlToken> tokens, int start, int from, int end) {
        int to = tokens.get(end).to();
        return new InlinePart(
                "CHECK CONSTRAINT %s %s".formatted(place, tokens.get(start + 1).text()),
                definition.substring(tokens.get(start).from(), to),
                from,
                to);
    }

    /** The last token of an item of a list. */
    private static int endOfItem(List<SqlToken> tokens, int start) {
        int depth = 0;
        for (int at = start; at < tokens.size(); at++) {
            SqlToken token = tokens.get(at);
            if (depth == 0 && (token.is(",") || token.is(")") || token.is(";"))) {
                return at - 1;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
        return tokens.size() - 1;
    }

    /** Where the parenthesis ends that is opened at a token. */
    private static int closing(List<SqlToken> tokens, int open) {
        int depth = 0;
        for (int at = open; at < tokens.size(); at++) {
            depth += tokens.get(at).is("(") ? 1 : tokens.get(at).is(")") ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return tokens.size() - 1;
    }

    private static int defaultAt(List<SqlToken> tokens, int from, int depthBefore) {
        int depth = depthBefore;
        for (int at = from; at < tokens.size() && !(depth == 0 && tokens.get(at).is(";")); at++) {
            if (depth == 0 && tokens.get(at).is("default")) {
                return at;
            }
            depth += tokens.get(at).is("(") ? 1 : tokens.get(at).is(")") ? -1 : 0;
        }
        return -1;
    }

    /** The default that begins at a token and ends before what stands behind it. */
    private static Optional<InlinePart> at(
            String definition, List<SqlToken> tokens, int start, String name, int outer) {
        if (start < 0) {
            return Optional.empty();
        }
        int depth = outer;
        int at = start + 1;
        while (at < tokens.size()) {
            SqlToken token = tokens.get(at);
            boolean first = at == start + 1;
            boolean ends = depth == outer
                    && (token.is(",")
                            || token.is(")")
                            || token.is(";")
                            || (!first && token.type() == SqlToken.Type.WORD && BEHIND.contains(token.text())));
            if (ends) {
                break;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            at++;
        }
        int textFrom = tokens.get(start).to();
        int to = tokens.get(at - 1).to();
        int from = tokens.get(start).from();
        boolean blank = from > 0 && definition.charAt(from - 1) == ' ';
        return Optional.of(new InlinePart(name, definition.substring(textFrom, to), blank ? from - 1 : from, to));
    }
}
