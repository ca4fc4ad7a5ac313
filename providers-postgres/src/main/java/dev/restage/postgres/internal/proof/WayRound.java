package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.proof.ColumnRules.Use;
import dev.restage.postgres.internal.proof.ColumnSearch.Filling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What to do about places in which personal data were found. Masks reach only values that are copied; what the server computes
 * in the target is left behind whole, or declared as kept.
 */
final class WayRound {

    private final List<ColumnSearch> survivors;
    private final List<String> ways = new ArrayList<>();

    private WayRound(List<ColumnSearch> survivors) {
        this.survivors = survivors;
    }

    /** A sentence without its end, with one place of each kind as the example. */
    static String of(List<ColumnSearch> survivors) {
        WayRound round = new WayRound(survivors);
        round.add(
                place -> place.filling() == Filling.ROWS && place.use() != Use.MASKED,
                place ->
                        "add a rule for each column that has none, such as mask(\"%s\", \"%s\", ...), or keep(...) where it is meant to stay"
                                .formatted(place.table(), place.column()));
        round.add(
                place -> place.filling() == Filling.ROWS && place.use() == Use.MASKED,
                place -> "widen the rule that is there for %s, which leaves parts of its values"
                        .formatted(place.name()));
        round.add(
                place -> place.filling() == Filling.EXPRESSION,
                place -> ("mask what the server computes %s from, or change its expression in the source, or"
                                + " keep(\"%s\", \"%s\") where it is meant to stay")
                        .formatted(place.name(), place.table(), place.column()));
        round.add(
                place -> place.filling() == Filling.QUERY,
                place -> ("mask what each materialized view reads, or leave it behind, as by"
                                + " leaveObjects(\"MATERIALIZED VIEW %s.%s\"), or keep(\"%s\", \"%s\") where it is meant to stay")
                        .formatted(place.schema(), place.table(), place.table(), place.column()));
        round.add(
                place -> place.filling() == Filling.LARGE_OBJECTS,
                place -> "leave large objects behind with leaveObjects(\"BLOBS *\")");
        round.add(
                place -> place.filling() == Filling.DEFINITION,
                place ->
                        "leave each object behind, as by leaveObjects(\"%1$s\"), or declare it as safe with keepObjects(\"%1$s\")"
                                .formatted(place.name()));
        round.add(
                place -> place.filling() == Filling.STATISTICS,
                place -> "add a rule for each column that the %s are gathered from".formatted(place.name()));
        return round.sentence();
    }

    private void add(Predicate<ColumnSearch> kind, Function<ColumnSearch, String> way) {
        survivors.stream().filter(kind).reduce((one, later) -> later).map(way).ifPresent(ways::add);
    }

    private String sentence() {
        String all = String.join("; ", ways);
        return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
    }
}
