package dev.restage.provider.database;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a copy did.
 *
 * @param rows rows copied by table, {@code schema.table}
 * @param bytes bytes of row data that went through, before masking
 * @param maskedValues how many values were replaced
 * @param proof what was looked at in the target afterwards
 * @param leftOut what of the source's schema stayed behind though nobody asked for that, a sentence each
 * @param before what the target held before, to be restored or deleted; null if nothing was kept
 */
public record CopyResult(
        Map<String, Long> rows,
        long bytes,
        long maskedValues,
        Proof proof,
        List<String> leftOut,
        @Nullable SnapshotId before) {

    /**
     * What was looked at in the target before it was given out. A difference or a survivor fails the copy, so there are
     * none in a result.
     *
     * @param tables tables whose rows were compared with what was sent
     * @param columns columns that were searched for values that should have been masked
     * @param values values that were searched
     * @param fingerprints different values that were masked and searched for
     */
    public record Proof(long tables, long columns, long values, long fingerprints) {

        /** Nothing was looked at. */
        public static final Proof NONE = new Proof(0, 0, 0, 0);
    }

    /**
     * Copies the collections.
     *
     * @param rows rows copied by table, {@code schema.table}
     * @param bytes bytes of row data that went through, before masking
     * @param maskedValues how many values were replaced
     * @param proof what was looked at in the target afterwards
     * @param leftOut what of the source's schema stayed behind though nobody asked for that
     * @param before what the target held before; null if nothing was kept
     */
    public CopyResult {
        rows = Map.copyOf(rows);
        leftOut = List.copyOf(leftOut);
    }

    /** {@return rows copied in all tables} */
    public long totalRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
