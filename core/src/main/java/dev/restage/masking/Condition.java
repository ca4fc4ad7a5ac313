package dev.restage.masking;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Says which rows are meant, by their values as the server writes them ({@code t} and {@code f} for booleans). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "if")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Condition.In.class, name = "in"),
    @JsonSubTypes.Type(value = Condition.Matches.class, name = "matches"),
    @JsonSubTypes.Type(value = Condition.EndsWith.class, name = "ends-with"),
    @JsonSubTypes.Type(value = Condition.IsNull.class, name = "is-null"),
    @JsonSubTypes.Type(value = Condition.Found.class, name = "found"),
    @JsonSubTypes.Type(value = Condition.And.class, name = "and"),
    @JsonSubTypes.Type(value = Condition.Or.class, name = "or"),
    @JsonSubTypes.Type(value = Condition.Not.class, name = "not"),
})
public sealed interface Condition {

    /**
     * {@return the column has one of these values}
     *
     * @param column its name
     * @param values as the server writes them
     */
    static Condition in(String column, String... values) {
        return new In(column, List.of(values));
    }

    /**
     * {@return the column's text ends with one of these, whatever their case}
     *
     * @param column its name
     * @param endings such as {@code @staff.example}
     */
    static Condition endsWith(String column, String... endings) {
        return new EndsWith(column, List.of(endings));
    }

    /**
     * {@return not so}
     *
     * @param condition the condition
     */
    static Condition not(Condition condition) {
        return new Not(condition);
    }

    /**
     * {@return all of them hold}
     *
     * @param conditions the conditions
     */
    static Condition and(Condition... conditions) {
        return new And(List.of(conditions));
    }

    /**
     * {@return one of them holds}
     *
     * @param conditions the conditions
     */
    static Condition or(Condition... conditions) {
        return new Or(List.of(conditions));
    }

    /** {@return the columns that have to be there} */
    default Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        if (this instanceof In in) {
            columns.add(in.column());
        } else if (this instanceof Matches matches) {
            columns.add(matches.column());
        } else if (this instanceof EndsWith ends) {
            columns.add(ends.column());
        } else if (this instanceof IsNull isNull) {
            columns.add(isNull.column());
        } else if (this instanceof Found found) {
            columns.add(found.column());
        }
        parts().forEach(part -> columns.addAll(part.columns()));
        return columns;
    }

    /** {@return the conditions that this one is made of} */
    default List<Condition> parts() {
        return List.of();
    }

    /** {@return all lookups in other tables that it needs} */
    default Stream<Found> lookups() {
        return this instanceof Found found ? Stream.of(found) : parts().stream().flatMap(Condition::lookups);
    }

    /**
     * The column has one of some values.
     *
     * @param column its name
     * @param values as the server writes them
     */
    record In(String column, List<String> values) implements Condition {

        /**
         * Copies the list.
         *
         * @param column its name
         * @param values as the server writes them
         */
        public In {
            values = List.copyOf(values);
        }
    }

    /**
     * The column's text matches as a whole.
     *
     * @param column its name
     * @param pattern a regular expression, in Java's form
     */
    record Matches(String column, String pattern) implements Condition {}

    /**
     * The column's text ends with one of some texts, whatever their case.
     *
     * @param column its name
     * @param endings the texts
     */
    record EndsWith(String column, List<String> endings) implements Condition {

        /**
         * Copies the list.
         *
         * @param column its name
         * @param endings the texts
         */
        public EndsWith {
            endings = List.copyOf(endings);
        }
    }

    /**
     * The column has no value.
     *
     * @param column its name
     */
    record IsNull(String column) implements Condition {}

    /**
     * The column's value is also found in another table. That takes a source that can be read in any order; elsewhere it
     * is not known, and a row of which it is not known is carried, and masked.
     *
     * @param column its name
     * @param table the bare name of the other table
     * @param in the column of the other table
     */
    record Found(String column, String table, String in) implements Condition {}

    /**
     * All hold.
     *
     * @param parts the conditions
     */
    record And(List<Condition> parts) implements Condition {

        /**
         * Copies the list.
         *
         * @param parts the conditions
         */
        public And {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One holds.
     *
     * @param parts the conditions
     */
    record Or(List<Condition> parts) implements Condition {

        /**
         * Copies the list.
         *
         * @param parts the conditions
         */
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Does not hold; where it is not known whether it does, this is not known either.
     *
     * @param part the condition
     */
    record Not(Condition part) implements Condition {
        @Override
        public List<Condition> parts() {
            return List.of(part);
        }
    }
}
