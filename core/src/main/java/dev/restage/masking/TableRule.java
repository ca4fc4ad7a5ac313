package dev.restage.masking;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Says what happens to rows of tables as wholes.
 *
 * @param table which tables
 * @param rows what happens to their rows
 * @param reason why, for those who read the policy; null if there is nothing to say
 */
public record TableRule(
        TableSelector table, Rows rows, @Nullable String reason) {

    /**
     * Says nothing on why.
     *
     * @param table which tables
     * @param rows what happens to their rows
     */
    public TableRule(TableSelector table, Rows rows) {
        this(table, rows, null);
    }

    /** What happens to rows. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rows")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Rows.All.class, name = "all"),
        @JsonSubTypes.Type(value = Rows.None.class, name = "none"),
        @JsonSubTypes.Type(value = Rows.NoneNorReferring.class, name = "none-nor-referring"),
        @JsonSubTypes.Type(value = Rows.Where.class, name = "where"),
        @JsonSubTypes.Type(value = Rows.Exempt.class, name = "exempt"),
    })
    public sealed interface Rows {

        /** All are carried, whatever later rules say. */
        record All() implements Rows {}

        /** All stay behind; the table itself is copied. */
        record None() implements Rows {}

        /**
         * All stay behind, and so does what refers to them: a column that refers goes missing, and where that is NOT NULL
         * the rows of its table stay behind in the same way.
         */
        record NoneNorReferring() implements Rows {}

        /**
         * Some are carried.
         *
         * @param condition which
         */
        record Where(Condition condition) implements Rows {}

        /**
         * Some are carried as they are, without masking. Says nothing on the others.
         *
         * @param condition which
         */
        record Exempt(Condition condition) implements Rows {}
    }
}
