package dev.restage.provider;

import java.util.Map;

/**
 * What a copy did.
 *
 * @param rows rows copied by table, {@code schema.table}
 * @param bytes bytes of row data that went through, before masking
 * @param maskedValues how many values were replaced
 */
public record CopyResult(Map<String, Long> rows, long bytes, long maskedValues) {

    /**
     * Copies the map.
     *
     * @param rows rows copied by table, {@code schema.table}
     * @param bytes bytes of row data that went through, before masking
     * @param maskedValues how many values were replaced
     */
    public CopyResult {
        rows = Map.copyOf(rows);
    }

    /** {@return rows copied in all tables} */
    public long totalRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
