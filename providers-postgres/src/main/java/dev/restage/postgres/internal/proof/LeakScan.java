package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.catalog.CatalogTexts;
import dev.restage.postgres.internal.proof.ColumnRules.Use;
import dev.restage.postgres.internal.proof.ColumnSearch.Filling;
import dev.restage.postgres.internal.proof.ColumnSearch.Form;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.postgres.internal.proof.words.Fingerprints.Kind;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.DatabaseTexts;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Searches the target for what was masked. Columns that are declared as kept are not searched; only if something is found
 * elsewhere are they read too: names and texts that also stand in a kept column are public and do not count, addresses
 * and telephone numbers of masked people count all the same.
 */
final class LeakScan {

    /** Large objects are read by pieces of this size. */
    private static final int PIECE = 8 << 20;

    /** So many columns are named at once. */
    private static final int NAMED = 50;

    private final ColumnRules rules;
    private final Fingerprints prints;
    private final Set<String> allowedDomains;
    private final Queue<ColumnSearch> searched = new ConcurrentLinkedQueue<>();
    private final Set<Long> kept = ConcurrentHashMap.newKeySet();

    LeakScan(ColumnRules rules, Fingerprints prints) {
        this.rules = rules;
        this.prints = prints;
        this.allowedDomains = rules.allowedDomains();
    }

    /** Searches all columns of a table that hold texts and are not kept. */
    TableSearch search(TargetTable table) {
        List<ColumnSearch> columns = columns(table, use -> use != Use.KEPT);
        searched.addAll(columns);
        return new TableSearch(columns, column -> place(column, new Suspicion(prints, column)));
    }

    /** Whether kept columns have to be looked at, too. */
    boolean isInDoubt() {
        return searched.stream().anyMatch(column -> !column.doubtful().isEmpty());
    }

    /** Looks into the kept columns of a table for what was found elsewhere. */
    TableSearch searchKept(TargetTable table) {
        Set<Long> doubtful = searched.stream()
                .flatMap(column -> column.doubtful().stream())
                .collect(Collectors.toCollection(HashSet::new));
        return new TableSearch(
                columns(table, use -> use == Use.KEPT),
                column -> place(column, (kind, print) -> {
                    if (doubtful.contains(print)) {
                        kept.add(print);
                    }
                }));
    }

    private Place place(ColumnSearch column, TextSearch.LookUp lookUp) {
        return column.form() == Form.NUMBERS
                ? new Place(column, new NumberSearch(prints))
                : new Place(column, new TextSearch(prints, allowedDomains, lookUp));
    }

    /** Searches the large objects. */
    TargetPass.Reading largeObjects() {
        ColumnSearch all = ColumnSearch.largeObjects();
        searched.add(all);
        return connection -> {
            TextSearch search = new TextSearch(prints, allowedDomains, new Suspicion(prints, all));
            Query query = new Query(connection);
            for (long oid : query.list("SELECT oid FROM pg_largeobject_metadata ORDER BY oid", row -> row.getLong(1))) {
                largeObject(query, oid, search);
                all.seen(1);
            }
        };
    }

    /** Searches definitions, comments, defaults and statistics for people who are known; shapes were looked for before. */
    TargetPass.Reading catalog() {
        return connection -> {
            Map<String, ColumnSearch> places = new HashMap<>();
            CatalogTexts.read(connection, new DatabaseTexts() {
                @Override
                public void definition(String object, String text) {
                    if (!rules.keepsObject(object)) {
                        look(object, text, Filling.DEFINITION);
                    }
                }

                @Override
                public void statistics(String schema, String table, String column, String value) {
                    if (rules.use(schema, table, column) != Use.KEPT) {
                        look("statistics of %s.%s.%s".formatted(schema, table, column), value, Filling.STATISTICS);
                    }
                }

                private void look(String place, String text, Filling filling) {
                    ColumnSearch column = places.computeIfAbsent(place, name -> ColumnSearch.elsewhere(name, filling));
                    Suspicion suspicion = new Suspicion(prints, column);
                    new TextSearch(prints, allowedDomains, (kind, print) -> {
                                if (kind != Kind.SHAPE) {
                                    suspicion.found(kind, print);
                                }
                            })
                            .value(text);
                    column.seen(1);
                }
            });
            searched.addAll(places.values());
        };
    }

    private static void largeObject(Query query, long oid, TextSearch search) throws SQLException {
        for (long from = 0; ; from += PIECE) {
            byte[] piece = query.one("SELECT lo_get(%d, %d, %d)".formatted(oid, from, PIECE), row -> row.getBytes(1));
            search.bytes(piece);
            if (piece.length < PIECE) {
                return;
            }
        }
    }

    long columns() {
        return searched.stream().filter(ColumnSearch::isColumn).count();
    }

    long values() {
        return searched.stream()
                .filter(ColumnSearch::isColumn)
                .mapToLong(ColumnSearch::values)
                .sum();
    }

    /** Fails if anything was found. */
    void conclude() {
        List<ColumnSearch> survivors = searched.stream()
                .filter(column -> column.survivors(kept) > 0)
                .sorted(Comparator.comparing(ColumnSearch::name))
                .toList();
        if (survivors.isEmpty()) {
            return;
        }
        throw new ProviderException(
                ProviderException.Kind.FAILED,
                "the copy holds personal data, or what looks like it, in %d places: %s%s. %s, and run again"
                        .formatted(
                                survivors.size(),
                                survivors.stream()
                                        .limit(NAMED)
                                        .map(column -> "%s (%d)".formatted(column.name(), column.survivors(kept)))
                                        .collect(Collectors.joining(", ")),
                                survivors.size() > NAMED ? " and more" : "",
                                WayRound.of(survivors)),
                Effect.UNKNOWN,
                null);
    }

    private List<ColumnSearch> columns(TargetTable table, Predicate<Use> wanted) {
        return table.columns().stream()
                .filter(column -> column.text() || (column.number() && prints.hasDigits()))
                .map(column -> ColumnSearch.of(table, column, rules.use(table, column.name())))
                .filter(column -> wanted.test(column.use()))
                .toList();
    }
}
