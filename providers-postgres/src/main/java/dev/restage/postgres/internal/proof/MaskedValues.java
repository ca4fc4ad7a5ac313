package dev.restage.postgres.internal.proof;

import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.proof.ColumnRules.Role;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.postgres.internal.proof.words.Prints;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Remembers the fingerprints of values that are masked. Used by several threads at once. */
final class MaskedValues {

    /** Types of which single values belong to nobody: dates, numbers, flags. */
    private static final Pattern NO_TEXT =
            Pattern.compile("date|time|interval|small|int|big|numeric|double|real|bool|money|oid|bit");

    private final ColumnRules rules;
    private final Fingerprints prints;
    private final ThreadLocal<Memory> memories;
    private final Map<Integer, Map<String, Column>> tables = new ConcurrentHashMap<>();

    /**
     * What is known of a column.
     *
     * @param table the id of its table's entry
     * @param place where it is in the rows
     * @param role null for one whose values belong to nobody
     * @param whole whether nothing of a value is left in what replaces it
     */
    private record Column(int table, int place, @Nullable Role role, boolean whole) {}

    MaskedValues(ColumnRules rules, Fingerprints prints) {
        this.rules = rules;
        this.prints = prints;
        this.memories = ThreadLocal.withInitial(() -> new Memory(new Evidence(prints)));
    }

    /** Hears of the values of a row from left to right, rows one after the other in each thread. */
    void replaced(TableData data, String column, String original, @Nullable String masked) {
        Column known = tables.computeIfAbsent(data.entry().id(), id -> new ConcurrentHashMap<>())
                .computeIfAbsent(column, name -> column(data, name));
        if (known.role() == null || original.equals(masked)) {
            return;
        }
        Memory memory = memories.get();
        memory.telling.clear();
        memory.left.clear();
        memory.evidence.of(original, known.role(), memory.telling);
        if (masked != null && !known.whole()) {
            memory.evidence.of(masked, known.role(), memory.left);
        }
        memory.name(known, original);
        memory.telling.addTo(prints, memory.left);
    }

    /** Hears of a value in a row that is left behind because of what it holds. */
    void leftBehind(String value) {
        Memory memory = memories.get();
        memory.telling.clear();
        memory.left.clear();
        memory.evidence.of(value, Role.TEXT, memory.telling);
        memory.telling.addTo(prints, memory.left);
    }

    /** Whether values of a column can be anybody's. */
    boolean matters(TableData data, String column) {
        String type = data.table().column(column).map(TableShape.Column::type).orElse("");
        return !NO_TEXT.matcher(type).lookingAt() && !type.equals("tsvector");
    }

    private Column column(TableData data, String name) {
        TableShape table = data.table();
        Role role = rules.role(table, name);
        return new Column(
                data.entry().id(),
                data.columns().indexOf(name),
                matters(data, name) || role == Role.NUMBER ? role : null,
                rules.replacesWhole(table, name));
    }

    /** What one thread knows of the row that it is in: first and last name make a name together. */
    private static final class Memory {

        private final Evidence evidence;
        private final Prints telling = new Prints();
        private final Prints left = new Prints();
        private int table;
        private int place;
        private String first = "";
        private String last = "";

        Memory(Evidence evidence) {
            this.evidence = evidence;
        }

        void name(Column column, String value) {
            if (column.table() != table || column.place() <= place) {
                first = "";
                last = "";
            }
            table = column.table();
            place = column.place();
            if (column.role() == Role.FIRST_NAME) {
                first = value;
            } else if (column.role() == Role.LAST_NAME) {
                last = value;
            } else {
                return;
            }
            if (!first.isEmpty() && !last.isEmpty()) {
                evidence.ofName(first + " " + last, telling);
            }
        }
    }
}
