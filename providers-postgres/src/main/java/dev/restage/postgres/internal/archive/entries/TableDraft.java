package dev.restage.postgres.internal.archive.entries;

import dev.restage.masking.TableShape.Reference;
import dev.restage.postgres.internal.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table while its definitions are gathered. */
final class TableDraft {

    /**
     * A column as it is written.
     *
     * @param type its type
     * @param notNull whether a value must be there
     * @param generated the expression that the server computes it with; null if values are written to it
     */
    record Column(String type, boolean notNull, @Nullable String generated) {

        Column filled() {
            return new Column(type, true, generated);
        }
    }

    final Map<String, Column> columns = new LinkedHashMap<>();
    final List<List<String>> uniqueKeys = new ArrayList<>();
    final List<Reference> references = new ArrayList<>();
    final List<String> checks = new ArrayList<>();

    /** The tables whose columns and conditions it has too. */
    final List<QualifiedName> parents = new ArrayList<>();

    /** The table that it is a partition of. */
    @Nullable QualifiedName partitioned;

    /** Whether it has partitions rather than rows. */
    boolean hasPartitions;

    void fill(String column) {
        columns.computeIfPresent(column, (name, present) -> present.filled());
    }
}
