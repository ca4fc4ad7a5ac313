package dev.restage.postgres.internal.mask;

import dev.restage.postgres.internal.content.TableData;
import org.jspecify.annotations.Nullable;

/** Told of each value that was replaced, so that it can be looked for in the target. Used by several threads at once. */
public interface MaskListener {

    /** Hears nothing, and costs nothing. */
    MaskListener NONE = (table, column, original, masked) -> {};

    /**
     * A value was replaced by another. In each thread values come row by row, and in a row from left to right.
     *
     * @param table the table it is in
     * @param column its column
     * @param original the value as the server writes it, without COPY's escapes
     * @param masked what is written instead; null for a missing value
     */
    void replaced(TableData table, String column, String original, @Nullable String masked);
}
