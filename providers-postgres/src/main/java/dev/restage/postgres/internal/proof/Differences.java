package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.sql.QualifiedName;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * In which tables the target does not hold what was sent.
 *
 * @param values whether values were compared too, not just rows counted
 */
record Differences(Contents contents, SentRows sent, Map<String, TableReading> found, boolean values) {

    /** So many tables are named at once. */
    private static final int NAMED = 10;

    /** Fails if there are any. */
    void conclude() {
        List<String> differences = new ArrayList<>();
        for (TableData data : contents.tables()) {
            TableReading reading = found.get(data.table().qualifiedName());
            if (reading == null) {
                differences.add(data.table().qualifiedName() + " is missing");
            } else if (!reading.isShared() && !data.isThroughRoot()) {
                compare(data.table().qualifiedName(), sent.of(data), reading.tally(), values, differences);
            }
        }
        contents.tables().stream()
                .filter(TableData::isThroughRoot)
                .collect(Collectors.groupingBy(TableData::into))
                .forEach((root, partitions) -> compareTogether(root, partitions, differences));
        if (!differences.isEmpty()) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "the copy differs from what was sent: %s%s. Something else writes to the target or changes rows on"
                                    .formatted(
                                            differences.stream().limit(NAMED).collect(Collectors.joining(", ")),
                                            differences.size() > NAMED
                                                    ? " and %d more".formatted(differences.size() - NAMED)
                                                    : "")
                            + " their way in, a trigger perhaps; stop it and run again",
                    Effect.UNKNOWN,
                    null);
        }
    }

    /** Rows of partitions that went through a root may be in another one; if its columns have another order, they only count. */
    private void compareTogether(QualifiedName root, List<TableData> partitions, List<String> differences) {
        RowTally expected = new RowTally();
        RowTally there = new RowTally();
        for (TableData partition : partitions) {
            @Nullable TableReading reading = found.get(partition.table().qualifiedName());
            if (reading != null) {
                there.add(reading.tally());
            }
            expected.add(sent.of(partition));
        }
        boolean alike = partitions.stream().map(TableData::columns).distinct().count() == 1;
        compare(root.schema() + "." + root.name(), expected, there, values && alike, differences);
    }

    private static void compare(
            String name, RowTally expected, RowTally there, boolean values, List<String> differences) {
        if (there.rows() != expected.rows()) {
            differences.add("%s holds %d rows of %d".formatted(name, there.rows(), expected.rows()));
        } else if (values && there.sum() != expected.sum()) {
            differences.add("%s holds other values".formatted(name));
        }
    }
}
