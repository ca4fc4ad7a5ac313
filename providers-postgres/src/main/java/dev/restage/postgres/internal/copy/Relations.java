package dev.restage.postgres.internal.copy;

import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.content.TableData;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which tables an entry works on, and which rows must be there before. A partitioned table and its partitions are one. */
final class Relations {

    private static final Set<String> KINDS = Set.of("TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "SEQUENCE");

    private final Map<Integer, Entry> entries = new HashMap<>();
    private final Map<String, String> families = new HashMap<>();
    private final Map<String, Set<Integer>> rows = new HashMap<>();
    private final Map<String, Long> bytes = new HashMap<>();
    private final Map<Integer, Set<String>> known = new HashMap<>();

    Relations(Contents contents) {
        contents.entries().forEach(entry -> entries.put(entry.id(), entry));
        for (TableShape table : contents.shape().tables()) {
            families.put(table.qualifiedName(), family(contents, table));
        }
        for (TableData table : contents.tables()) {
            String family = familyOf(table.table().qualifiedName());
            rows.computeIfAbsent(family, name -> new HashSet<>())
                    .add(table.entry().id());
            bytes.merge(family, table.bytes(), Long::sum);
        }
    }

    /** A root is told by its bare name; it is most often in the schema of its partitions. */
    private static String family(Contents contents, TableShape table) {
        if (table.root().equals(table.name())
                || contents.shape().table(table.schema(), table.root()).isPresent()) {
            return table.schema() + "." + table.root();
        }
        return contents.shape().tables().stream()
                .filter(each -> each.name().equals(table.root()))
                .map(TableShape::qualifiedName)
                .findFirst()
                .orElse(table.qualifiedName());
    }

    /** The table that stands for a table and all that is partitioned with it. */
    String familyOf(String name) {
        return families.getOrDefault(name, name);
    }

    /** The tables that stand for all. */
    Set<String> families() {
        return rows.keySet();
    }

    /** The tables that an entry works on: those that it depends on, directly or by what it depends on after the data. */
    Set<String> of(Entry entry) {
        Set<String> found = known.get(entry.id());
        if (found != null) {
            return found;
        }
        Set<String> tables = new HashSet<>();
        known.put(entry.id(), tables);
        for (int id : entry.dependencies()) {
            Entry needed = entries.get(id);
            if (needed == null) {
                continue;
            }
            if (KINDS.contains(needed.kind())) {
                tables.add(familyOf(needed.schema() + "." + needed.tag()));
            } else if (needed.section() == Section.POST_DATA) {
                tables.addAll(of(needed));
            }
        }
        return tables;
    }

    /** The entries with rows of the tables that an entry works on. */
    Set<Integer> rowsOf(Entry entry) {
        Set<Integer> entries = new HashSet<>();
        of(entry).forEach(table -> entries.addAll(rows.getOrDefault(table, Set.of())));
        entries.remove(entry.id());
        return entries;
    }

    long bytes(Entry entry) {
        return of(entry).stream()
                .mapToLong(table -> bytes.getOrDefault(table, 0L))
                .sum();
    }
}
