package dev.restage.postgres;

import java.time.Instant;
import java.util.List;

/** What is in a snapshot file. {@code formatVersion} is raised when an older reader would misread the file. */
record SnapshotManifest(
        int formatVersion, String id, Instant takenAt, int majorVersion, List<SchemaEntry> entries, List<Rows> tables) {

    static final int FORMAT = 1;

    /** The rows of a table: the entry of the file that holds them, and what they must add up to. */
    record Rows(String schema, String name, List<String> columns, String file, long rows, long bytes, String sha256) {

        TableData table() {
            return new TableData(
                    schema,
                    name,
                    name,
                    rows,
                    columns.stream()
                            .map(column -> new TableColumn(column, "", dev.restage.masking.MaskTarget.TEXT))
                            .toList());
        }
    }
}
