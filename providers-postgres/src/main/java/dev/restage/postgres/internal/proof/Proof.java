package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
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
import org.jspecify.annotations.Nullable;

/**
 * The proof of one copy: watches what is masked and what is sent, and then reads the target once. Rows must be there as
 * they were sent, and nothing that was masked may be found outside of columns that are declared as kept.
 *
 * <p>Used by several threads at once while rows are sent; {@link #check} comes after that.
 */
public final class Proof {

    /** How the texts of the rows came about. */
    public enum Texts {
        /** A session with the same settings as those of the target's wrote them. */
        ALIKE,
        /** An archive has them, written under other settings perhaps. */
        FOREIGN
    }

    private final CopyOptions options;
    private final Contents contents;
    private final Fingerprints prints = new Fingerprints();
    private final ColumnRules rules;
    private final MaskedValues masked;
    private final Comparison comparison;
    private SentRows sent;

    private Proof(CopyOptions options, Contents contents, Texts texts) {
        this.options = options;
        this.contents = contents;
        this.rules = new ColumnRules(options.policy(), contents.shape());
        this.masked = new MaskedValues(rules, prints);
        this.comparison = new Comparison(rules, texts, new SecureRandom().nextLong());
        this.sent = new SentRows(Transform.NONE, comparison::tally);
    }

    /**
     * Prepares the proof of a copy.
     *
     * @param contents what the source holds, as far as it is copied
     * @param texts how the texts of its rows come about
     */
    public static Proof start(CopyOptions options, Contents contents, Texts texts) {
        return new Proof(options, contents, texts);
    }

    /**
     * Hears of a value that is replaced, and remembers by what it could be known. In each thread values come row by row,
     * and in a row from left to right.
     *
     * @param original the value as text, without COPY's escapes
     * @param replacement likewise; null for none
     */
    public void replaced(TableData table, String column, String original, @Nullable String replacement) {
        if (isFull()) {
            masked.replaced(table, column, original, replacement);
        }
    }

    /** Watches what a transform lets through; the result has to be the last one before the sink. */
    public Transform watch(Transform last) {
        sent = new SentRows(last, comparison::tally);
        return searches() ? new LeftRows(sent, masked) : sent;
    }

    /**
     * Reads the target, before anybody else may.
     *
     * @param target opens sessions with the settings of those that read the source
     * @param workers how many of them at most
     * @param progress told of rows read, and of the number that was sent
     * @throws ProviderException {@code FAILED} if rows differ, or if a value that was masked can be found
     */
    public CopyResult.Proof check(Supplier<Connection> target, int workers, Progress progress)
            throws SQLException, InterruptedException {
        List<TargetTable> tables;
        try (Connection connection = target.get()) {
            tables = TargetTable.all(connection);
        }
        Rows rows = new Rows(
                progress,
                expected().values().stream()
                        .mapToLong(data -> sent.of(data).rows())
                        .sum());
        TargetPass pass = new TargetPass(target, workers);
        LeakScan leaks = new LeakScan(rules, prints);
        Map<String, TableReading> readings = readings(tables, leaks);
        List<TargetPass.Reading> all = new ArrayList<>();
        readings.values().stream()
                .sorted(Comparator.comparingLong(TableReading::pages).reversed())
                .forEach(reading -> all.addAll(isFull() ? reading.reading(rows::more) : List.of(reading.counting())));
        if (searches()) {
            all.add(leaks.largeObjects());
            all.add(leaks.catalog());
        }
        pass.run(all);
        new Differences(contents, sent, readings, isFull()).conclude();
        if (leaks.isInDoubt()) {
            pass.run(kept(tables, leaks));
        }
        leaks.conclude();
        return new CopyResult.Proof(contents.tables().size(), leaks.columns(), leaks.values(), prints.size());
    }

    private Map<String, TableReading> readings(List<TargetTable> tables, LeakScan leaks) {
        Map<String, TableData> expected = expected();
        Map<String, TableReading> readings = new TreeMap<>();
        for (TargetTable table : tables) {
            @Nullable TableData data = expected.get(table.qualifiedName());
            if (data == null && (table.ofExtension() || !searches())) {
                continue;
            }
            TableSearch search = searches() ? leaks.search(table) : TableSearch.NONE;
            readings.put(
                    table.qualifiedName(),
                    data == null
                            ? new TableReading(table, List.of(), search, RowTally::new)
                            : new TableReading(table, data.columns(), search, () -> comparison.tally(data)));
        }
        return readings;
    }

    private List<TargetPass.Reading> kept(List<TargetTable> tables, LeakScan leaks) {
        return tables.stream()
                .map(table -> new TableReading(table, List.of(), leaks.searchKept(table), RowTally::new))
                .flatMap(reading -> reading.reading(rows -> {}).stream())
                .toList();
    }

    private Map<String, TableData> expected() {
        return contents.tables().stream()
                .collect(Collectors.toMap(data -> data.table().qualifiedName(), data -> data));
    }

    private boolean isFull() {
        return options.proof() == CopyOptions.Proof.FULL;
    }

    /** A policy that masks nothing has nothing to be found. */
    private boolean searches() {
        return isFull() && rules.maskSomething();
    }

    private record Rows(Progress progress, long total, AtomicLong done) {

        Rows(Progress progress, long total) {
            this(progress, total, new AtomicLong());
        }

        void more(long rows) {
            progress.report(Progress.Unit.ROWS, done.addAndGet(rows), total);
        }
    }
}
