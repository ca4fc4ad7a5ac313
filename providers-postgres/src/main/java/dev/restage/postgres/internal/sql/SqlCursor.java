package dev.restage.postgres.internal.sql;

import java.util.ArrayList;
import java.util.List;

/** A place in the words of one SQL text. Behind its end there are only semicolons. */
public final class SqlCursor {

    private static final SqlToken END = new SqlToken(SqlToken.Type.SYMBOL, ";", 0, 0);

    private final String sql;
    private final List<SqlToken> tokens;
    private int at;

    public SqlCursor(String sql) {
        this.sql = sql;
        this.tokens = SqlToken.of(sql);
    }

    public boolean atEnd() {
        return at >= tokens.size();
    }

    public SqlToken peek() {
        return atEnd() ? END : tokens.get(at);
    }

    public SqlToken next() {
        SqlToken token = peek();
        at++;
        return token;
    }

    public boolean sees(String word) {
        return peek().is(word);
    }

    /** Goes over these words, if they all are there. */
    public boolean take(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /** A name with or without a schema before it. */
    public QualifiedName name(String schema) {
        String first = next().text();
        return take(".") ? new QualifiedName(first, next().text()) : new QualifiedName(schema, first);
    }

    /** Names in parentheses: {@code (a, b)}. Goes over other things between them. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (take("(")) {
            while (!atEnd() && !take(")")) {
                if (sees("(")) {
                    parenthesized();
                } else {
                    SqlToken token = next();
                    if (token.isName()) {
                        names.add(token.text());
                    }
                }
            }
        }
        return names;
    }

    /** What stands in the parentheses that begin here, as it is written; empty if none do. */
    public String parenthesized() {
        if (!sees("(")) {
            return "";
        }
        int from = next().to();
        int depth = 1;
        int to = from;
        while (!atEnd() && depth > 0) {
            SqlToken token = next();
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            to = token.from();
        }
        return sql.substring(from, Math.max(from, to));
    }

    /** Goes on to one of these words, outside of parentheses, or to the end of the statement or of what encloses it. */
    public String until(List<String> stops) {
        int from = peek().from();
        int to = from;
        while (!atEnd() && !sees(";") && !sees(")") && stops.stream().noneMatch(this::sees)) {
            if (sees("(")) {
                parenthesized();
            } else {
                next();
            }
            to = tokens.get(at - 1).to();
        }
        return sql.substring(from, Math.max(from, to));
    }

    /** Goes behind the semicolon of a statement. */
    public void endStatement() {
        until(List.of());
        while (sees(")")) {
            next();
            until(List.of());
        }
        next();
    }

    /** Where the next word begins. */
    public int position() {
        return peek().from();
    }

    /** Where the last word ended. */
    public int behind() {
        return at == 0 ? 0 : tokens.get(Math.min(at, tokens.size()) - 1).to();
    }
}
