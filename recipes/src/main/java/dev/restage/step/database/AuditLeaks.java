package dev.restage.step.database;

import dev.restage.masking.MaskingPolicy;
import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseTexts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether personal data of the source can be read anywhere in the target: every column of every table is read as
 * text and searched for the e-mail addresses, full names and telephone numbers that the source's tables of people give, and so are
 * comments, defaults, all other definitions, and what statistics keep. What is found fails the run; table and column are named, the
 * value never.
 *
 * @param source the database whose people must not be found
 * @param target the database that is searched
 * @param persons where the source keeps addresses, names and numbers, each at least six letters or nine digits to count
 * @param allowed columns that are meant to keep such values, as {@code table.column}, and objects whose definitions are: {@code
 *     COMMENT public.TABLE member}
 * @param policy what was masked on the way: columns that it declares as safe and that hold what looks like anybody's address or
 *     telephone number are named in a warning
 */
public record AuditLeaks(
        Address source, Address target, CatalogTexts persons, Set<String> allowed, MaskingPolicy policy)
        implements Step {

    private static final int FETCH_SIZE = 1000;

    /**
     * Copies the set.
     *
     * @param source the database whose people must not be found
     * @param target the database that is searched
     * @param persons where the source keeps addresses and names
     * @param allowed columns that are meant to keep such values
     * @param policy what was masked on the way
     */
    public AuditLeaks {
        allowed = Collections.unmodifiableSortedSet(new TreeSet<>(allowed));
    }

    @Override
    public Access access() {
        return Access.reading(source, target);
    }

    @Override
    public Decision decide(StepContext context) {
        return Decision.NOTHING.note("%s will be searched for %d addresses, names and numbers of %s"
                .formatted(target, needles(context).size(), source));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        Needles needles = needles(context);
        Map<String, Long> found = new TreeMap<>();
        Database database = context.use(target, Database.class);
        KeptPeople kept = new KeptPeople(policy, database.shape());
        long[] counts =
                Sql.read(database, target, connection -> search(connection, needles, found, kept, context.progress()));
        counts[1] += texts(database, needles, found);
        if (!found.isEmpty()) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "personal data of %s can be read in %s: %s. Add masking rules for these columns, or allow them, and"
                                    .formatted(source, target, found)
                            + " run the reset again; until then keep the site closed",
                    null);
        }
        if (!kept.found().isEmpty()) {
            context.warn(
                    ("columns of %s that the policy declares as safe hold values that look like e-mail addresses or telephone"
                                    + " numbers: %s. Mask them if they are not public")
                            .formatted(target, kept.found()));
        }
        context.fact("columns", Long.toString(counts[0]));
        context.fact("values", Long.toString(counts[1]));
        context.fact("persons", Integer.toString(needles.size()));
        context.fact("found", "0");
        if (needles.size() > 0) {
            context.fact("clean", "yes");
        }
    }

    private Needles needles(StepContext context) {
        Database database = context.use(source, Database.class);
        List<CatalogTexts.Query> queries = persons.required(database.shape(), source);
        return Sql.read(database, source, connection -> {
            Needles needles = new Needles();
            for (CatalogTexts.Query query : queries) {
                Sql.column(connection, query.query()).forEach(needles::add);
            }
            return needles;
        });
    }

    private long[] search(
            Connection connection, Needles needles, Map<String, Long> found, KeptPeople kept, Progress progress)
            throws SQLException {
        connection.setAutoCommit(false);
        List<List<@Nullable String>> tables = Sql.rows(
                connection,
                "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relname,"
                        + " n.nspname || '.' || c.relname FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm')"
                        + " AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_' ORDER BY 1");
        long columns = 0;
        long values = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            for (int at = 0; at < tables.size(); at++) {
                String name = String.valueOf(tables.get(at).get(1));
                String qualified = String.valueOf(tables.get(at).get(2));
                try (ResultSet rows =
                        statement.executeQuery("SELECT * FROM " + tables.get(at).get(0))) {
                    int width = rows.getMetaData().getColumnCount();
                    columns += width;
                    while (rows.next()) {
                        for (int column = 1; column <= width; column++) {
                            String value = rows.getString(column);
                            values++;
                            if (value == null || value.length() < Needles.SHORTEST) {
                                continue;
                            }
                            String columnName = rows.getMetaData().getColumnName(column);
                            String where = name + "." + columnName;
                            if (!allowed.contains(where)) {
                                kept.look(qualified, name, columnName, value);
                                if (needles.in(value)) {
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
                if (text.length() >= Needles.SHORTEST && !allowed.contains(allowedAs) && needles.in(text)) {
                    found.merge(where, 1L, Long::sum);
                }
            }
        });
        return texts.sum();
    }
}
