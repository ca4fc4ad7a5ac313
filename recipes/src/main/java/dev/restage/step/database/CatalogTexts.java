package dev.restage.step.database;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.NamePattern;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Texts of tables that are found by the catalog, and of those columns that they have.
 *
 * @param tables the tables
 * @param texts expressions of SQL for a text of a row each, with columns in braces: <code>{first_name} || {last_name}</code>. Of
 *     <code>{username|email}</code> the first one counts that a table has. <code>{*name}</code> stands for each column of text of such
 *     a name that no expression before it has used, and with {@code ::text} behind it also for each column of numbers. An expression with a column that a table has not is left out
 * @param what what the tables hold, in the plural: {@code accounts}
 * @param remedy what to do if a database has none of them, as a sentence without its full stop
 */
public record CatalogTexts(TableSelector tables, List<String> texts, String what, String remedy) {

    private static final Pattern COLUMN = Pattern.compile("\\{([^{}]+)}");

    /**
     * Texts of one table.
     *
     * @param table the table
     * @param columns the columns of which they are made
     * @param query gives one text per row
     */
    record Query(TableShape table, Set<String> columns, String query) {}

    /**
     * Copies the list.
     *
     * @param tables the tables
     * @param texts expressions of SQL for a text of a row each
     * @param what what the tables hold
     * @param remedy what to do if a database has none of them
     */
    public CatalogTexts {
        texts = List.copyOf(texts);
    }

    /** {@return the queries for a database; none if it has no such table} */
    List<Query> queries(DatabaseShape shape) {
        return Sql.found(shape, tables).stream().flatMap(this::of).toList();
    }

    /** The same where there must be some. */
    List<Query> required(DatabaseShape shape, Address database) {
        List<Query> queries = queries(shape);
        if (queries.isEmpty()) {
            throw new PlanException("no table of %s, or none with a column to know them by, is found in %s: %s"
                    .formatted(what, database, remedy));
        }
        return queries;
    }

    private Stream<Query> of(TableShape table) {
        Set<String> used = new HashSet<>();
        List<Query> queries = new ArrayList<>();
        for (String text : texts) {
            List<String> names = COLUMN.matcher(text)
                    .results()
                    .map(name -> name.group(1))
                    .distinct()
                    .toList();
            if (names.size() == 1 && names.get(0).indexOf('*') >= 0) {
                for (TableShape.Column column : table.columns()) {
                    if (isReadable(column, text)
                            && NamePattern.fits(names.get(0), column.name())
                            && used.add(column.name())) {
                        queries.add(query(table, text, Set.of(column.name())));
                    }
                }
            } else if (names.stream().allMatch(name -> column(table, name).isPresent())) {
                Set<String> columns = new HashSet<>();
                names.forEach(name -> column(table, name).ifPresent(columns::add));
                used.addAll(columns);
                queries.add(query(table, text, columns));
            }
        }
        return queries.stream();
    }

    /** A number is read where the expression makes a text of it. */
    private static boolean isReadable(TableShape.Column column, String text) {
        Shape shape = column.target().shape();
        return shape.isText() || (text.endsWith("::text") && (shape == Shape.INTEGER || shape == Shape.NUMBER));
    }

    private static Query query(TableShape table, String text, Collection<String> columns) {
        String expression = COLUMN.matcher(text)
                .replaceAll(name -> java.util.regex.Matcher.quoteReplacement(Sql.quoted(column(table, name, columns))));
        return new Query(table, Set.copyOf(columns), "SELECT %s FROM %s".formatted(expression, Sql.quoted(table)));
    }

    private static String column(TableShape table, MatchResult name, Collection<String> columns) {
        return name.group(1).indexOf('*') >= 0
                ? columns.iterator().next()
                : column(table, name.group(1)).orElseThrow();
    }

    private static Optional<String> column(TableShape table, String alternatives) {
        return Stream.of(alternatives.split("\\|"))
                .filter(name -> table.column(name).isPresent())
                .findFirst();
    }
}
