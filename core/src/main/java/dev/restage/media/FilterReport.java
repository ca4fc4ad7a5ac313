package dev.restage.media;

import dev.restage.provider.Filtered.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a filter did to the objects that one sync copied.
 *
 * @param outcomes outcome to number of objects
 * @param passed extension to number of objects that were copied as they are because they are of no format that can be
 *     cleaned, or were not looked into; of rare extensions all in one
 * @param replaced the first keys of objects that could not be cleaned and have a placeholder now, each with the reason
 */
public record FilterReport(Map<Outcome, Long> outcomes, Map<String, Long> passed, Map<String, String> replaced) {

    /** For a sync without a filter. */
    public static final FilterReport NONE = new FilterReport(Map.of(), Map.of(), Map.of());

    /**
     * Copies the maps.
     *
     * @param outcomes outcome to number of objects
     * @param passed extension to number of objects that were copied as they are
     * @param replaced the first keys of objects that could not be cleaned and have a placeholder now
     */
    public FilterReport {
        Map<Outcome, Long> sorted = new EnumMap<>(Outcome.class);
        sorted.putAll(outcomes);
        outcomes = Collections.unmodifiableMap(sorted);
        passed = Collections.unmodifiableMap(new TreeMap<>(passed));
        replaced = Collections.unmodifiableMap(new TreeMap<>(replaced));
    }

    /**
     * {@return how many objects had one of these outcomes}
     *
     * @param some the outcomes
     */
    public long objects(Outcome... some) {
        return List.of(some).stream()
                .mapToLong(outcome -> outcomes.getOrDefault(outcome, 0L))
                .sum();
    }
}
