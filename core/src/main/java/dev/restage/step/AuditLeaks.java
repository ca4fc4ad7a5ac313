package dev.restage.step;

import dev.restage.plan.Access;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Database;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether personal data of the source can be read anywhere in the target: every column of every table is read as
 * text and searched for the e-mail addresses and full names that queries on the source give. What is found fails the
 * run; table and column are named, the value never.
 *
 * @param source the database whose people must not be found
 * @param target the database that is searched
 * @param persons a query on the source with one text per row: addresses and names, each at least six letters to count
 * @param allowed columns that are meant to keep such values, as {@code table.column}
 */
public record AuditLeaks(Address source, Address target, String persons, Set<String> allowed) implements Step {

    /** Shorter texts are found by chance. */
    private static final int SHORTEST = 6;

    /** What a name or an address is made of; everything else separates words. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}][\\p{L}\\p{M}\\p{N}._%+'@-]*");

    private static final int FETCH_SIZE = 1000;

    /**
     * Copies the set.
     *
     * @param source the database whose people must not be found
     * @param target the database that is searched
     * @param persons a query on the source with one text per row
     * @param allowed columns that are meant to keep such values
     */
    public AuditLeaks {
        allowed = Collections.unmodifiableSortedSet(new TreeSet<>(allowed));
    }

    @Override
    public Access access() {
        return Access.reading(source, target);
    }

    @Override
    public Preview preview(StepContext context) {
        return Preview.NOTHING.note("%s will be searched for %d addresses and names of %s"
                .formatted(target, needles(context).size(), source));
    }

    @Override
    public void execute(StepContext context) {
        Needles needles = needles(context);
        Map<String, Long> found = new TreeMap<>();
        Database database = context.use(target, Database.class);
        long[] counts =
                Sql.read(database, target, connection -> search(connection, needles, found, context.progress()));
        if (!found.isEmpty()) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "personal data of %s can be read in %s: %s. Add masking rules for these columns, or allow them, and"
                                    .formatted(source, target, found)
                            + " run the reset again; until then keep the site closed",
                    null);
        }
        context.fact("columns", () -> Long.toString(counts[0]));
        context.fact("values", () -> Long.toString(counts[1]));
        context.fact("persons", () -> Integer.toString(needles.size()));
        context.fact("found", () -> "0");
    }

    @Override
    public boolean holds(StepContext context) {
        return context.fact("found").isPresent();
    }

    private Needles needles(StepContext context) {
        return Sql.read(context.use(source, Database.class), source, connection -> {
            Set<String> single = new HashSet<>();
            Set<String> phrases = new HashSet<>();
            for (String text : Sql.column(connection, persons)) {
                String needle = text.strip().toLowerCase(Locale.ROOT);
                if (needle.length() >= SHORTEST) {
                    List<String> words = words(needle);
                    (words.size() == 1 ? single : phrases).add(String.join(" ", words));
                }
            }
            return new Needles(single, phrases);
        });
    }

    private long[] search(Connection connection, Needles needles, Map<String, Long> found, Progress progress)
            throws SQLException {
        connection.setAutoCommit(false);
        List<List<@Nullable String>> tables = Sql.rows(
                connection,
                "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relname FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm')"
                        + " AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_' ORDER BY 1");
        long columns = 0;
        long values = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            for (int at = 0; at < tables.size(); at++) {
                String name = String.valueOf(tables.get(at).get(1));
                try (ResultSet rows =
                        statement.executeQuery("SELECT * FROM " + tables.get(at).get(0))) {
                    int width = rows.getMetaData().getColumnCount();
                    columns += width;
                    while (rows.next()) {
                        for (int column = 1; column <= width; column++) {
                            String value = rows.getString(column);
                            values++;
                            if (value != null && value.length() >= SHORTEST && needles.in(value)) {
                                String where = name + "." + rows.getMetaData().getColumnName(column);
                                if (!allowed.contains(where)) {
                                    found.merge(where, 1L, Long::sum);
                                }
                            }
                        }
                        progress.report(Progress.Unit.ROWS, values, 0);
                    }
                }
            }
        }
        return new long[] {columns, values};
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            String found = word.group();
            // a sentence's full stop is no part of a name or an address
            words.add(found.endsWith(".") ? found.substring(0, found.length() - 1) : found);
        }
        return words;
    }

    /**
     * What is searched for, by words: looking one word or one pair of neighbours up costs the same for ten people and for
     * a million.
     */
    private record Needles(Set<String> single, Set<String> phrases) {

        int size() {
            return single.size() + phrases.size();
        }

        boolean in(String value) {
            List<String> words = words(unescaped(value).toLowerCase(Locale.ROOT));
            StringBuilder phrase = new StringBuilder();
            for (int from = 0; from < words.size(); from++) {
                if (single.contains(words.get(from))) {
                    return true;
                }
                phrase.setLength(0);
                phrase.append(words.get(from));
                for (int to = from + 1; to < Math.min(words.size(), from + 4); to++) {
                    if (phrases.contains(
                            phrase.append(' ').append(words.get(to)).toString())) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** JSON inside JSON keeps letters as escapes, several backslashes deep; form bodies are URL-encoded. */
        private static String unescaped(String text) {
            String value = text.replace("%40", "@");
            if (value.indexOf('\\') < 0) {
                return value;
            }
            return Pattern.compile("\\\\+u([0-9a-fA-F]{4})")
                    .matcher(value)
                    .replaceAll(
                            match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))))
                    .replaceAll("\\\\+[nrt\"/]", " ");
        }
    }
}
