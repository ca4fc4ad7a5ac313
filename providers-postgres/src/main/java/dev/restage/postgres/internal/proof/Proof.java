package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.provider.CopyOptions;
import dev.restage.provider.CopyResult;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The proof of one copy: watches what is masked and what is sent, and then reads the target once. Rows must be there as
 * they were sent, and nothing that was masked may be found outside of columns that are declared as kept.
 *
 * <p>Used by several threads at once while rows are sent; {@link #check} comes after that.
 */
public final class Proof implements AutoCloseable {

    /** How the texts of the rows came about. */
    public enum Texts {
        /** A session with the same settings as those of the target's wrote them. */
        ALIKE,
        /** An archive has them, written under other settings perhaps. */
        FOREIGN
    }

    /** So many tables are named at once. */
    private static final int NAMED = 10;

    private final CopyOptions options;
    private final ColumnRules rules;
    private final Comparison comparison;
    private SentRows sent;

    private Proof(CopyOptions options, Texts texts) {
        this.options = options;
        this.rules = new ColumnRules(options.policy());
        this.comparison = new Comparison(rules, texts, new SecureRandom().nextLong());
        this.sent = new SentRows(Transform.NONE, comparison::tally);
    }

    /** Prepares the proof of a copy with these options. */
    public static Proof start(CopyOptions options, Texts texts) {
        return new Proof(options, texts);
    }

    /** Hears of a value that is replaced, and remembers by what it could be known. */
    public void replaced(TableData table, String column, String original, String masked) {}

    /** Watches what a transform lets through; the result has to be the last one before the sink. */
    public Transform watch(Transform last) {
        sent = new SentRows(last, comparison::tally);
        return sent;
    }

    /**
     * Reads the target, before anybody else may.
     *
     * @param target opens sessions with the settings of those that read the source
     * @param workers how many of them at most
     * @param contents what the target has to hold
     * @param progress told of rows read, and of the number that was sent
     * @throws ProviderException {@code FAILED} if rows differ, or if a value that was masked can be found
     */
    public CopyResult.Proof check(Supplier<Connection> target, int workers, Contents contents, Progress progress)
            throws SQLException, InterruptedException {
        Map<String, TableReading> readings = readings(target, contents);
        List<TargetPass.Reading> all = new ArrayList<>();
        Rows rows = new Rows(
                progress,
                contents.tables().stream()
                        .mapToLong(data -> sent.of(data).rows())
                        .sum());
        readings.values().stream()
                .sorted(Comparator.comparingLong(TableReading::pages).reversed())
                .forEach(reading -> all.addAll(
                        options.proof() == CopyOptions.Proof.COUNTS
                                ? List.of(reading.counting())
                                : reading.reading(rows::more)));
        new TargetPass(target, workers).run(all);
        differences(readings, contents);
        return new CopyResult.Proof(contents.tables().size(), 0, 0, 0);
    }

    private Map<String, TableReading> readings(Supplier<Connection> target, Contents contents) throws SQLException {
        Map<String, TableData> expected = contents.tables().stream()
                .collect(Collectors.toMap(data -> data.table().qualifiedName(), data -> data));
        Map<String, TableReading> readings = new TreeMap<>();
        try (Connection connection = target.get()) {
            for (TargetTable table : TargetTable.all(connection)) {
                TableData data = expected.get(table.qualifiedName());
                if (data != null) {
                    readings.put(
                            table.qualifiedName(),
                            new TableReading(
                                    table, data.columns(), new TableSearch(List.of()), () -> comparison.tally(data)));
                }
            }
        }
        return readings;
    }

    private void differences(Map<String, TableReading> readings, Contents contents) {
        List<String> differences = new ArrayList<>();
        for (TableData data : contents.tables()) {
            String name = data.table().qualifiedName();
            RowTally expected = sent.of(data);
            TableReading reading = readings.get(name);
            if (reading == null) {
                differences.add("%s is missing".formatted(name));
            } else if (reading.tally().rows() != expected.rows()) {
                differences.add(
                        "%s holds %d rows of %d".formatted(name, reading.tally().rows(), expected.rows()));
            } else if (options.proof() == CopyOptions.Proof.FULL
                    && reading.tally().sum() != expected.sum()) {
                differences.add("%s holds other values".formatted(name));
            }
        }
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

    /** Forgets everything. */
    @Override
    public void close() {}

    private record Rows(Progress progress, long total, AtomicLong done) {

        Rows(Progress progress, long total) {
            this(progress, total, new AtomicLong());
        }

        void more(long rows) {
            progress.report(Progress.Unit.ROWS, done.addAndGet(rows), total);
        }
    }
}
