package dev.restage.step.database;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.text.PersonalText;
import dev.restage.masking.text.Phones;
import dev.restage.masking.text.WrappedText;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts values that look like somebody in columns that a policy declares as safe: nobody masks them. */
final class KeptPeople {

    private final Map<String, Set<String>> columns = new HashMap<>();
    private final Set<String> allowedDomains;
    private final Map<String, Long> found = new TreeMap<>();

    KeptPeople(MaskingPolicy policy, DatabaseShape shape) {
        ResolvedPolicy resolved = policy.resolve(shape);
        for (TableMasking table : resolved.tables()) {
            columns.put(
                    table.table().qualifiedName(),
                    table.columns().entrySet().stream()
                            .filter(column -> column.getValue().keeps())
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet()));
        }
        allowedDomains = policy.allowedDomains();
    }

    /** Looks at a value, if its column is declared as safe. */
    void look(String qualifiedTable, String table, String column, String value) {
        if (columns.getOrDefault(qualifiedTable, Set.of()).contains(column) && looksLikeSomebody(value)) {
            found.merge(table + "." + column, 1L, Long::sum);
        }
    }

    /** How many values of which columns do. */
    Map<String, Long> found() {
        return found;
    }

    private boolean looksLikeSomebody(String value) {
        Search search = new Search();
        WrappedText.read(value, text -> PersonalText.read(PersonalText.folded(text), search));
        return search.found;
    }

    private final class Search implements PersonalText.Reader {

        private boolean found;

        @Override
        public void word(String text, int from, int to) {}

        @Override
        public void address(String text, int from, int at, int to) {
            found = found || !allowedDomains.contains(text.substring(at + 1, to));
        }

        /** Hyphens alone also part the numbers of books. */
        @Override
        public void number(String text, int from, int to) {
            String number = text.substring(from, to);
            boolean isParted = number.startsWith("+") || number.contains(" ") || number.contains(")");
            found = found || (isParted && Phones.looksLike(text, from, to));
        }
    }
}
