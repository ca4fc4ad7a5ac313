package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.sql.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The defaults that stand in the definitions of tables and domains. Each goes by the name that pg_dump gives to one that
 * stands by itself: {@code DEFAULT public.member note}; that of a domain has no column.
 *
 * @param name of which column
 * @param text its expression
 * @param from where it begins in the definition
 * @param to where it ends
 */
public record ColumnDefaults(String name, String text, int from, int to) {

    private static final Set<String> KINDS = Set.of("TABLE", "FOREIGN TABLE", "DOMAIN");

    /** What can stand behind a default. Source: PostgreSQL manual, CREATE TABLE and CREATE DOMAIN. */
    private static final Set<String> BEHIND =
            Set.of("not", "null", "constraint", "check", "primary", "unique", "references", "generated", "collate");

    /** Those of an entry. */
    public static List<ColumnDefaults> of(Entry entry) {
        String definition = entry.definition();
        if (definition == null || !KINDS.contains(entry.kind()) || !definition.contains("DEFAULT ")) {
            return List.of();
        }
        String place = "DEFAULT %s.%s".formatted(entry.schema(), entry.tag());
        List<SqlToken> tokens = SqlToken.of(definition);
        return entry.kind().equals("DOMAIN")
                ? at(definition, tokens, defaultAt(tokens, 0, 0), place, 0).stream()
                        .toList()
                : ofColumns(definition, tokens, place);
    }

    /** The definition without some of its defaults. */
    public static String without(String definition, List<ColumnDefaults> defaults) {
        StringBuilder left = new StringBuilder(definition);
        for (int i = defaults.size() - 1; i >= 0; i--) {
            left.delete(defaults.get(i).from(), defaults.get(i).to());
        }
        return left.toString();
    }

    private static List<ColumnDefaults> ofColumns(String definition, List<SqlToken> tokens, String place) {
        List<ColumnDefaults> found = new ArrayList<>();
        int depth = 0;
        boolean begins = false;
        String column = "";
        for (int at = 0; at < tokens.size(); at++) {
            SqlToken token = tokens.get(at);
            if (token.is(";") && depth == 0) {
                break;
            }
            boolean opens = token.is("(");
            if (begins && token.isName()) {
                column = token.text();
            }
            begins = (opens && depth == 0) || (depth == 1 && token.is(","));
            if (depth == 1 && token.is("default")) {
                Optional<ColumnDefaults> next = at(definition, tokens, at, place + " " + column, depth);
                next.ifPresent(found::add);
            }
            depth += opens ? 1 : token.is(")") ? -1 : 0;
        }
        return found;
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
    private static Optional<ColumnDefaults> at(
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
        return Optional.of(new ColumnDefaults(name, definition.substring(textFrom, to), blank ? from - 1 : from, to));
    }
}
