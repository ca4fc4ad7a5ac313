package dev.restage.step;

import dev.restage.masking.PersonalText;
import dev.restage.masking.WrappedText;
import dev.restage.plan.Access;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Database;
import dev.restage.provider.DatabaseTexts;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether personal data of the source can be read anywhere in the target: every column of every table is read as
 * text and searched for the e-mail addresses and full names that the source's tables of people give, and so are
 * comments, defaults, all other definitions, and what statistics keep. What is found fails the run; table and column are named, the
 * value never.
 *
 * @param source the database whose people must not be found
 * @param target the database that is searched
 * @param persons where the source keeps addresses and names, each at least six letters to count
 * @param allowed columns that are meant to keep such values, as {@code table.column}, and objects whose definitions are: {@code
 *     COMMENT public.TABLE member}
 */
public record AuditLeaks(Address source, Address target, CatalogTexts persons, Set<String> allowed) implements Step {

    /** Shorter texts are found by chance. */
    private static final int SHORTEST = 6;

    /** Names of more words are searched for by their first ones. */
    private static final int MOST_WORDS = 5;

    private static final int FETCH_SIZE = 1000;

    /**
     * Copies the set.
     *
     * @param source the database whose people must not be found
     * @param target the database that is searched
     * @param persons where the source keeps addresses and names
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
        counts[1] += texts(database, needles, found);
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
        Database database = context.use(source, Database.class);
        List<CatalogTexts.Query> queries = persons.required(database.shape(), source);
        return Sql.read(database, source, connection -> {
            Set<String> needles = new HashSet<>();
            for (CatalogTexts.Query query : queries) {
                for (String text : Sql.column(connection, query.query())) {
                    needle(text).filter(needle -> needle.length() >= SHORTEST).ifPresent(needles::add);
                }
            }
            return new Needles(needles);
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

    /** Looks where no row is: comments, defaults, definitions, statistics. */
    private long texts(Database database, Needles needles, Map<String, Long> found) {
        LongAdder texts = new LongAdder();
        database.texts(new DatabaseTexts() {
            @Override
            public void definition(String object, String text) {
                look(object, object, text);
            }

            @Override
            public void statistics(String schema, String table, String column, String value) {
                look("statistics of " + table + "." + column, table + "." + column, value);
            }

            private void look(String where, String allowedAs, String text) {
                texts.increment();
                if (text.length() >= SHORTEST && !allowed.contains(allowedAs) && needles.in(text)) {
                    found.merge(where, 1L, Long::sum);
                }
            }
        });
        return texts.sum();
    }

    /** An address as it is, or the words of a name. */
    private static Optional<String> needle(String text) {
        List<String> words = new ArrayList<>();
        Set<String> addresses = new TreeSet<>();
        PersonalText.read(PersonalText.folded(text), new PersonalText.Reader() {
            @Override
            public void word(String folded, int from, int to) {
                words.add(folded.substring(from, to));
            }

            @Override
            public void address(String folded, int from, int at, int to) {
                addresses.add(folded.substring(from, to));
            }

            @Override
            public void number(String folded, int from, int to) {}
        });
        return addresses.stream()
                .findFirst()
                .or(() -> Optional.of(String.join(" ", words.subList(0, Math.min(words.size(), MOST_WORDS)))));
    }

    /**
     * What is searched for. Looking up a word with those before it costs the same for ten people and for a million.
     *
     * @param texts addresses, and names with a blank between words
     */
    private record Needles(Set<String> texts) {

        int size() {
            return texts.size();
        }

        boolean in(String value) {
            Search search = new Search(texts);
            WrappedText.read(value, text -> {
                search.words.clear();
                PersonalText.read(PersonalText.folded(text), search);
            });
            return search.found;
        }
    }

    private static final class Search implements PersonalText.Reader {

        private final Set<String> texts;
        private final Deque<String> words = new ArrayDeque<>();
        private boolean found;

        Search(Set<String> texts) {
            this.texts = texts;
        }

        @Override
        public void word(String text, int from, int to) {
            if (words.size() == MOST_WORDS) {
                words.removeLast();
            }
            words.push(text.substring(from, to));
            String phrase = "";
            for (String word : words) {
                phrase = phrase.isEmpty() ? word : word + " " + phrase;
                found = found || texts.contains(phrase);
            }
        }

        @Override
        public void address(String text, int from, int at, int to) {
            found = found || texts.contains(text.substring(from, to));
        }

        @Override
        public void number(String text, int from, int to) {}
    }
}
