package dev.restage.masking;

import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.PersonMask;
import dev.restage.masking.value.TextMask;
import dev.restage.masking.value.WholeMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to personal data on its way out of production, as data. Rules are tried in order, the first that fits
 * decides.
 *
 * <pre>{@code
 * MaskingPolicy.builder()
 *         .rows("session")
 *         .mask("*", "email", Mask.email("example.com"))
 *         .keep("migration", "*")
 *         .build();
 * }</pre>
 *
 * @param columns rules for columns
 * @param tables rules for rows of whole tables
 * @param objects rules for what is no row: comments, defaults, views, functions
 * @param strictness what happens to a column that can hold personal data and has no rule
 */
public record MaskingPolicy(
        List<ColumnRule> columns, List<TableRule> tables, List<ObjectRule> objects, Strictness strictness) {

    /** What happens to a column that can hold personal data and has no rule. */
    public enum Strictness {
        /** The run stops before anything is changed. */
        STRICT,
        /** The column is copied as it is. */
        LENIENT
    }

    /**
     * Copies the rules.
     *
     * @param columns rules for columns
     * @param tables rules for rows of whole tables
     * @param objects rules for what is no row
     * @param strictness what happens to a column that can hold personal data and has no rule
     */
    public MaskingPolicy {
        columns = List.copyOf(columns);
        tables = List.copyOf(tables);
        objects = List.copyOf(objects);
    }

    /**
     * Has no rules for what is no row.
     *
     * @param columns rules for columns
     * @param tables rules for rows of whole tables
     * @param strictness what happens to a column that can hold personal data and has no rule
     */
    public MaskingPolicy(List<ColumnRule> columns, List<TableRule> tables, Strictness strictness) {
        this(columns, tables, List.of(), strictness);
    }

    /** {@return a policy that copies everything as it is: for data which is masked already, or holds nothing personal} */
    public static MaskingPolicy none() {
        return new MaskingPolicy(List.of(), List.of(), Strictness.LENIENT);
    }

    /** {@return a builder of a strict policy without rules} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Finds out what this means for a database.
     *
     * @param shape its tables
     * @return what happens to each table and column
     */
    public ResolvedPolicy resolve(DatabaseShape shape) {
        return new ResolvedPolicy(this, shape);
    }

    /**
     * Checks this against a database, before anything is copied.
     *
     * @param shape its tables
     * @return a sentence for each problem that names table and column and says what to do; empty if there is none
     */
    public List<String> problems(DatabaseShape shape) {
        return resolve(shape).problems();
    }

    /**
     * Checks this against a database whose rows can be looked at: columns of numbers are told by what is seen in them, and
     * CHECKs are judged by the server.
     *
     * @param shape its tables
     * @param rows what can be asked of its rows
     * @return a sentence for each problem
     */
    public List<String> problems(DatabaseShape shape, LiveRows rows) {
        return resolve(shape).problems(rows);
    }

    /**
     * Proposes a rule for each column that can hold personal data and has none here, from its name, its type and a
     * sample of its values. Someone who knows the data has to read it.
     *
     * @param shape the tables of a database
     * @param samples shows some values of a column
     * @return these rules alone, each with a reason; add them with {@link #plus}
     */
    public MaskingPolicy suggest(DatabaseShape shape, SampleSource samples) {
        return new Suggestions(shape, samples).forGapsOf(this);
    }

    /**
     * Adds rules that go before these, such as a project's own before a ready policy's.
     *
     * @param own the rules to try first; its strictness counts
     * @return both
     */
    public MaskingPolicy plus(MaskingPolicy own) {
        return new MaskingPolicy(
                Stream.concat(own.columns.stream(), columns.stream()).toList(),
                Stream.concat(own.tables.stream(), tables.stream()).toList(),
                Stream.concat(own.objects.stream(), objects.stream()).toList(),
                own.strictness);
    }

    /**
     * {@return whether an object of the schema is carried; empty if no rule says so}
     *
     * @param name its kind and name
     */
    public Optional<ObjectRule.Carry> carryOf(String name) {
        return objects.stream()
                .filter(rule -> rule.fits(name))
                .map(ObjectRule::carry)
                .findFirst();
    }

    /** {@return domains of e-mail addresses that are nobody's: those that masks write, and those that they keep} */
    public Set<String> allowedDomains() {
        Set<String> domains = new TreeSet<>();
        columns.stream().map(ColumnRule::mask).flatMap(MaskingPolicy::parts).forEach(mask -> {
            if (mask instanceof PersonMask.Email email) {
                domains.add(email.domain());
                domains.addAll(email.kept());
            } else if (mask instanceof TextMask.FreeText) {
                domains.add(TextMask.FreeText.DOMAIN);
            }
        });
        return domains;
    }

    /** A mask with all that it is made of. */
    private static Stream<Mask> parts(Mask mask) {
        Stream<Mask> inner = Stream.empty();
        if (mask instanceof PersonMask.Username login) {
            inner = Stream.of(login.email());
        } else if (mask instanceof WholeMask.Json json) {
            inner = Stream.concat(json.at().stream().map(WholeMask.Json.At::mask), Stream.of(Mask.freeText()));
        } else if (mask instanceof WholeMask.Hstore hstore) {
            inner = hstore.at().stream().map(WholeMask.Hstore.Values::mask);
        } else if (mask instanceof TextMask.Replace replace) {
            inner = replace.parts().stream().map(TextMask.Replace.Part::mask);
        } else if (mask instanceof TextMask.UnlessPublic draft) {
            inner = Stream.of(draft.otherwise());
        } else if (mask instanceof TextMask.Alike) {
            inner = Stream.of(Mask.freeText());
        }
        return Stream.concat(Stream.of(mask), inner.flatMap(MaskingPolicy::parts));
    }

    Optional<Mask> maskFor(TableShape table, TableShape.Column column, DatabaseShape shape) {
        return columns.stream()
                .filter(rule -> rule.fits(table, column, shape))
                .map(ColumnRule::mask)
                .findFirst();
    }

    Rows rowsOf(TableShape table, DatabaseShape shape) {
        return tables.stream()
                .filter(rule ->
                        !(rule.rows() instanceof Rows.Exempt) && rule.table().fits(table, shape))
                .map(TableRule::rows)
                .findFirst()
                .orElseGet(Rows.All::new);
    }

    @Nullable Condition exemptOf(TableShape table, DatabaseShape shape) {
        List<Condition> conditions = new ArrayList<>();
        for (TableRule rule : tables) {
            if (rule.rows() instanceof Rows.Exempt exempt && rule.table().fits(table, shape)) {
                conditions.add(exempt.condition());
            }
        }
        return conditions.isEmpty() ? null : conditions.size() == 1 ? conditions.get(0) : new Condition.Or(conditions);
    }

    /** Collects rules in the order in which they are tried. */
    public static final class Builder {

        private final List<ColumnRule> columns = new ArrayList<>();
        private final List<TableRule> tables = new ArrayList<>();
        private final List<ObjectRule> objects = new ArrayList<>();
        private Strictness strictness = Strictness.STRICT;

        private Builder() {}

        /**
         * Leaves the rows of tables behind.
         *
         * @param names names of tables, with {@code *} for any text
         * @return this builder
         */
        public Builder rows(String... names) {
            Stream.of(names).map(TableSelector::named).forEach(table -> rows(table, new Rows.None()));
            return this;
        }

        /**
         * Says what happens to the rows of tables.
         *
         * @param table which tables
         * @param rows what happens to their rows
         * @return this builder
         */
        public Builder rows(TableSelector table, Rows rows) {
            tables.add(new TableRule(table, rows));
            return this;
        }

        /**
         * Masks columns.
         *
         * @param table names of tables, with {@code *} for any text
         * @param column names of columns, likewise
         * @param mask what happens to their values
         * @return this builder
         */
        public Builder mask(String table, String column, Mask mask) {
            return mask(TableSelector.named(table), column, mask);
        }

        /**
         * Masks columns.
         *
         * @param table which tables
         * @param column names of columns, with {@code *} for any text
         * @param mask what happens to their values
         * @return this builder
         */
        public Builder mask(TableSelector table, String column, Mask mask) {
            return rule(new ColumnRule(table, column, Set.of(), mask, null));
        }

        /**
         * Adds a rule for columns.
         *
         * @param rule the rule
         * @return this builder
         */
        public Builder rule(ColumnRule rule) {
            columns.add(rule);
            return this;
        }

        /**
         * Declares columns as safe.
         *
         * @param table names of tables, with {@code *} for any text
         * @param names names of columns, likewise
         * @return this builder
         */
        public Builder keep(String table, String... names) {
            return keep(TableSelector.named(table), names);
        }

        /**
         * Declares columns as safe.
         *
         * @param table which tables
         * @param names names of columns, with {@code *} for any text
         * @return this builder
         */
        public Builder keep(TableSelector table, String... names) {
            Stream.of(names).forEach(name -> mask(table, name, Mask.keep()));
            return this;
        }

        /**
         * Leaves objects of the schema behind, and what needs them.
         *
         * @param names kinds and names as previews give them, with {@code *} for any text: {@code COMMENT *}
         * @return this builder
         */
        public Builder leaveObjects(String... names) {
            Stream.of(names).forEach(name -> objects.add(new ObjectRule(name, ObjectRule.Carry.LEAVE, null)));
            return this;
        }

        /**
         * Declares objects of the schema as safe: they are carried whatever they hold or read.
         *
         * @param names kinds and names as previews give them, with {@code *} for any text
         * @return this builder
         */
        public Builder keepObjects(String... names) {
            Stream.of(names).forEach(name -> objects.add(new ObjectRule(name, ObjectRule.Carry.KEEP, null)));
            return this;
        }

        /**
         * Declares columns as safe, and says why.
         *
         * @param what what they hold, as the reason of the rules
         * @param table names of tables, with {@code *} for any text
         * @param names names of columns, likewise
         * @return this builder
         */
        public Builder keepAs(String what, String table, String... names) {
            return keepAs(what, TableSelector.named(table), names);
        }

        /**
         * Declares columns as safe, and says why.
         *
         * @param what what they hold, as the reason of the rules
         * @param table which tables
         * @param names names of columns, with {@code *} for any text
         * @return this builder
         */
        public Builder keepAs(String what, TableSelector table, String... names) {
            Stream.of(names).forEach(name -> rule(new ColumnRule(table, name, Set.of(), Mask.keep(), what)));
            return this;
        }

        /**
         * Copies columns without a rule as they are.
         *
         * @return this builder
         */
        public Builder lenient() {
            strictness = Strictness.LENIENT;
            return this;
        }

        /** {@return the policy with the rules so far} */
        public MaskingPolicy build() {
            return new MaskingPolicy(columns, tables, objects, strictness);
        }
    }
}
