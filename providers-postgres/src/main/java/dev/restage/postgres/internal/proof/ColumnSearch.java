package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.proof.ColumnRules.Use;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A column of the target, and what of the masked values was found in it. Used by several threads at once. */
final class ColumnSearch {

    /** So many are kept apart, to be compared with kept columns; if there are more, it cannot all be public. */
    private static final int MOST = 10_000;

    /** Fewer words of names are there by chance, unless there is nothing else. */
    private static final int FEWEST_WORDS = 3;

    private final String schema;
    private final String table;
    private final String column;
    private final Use use;
    private final Form form;
    private final Filling filling;
    private final LongAdder values = new LongAdder();
    private final LongAdder certain = new LongAdder();
    private final LongAdder nameWords = new LongAdder();
    private final Set<Long> differentWords = ConcurrentHashMap.newKeySet();
    private final Set<Long> doubtful = ConcurrentHashMap.newKeySet();
    private @Nullable NumberSearch numbers;

    /** What values are searched as. */
    enum Form {
        TEXT,
        NUMBERS,
        LEXEMES
    }

    /** Where values come from, which decides what can be done about them. */
    enum Filling {
        /** Rows that pass by the masks. */
        ROWS,
        /** An expression over other columns. */
        EXPRESSION,
        /** The query of a materialized view. */
        QUERY,
        LARGE_OBJECTS,
        /** The definition of an object. */
        DEFINITION,
        STATISTICS
    }

    ColumnSearch(String schema, String table, String column, Form form, Use use, Filling filling) {
        this.schema = schema;
        this.table = table;
        this.column = column;
        this.form = form;
        this.use = use;
        this.filling = filling;
    }

    /** What is no column, but is searched as one that is masked. */
    static ColumnSearch elsewhere(String name, Filling filling) {
        return new ColumnSearch("", name, "", Form.TEXT, Use.MASKED, filling);
    }

    static ColumnSearch largeObjects() {
        return new ColumnSearch("pg_catalog", "pg_largeobject", "data", Form.TEXT, Use.MASKED, Filling.LARGE_OBJECTS);
    }

    /** A column of the target, which is searched by its type. */
    static ColumnSearch of(TargetTable table, TargetTable.Column column, Use use) {
        Form form = column.number() ? Form.NUMBERS : column.type().equals("tsvector") ? Form.LEXEMES : Form.TEXT;
        Filling filling = table.view() ? Filling.QUERY : column.generated() ? Filling.EXPRESSION : Filling.ROWS;
        return new ColumnSearch(table.schema(), table.name(), column.name(), form, use, filling);
    }

    /** Whether it is a column that a rule could be for. */
    boolean isColumn() {
        return !column.isEmpty();
    }

    Filling filling() {
        return filling;
    }

    String schema() {
        return schema;
    }

    String table() {
        return table;
    }

    String column() {
        return column;
    }

    Use use() {
        return use;
    }

    Form form() {
        return form;
    }

    String name() {
        return isColumn() ? "%s.%s.%s".formatted(schema, table, column) : table;
    }

    long values() {
        return values.sum();
    }

    void seen(long more) {
        values.add(more);
    }

    /** Something that is personal wherever it stands. */
    void foundCertain() {
        certain.increment();
    }

    /** Something that is not, if a kept column has it too. */
    void foundDoubtful(long print) {
        if (doubtful.size() < MOST) {
            doubtful.add(print);
        } else {
            certain.increment();
        }
    }

    /** What one thread found in a column of numbers. */
    synchronized void found(NumberSearch more) {
        if (numbers == null) {
            numbers = more;
        } else {
            numbers.add(more);
        }
    }

    /** A value that is a word of a name, or looks like it. */
    void foundWord(long print) {
        nameWords.increment();
        if (differentWords.size() < FEWEST_WORDS) {
            differentWords.add(print);
        }
    }

    Set<Long> doubtful() {
        return doubtful;
    }

    /** How many masked values it shows, without those that are public. */
    long survivors(Set<Long> everywhereKept) {
        long all = certain.sum()
                + doubtful.stream()
                        .filter(print -> !everywhereKept.contains(print))
                        .count();
        boolean most = differentWords.size() == FEWEST_WORDS && nameWords.sum() * 2 > values.sum();
        boolean each = differentWords.size() > 1 && nameWords.sum() == values.sum();
        boolean names = most || each;
        return all + (names ? nameWords.sum() : 0) + numbers();
    }

    private synchronized long numbers() {
        return numbers == null ? 0 : numbers.survivors(values.sum());
    }
}
