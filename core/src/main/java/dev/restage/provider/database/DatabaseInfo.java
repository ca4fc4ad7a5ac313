package dev.restage.provider.database;

import java.util.List;
import java.util.Map;

/**
 * What a database is and holds.
 *
 * @param product the server and its version as people write it, such as {@code Server 15.8}
 * @param majorVersion the version number that decides about compatibility
 * @param sizeBytes the size on the server's disk, in bytes
 * @param extensions installed extensions and their versions
 * @param tables the tables, sorted by name
 */
public record DatabaseInfo(
        String product, int majorVersion, long sizeBytes, Map<String, String> extensions, List<Table> tables) {

    /**
     * A table.
     *
     * @param schema the schema it is in
     * @param name its name
     * @param rows the server's estimate of its rows, at least 0
     * @param sizeBytes its size with indexes and out-of-line values, in bytes
     */
    public record Table(String schema, String name, long rows, long sizeBytes) {}

    /**
     * Copies the collections.
     *
     * @param product the server and its version as people write it
     * @param majorVersion the version number that decides about compatibility
     * @param sizeBytes the size on the server's disk, in bytes
     * @param extensions installed extensions and their versions
     * @param tables the tables, sorted by name
     */
    public DatabaseInfo {
        extensions = Map.copyOf(extensions);
        tables = List.copyOf(tables);
    }

    /** {@return the sum of the tables' estimated rows} */
    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
