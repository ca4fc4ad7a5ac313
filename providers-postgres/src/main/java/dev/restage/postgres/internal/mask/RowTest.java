package dev.restage.postgres.internal.mask;

import dev.restage.masking.Condition;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A condition made ready to be asked of rows. */
@FunctionalInterface
interface RowTest {

    /** Gives the values of one row by the place of their column; null for missing ones. */
    @FunctionalInterface
    interface Values {
        @Nullable String at(int place);
    }

    boolean holds(Values row);

    /**
     * Makes a condition ready.
     *
     * @param columns the columns of rows, in order
     * @param lookups the values of a lookup
     */
    static RowTest of(Condition condition, List<String> columns, Function<Condition.Found, Set<String>> lookups) {
        if (condition instanceof Condition.In in) {
            Set<String> values = Set.copyOf(in.values());
            return text(columns.indexOf(in.column()), values::contains);
        }
        if (condition instanceof Condition.Matches matches) {
            Pattern pattern = Pattern.compile(matches.pattern());
            return text(
                    columns.indexOf(matches.column()),
                    value -> pattern.matcher(value).matches());
        }
        if (condition instanceof Condition.EndsWith ends) {
            List<String> endings = ends.endings().stream()
                    .map(ending -> ending.toLowerCase(Locale.ROOT))
                    .toList();
            return text(
                    columns.indexOf(ends.column()),
                    value -> endings.stream().anyMatch(value.toLowerCase(Locale.ROOT)::endsWith));
        }
        if (condition instanceof Condition.IsNull isNull) {
            int place = columns.indexOf(isNull.column());
            return row -> row.at(place) == null;
        }
        if (condition instanceof Condition.Found found) {
            Set<String> values = lookups.apply(found);
            return text(columns.indexOf(found.column()), values::contains);
        }
        if (condition instanceof Condition.Not not) {
            RowTest part = of(not.part(), columns, lookups);
            return row -> !part.holds(row);
        }
        List<RowTest> parts = condition.parts().stream()
                .map(part -> of(part, columns, lookups))
                .toList();
        return condition instanceof Condition.And
                ? row -> parts.stream().allMatch(part -> part.holds(row))
                : row -> parts.stream().anyMatch(part -> part.holds(row));
    }

    private static RowTest text(int place, java.util.function.Predicate<String> test) {
        return row -> {
            String value = row.at(place);
            return value != null && test.test(value);
        };
    }
}
