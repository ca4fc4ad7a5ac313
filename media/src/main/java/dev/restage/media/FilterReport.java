package dev.restage.media;

import dev.restage.media.MediaDifference.Part;
import dev.restage.provider.media.Filtered.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a filter did to the objects that one sync copied, and what lies at the target that no filter has cleaned, whichever sync
 * has brought it there: a sync that fails, or is killed, has copied some already. Of a sync that failed it is what it had
 * seen by then.
 *
 * @param outcomes outcome to number of objects that this sync copied, or refused
 * @param uncleaned extension to what lies at the target as it is at the source, wholly or in part, because it is of no format that
 *     can be cleaned, or was not looked into; of rare extensions all in one; the samples are keys at the target, each with the reason
 * @param placeholders what could not be cleaned and has a placeholder at the target; the samples are keys at the target, each
 *     with the reason
 * @param left what could not be cleaned and was not copied by this sync, while the target still has what some other one
 *     has brought there; the samples are keys at the target
 */
public record FilterReport(Map<Outcome, Long> outcomes, Map<String, Part> uncleaned, Part placeholders, Part left) {

    private static final Part NOTHING = new Part(0, 0, List.of());

    /** For a sync without a filter. */
    public static final FilterReport NONE = new FilterReport(Map.of(), Map.of(), NOTHING, NOTHING);

    /**
     * Copies the maps.
     *
     * @param outcomes outcome to number of objects
     * @param uncleaned extension to what lies at the target as it is at the source
     * @param placeholders what has a placeholder at the target
     * @param left what was not copied, while the target has it from before
     */
    public FilterReport {
        Map<Outcome, Long> sorted = new EnumMap<>(Outcome.class);
        sorted.putAll(outcomes);
        outcomes = Collections.unmodifiableMap(sorted);
        uncleaned = Collections.unmodifiableMap(new TreeMap<>(uncleaned));
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

    /** {@return how many objects lie at the target as they are at the source, wholly or in part} */
    public long uncleanedObjects() {
        return uncleaned.values().stream().mapToLong(Part::objects).sum();
    }
}
