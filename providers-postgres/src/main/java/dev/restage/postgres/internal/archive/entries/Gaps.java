package dev.restage.postgres.internal.archive.entries;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.TableData;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an archive lacks because pg_dump was told to leave it out, and without which it is no copy of a database. */
public record Gaps(String archive, Contents all) {

    private static final Set<String> TABLES = Set.of("TABLE", "FOREIGN TABLE");

    private static final char ORDINARY = 'r';

    /** Why the archive is nothing that a database could be replaced by; pg_dump lists the rows of empty tables, too. */
    public Optional<String> problem() {
        boolean rows = has(entry -> entry.kind().equals(Entry.TABLE_DATA));
        if (!rows && !has(entry -> TABLES.contains(entry.kind()) || entry.kind().equals(Entry.BLOBS))) {
            return Optional.of(
                    "archive %s holds no table, so nothing would be left in the target: dump the database that was"
                                    .formatted(archive)
                            + " meant, with pg_dump -Fc and neither --statistics-only, --section nor a choice of schemas that leaves none");
        }
        if (!rows && has(entry -> entry.kind().equals("TABLE") && entry.relkind() == ORDINARY)) {
            return Optional.of(
                    "archive %s has the rows of none of its tables: dump it again with pg_dump -Fc and without"
                                    .formatted(archive)
                            + " --schema-only, --no-data, --section and --exclude-table-data; what shall come without rows is named by"
                            + " withoutRows");
        }
        return Optional.empty();
    }

    /**
     * Why rows and values of sequences that are wanted cannot be copied: nothing tells what tables they are of, and no mask knows
     * their columns. pg_dump writes them for what belongs to an extension, too.
     */
    public Optional<String> problem(Contents wanted) {
        Set<String> sequences = all.entries().stream()
                .filter(entry -> entry.kind().equals("SEQUENCE"))
                .map(Gaps::place)
                .collect(Collectors.toSet());
        List<Entry> undefined = Stream.concat(
                        wanted.tables().stream()
                                .filter(data -> all.shape()
                                        .table(
                                                data.table().schema(),
                                                data.table().name())
                                        .isEmpty())
                                .map(TableData::entry),
                        wanted.entries().stream()
                                .filter(entry ->
                                        entry.kind().equals("SEQUENCE SET") && !sequences.contains(place(entry))))
                .sorted(Comparator.comparing(Entry::kind).reversed().thenComparing(Entry::name))
                .toList();
        return undefined.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("archive %s has rows of %s and no definition of the table: dump it again with pg_dump -Fc and without"
                                        + " --data-only, --no-schema, --section and --include-foreign-data, or leave the rows behind, as with"
                                        + " leaveObjects(%s)")
                                .formatted(
                                        archive,
                                        undefined.stream().map(Gaps::place).collect(Collectors.joining(", ")),
                                        undefined.stream()
                                                .map(entry -> "\"" + entry.name() + "\"")
                                                .collect(Collectors.joining(", "))));
    }

    private static String place(Entry entry) {
        return entry.schema() + "." + entry.tag();
    }

    private boolean has(Predicate<Entry> wanted) {
        return all.entries().stream().anyMatch(wanted);
    }
}
