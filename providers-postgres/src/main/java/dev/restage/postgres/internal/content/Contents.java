package dev.restage.postgres.internal.content;

import dev.restage.masking.DatabaseShape;
import java.util.List;

/**
 * All that a database or an archive holds, but for the rows themselves.
 *
 * @param database the database's name
 * @param majorVersion the major version of the server that it comes from
 * @param version the version text of that server: {@code 15.18 (Debian 15.18-0+deb12u1)}
 * @param encoding the encoding of its text, as PostgreSQL names it; always {@code UTF8} for a live database
 * @param entries in an order in which they can be made from first to last; sections never go backwards
 * @param tables the rows there are: one for each entry of kind {@link Entry#TABLE_DATA}, in the order of the entries
 * @param shape the tables as masking sees them, with the roots of partitioned ones
 */
public record Contents(
        String database,
        int majorVersion,
        String version,
        String encoding,
        List<Entry> entries,
        List<TableData> tables,
        DatabaseShape shape) {

    public Contents {
        entries = List.copyOf(entries);
        tables = List.copyOf(tables);
    }

    /** The same with other entries; those with rows are the same ones. */
    public Contents withEntries(List<Entry> others) {
        return new Contents(database, majorVersion, version, encoding, others, tables, shape);
    }

    /**
     * The entries that make the large objects which an entry of kind {@link Entry#BLOBS} fills: from pg_dump 17 on it names them
     * as what it needs, before that there is one for all.
     */
    public List<Entry> madeFor(Entry blobs) {
        List<Entry> all = entries.stream()
                .filter(entry -> entry.kind().equals(Entry.BLOB))
                .toList();
        List<Entry> named = all.stream()
                .filter(entry -> blobs.dependencies().contains(entry.id()))
                .toList();
        return named.isEmpty() ? all : named;
    }
}
