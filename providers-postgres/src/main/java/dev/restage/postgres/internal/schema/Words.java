package dev.restage.postgres.internal.schema;

import dev.restage.postgres.internal.sql.SqlToken;
import java.util.List;
import java.util.Optional;

/** Goes through the names in SQL, also in the strings of it, which can be bodies of functions and what those execute. */
final class Words {

    /** A string in a string in a body. */
    private static final int DEEPEST = 4;

    private Words() {}

    /** Hears of names. */
    @FunctionalInterface
    interface Reader {
        /**
         * Hears of one.
         *
         * @param schema what is before it and its point; empty without one
         * @param called whether it stands before a parenthesis
         * @param quoted whether it stands in a string
         */
        void name(String schema, String name, boolean called, boolean quoted);
    }

    static void read(String sql, Reader reader) {
        read(sql, 0, reader);
    }

    private static void read(String sql, int depth, Reader reader) {
        List<SqlToken> tokens = SqlToken.of(sql);
        for (int at = 0; at < tokens.size(); at++) {
            SqlToken token = tokens.get(at);
            if (token.type() == SqlToken.Type.STRING && depth < DEEPEST) {
                read(token.text(), depth + 1, reader);
            } else if (token.isName()) {
                boolean qualified =
                        at > 1 && is(tokens, at - 1, ".") && tokens.get(at - 2).isName();
                reader.name(
                        qualified ? tokens.get(at - 2).text() : "", token.text(), is(tokens, at + 1, "("), depth > 0);
            }
        }
    }

    /** Whether some COPY reads or writes a file or a program. */
    static boolean copiesFiles(String sql) {
        return copiesFiles(sql, 0);
    }

    private static boolean copiesFiles(String sql, int depth) {
        List<SqlToken> tokens = SqlToken.of(sql);
        boolean copying = false;
        for (int at = 0; at < tokens.size(); at++) {
            SqlToken token = tokens.get(at);
            if (token.type() == SqlToken.Type.STRING && depth < DEEPEST && copiesFiles(token.text(), depth + 1)) {
                return true;
            }
            copying = token.is("copy") || (copying && !token.is(";"));
            boolean way = copying && (token.is("from") || token.is("to"));
            if (way && at + 1 < tokens.size() && isFile(tokens.get(at + 1))) {
                return true;
            }
        }
        return false;
    }

    /** Also what a format() or a placeholder fills in. */
    private static boolean isFile(SqlToken token) {
        return token.is("program")
                || token.type() == SqlToken.Type.STRING
                || (token.type() == SqlToken.Type.SYMBOL && (token.is("%") || token.is("$") || token.is("|")));
    }

    /** The language of a routine. */
    static Optional<String> language(String definition) {
        List<SqlToken> tokens = SqlToken.of(definition);
        for (int at = 0; at + 1 < tokens.size(); at++) {
            if (tokens.get(at).is("language")) {
                return Optional.of(tokens.get(at + 1).text());
            }
        }
        return Optional.empty();
    }

    private static boolean is(List<SqlToken> tokens, int at, String symbol) {
        return at < tokens.size() && tokens.get(at).is(symbol);
    }
}
