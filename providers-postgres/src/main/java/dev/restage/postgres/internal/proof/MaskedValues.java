package dev.restage.postgres.internal.proof;

import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.proof.ColumnRules.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     */
    private record Column(int table, int place, @Nullable Role role) {}

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
        Set<Long> telling = Set.copyOf(memory.evidence.of(original, known.role()));
        Set<Long> left = masked == null ? Set.of() : memory.evidence.of(masked, known.role());
        telling.stream().filter(print -> !left.contains(print)).forEach(prints::add);
        memory.name(known, original).forEach(prints::add);
    }

    /** Hears of a value in a row that is left behind because of what it holds. */
    void leftBehind(String value) {
        memories.get().evidence.of(value, Role.TEXT).forEach(prints::add);
    }

    /** Whether values of a column can be anybody's. */
    boolean matters(TableData data, String column) {
        String type = data.table().column(column).map(TableShape.Column::type).orElse("");
        return !NO_TEXT.matcher(type).lookingAt() && !type.equals("tsvector");
    }

    private Column column(TableData data, String name) {
        TableShape table = data.table();
        Role role = rules.role(table, name);
        return new Column(data.entry().id(), data.columns().indexOf(name), matters(data, name) ? role : null);
    }

    /** What one thread knows of the row that it is in: first and last name make a name together. */
    private static final class Memory {

        private final Evidence evidence;
        private int table;
        private int place;
        private List<String> first = List.of();
        private List<String> last = List.of();

        Memory(Evidence evidence) {
            this.evidence = evidence;
        }

        Set<Long> name(Column column, String value) {
            if (column.table() != table || column.place() <= place) {
                first = List.of();
                last = List.of();
            }
            table = column.table();
            place = column.place();
            if (column.role() == Role.FIRST_NAME) {
                first = evidence.words(value);
            } else if (column.role() == Role.LAST_NAME) {
                last = evidence.words(value);
            } else {
                return Set.of();
            }
            if (first.isEmpty() || last.isEmpty()) {
                return Set.of();
            }
            List<String> name = new ArrayList<>(first);
            name.addAll(last);
            return evidence.ofName(name);
        }
    }
}
