package dev.restage.postgres.internal.archive;

import dev.restage.postgres.internal.content.Entry;

/**
 * An entry of an archive's table of contents with the place of its data.
 *
 * @param entry the entry as it is written
 * @param offset where its data begins; {@link #UNKNOWN}, or {@link #WITHOUT_DATA} if it has none
 */
record TocEntry(Entry entry, long offset) {

    static final long UNKNOWN = -1;
    static final long WITHOUT_DATA = -2;

    boolean hasData() {
        return offset != WITHOUT_DATA;
    }

    boolean located() {
        return offset >= 0;
    }
}
