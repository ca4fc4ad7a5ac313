package dev.restage.media;

import dev.restage.provider.media.Filtered.Outcome;
import dev.restage.provider.media.MediaObject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what a filter did, and what lies at the target because of it. Used by several threads at once. */
final class FilterTally {

    /** More keys of one kind than people read. */
    private static final int NAMED = 100;

    /** Hostile names could have any number of extensions. */
    private static final int EXTENSIONS = 50;

    private static final int LONGEST_EXTENSION = 10;
    private static final String OTHERS = "(others)";
    private static final String NO_EXTENSION = "(none)";

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Tally> uncleaned = new TreeMap<>();
    private Tally placeholders = new Tally(NAMED);
    private Tally refused = new Tally(NAMED);
    private Tally left = new Tally(NAMED);

    /** The stores are compared anew, and nothing has been copied. */
    synchronized void restart() {
        outcomes.clear();
        uncleaned.clear();
        placeholders = new Tally(NAMED);
        refused = new Tally(NAMED);
        left = new Tally(NAMED);
    }

    synchronized void did(Outcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    /**
     * An object lies at the target.
     *
     * @param key its key there
     */
    synchronized void lies(String key, long sizeBytes, Outcome outcome, String why) {
        boolean inPart = !why.isEmpty() && (outcome == Outcome.CLEAN || outcome == Outcome.CLEANED);
        if (outcome == Outcome.UNKNOWN || inPart) {
            uncleaned.computeIfAbsent(extension(key), name -> new Tally(NAMED)).add(named(key, why), sizeBytes);
        } else if (outcome == Outcome.UNCLEAN_REPLACED) {
            placeholders.add(named(key, why), sizeBytes);
        }
    }

    /** @param key the key of an object at the source */
    synchronized void refused(String key, long sizeBytes, String why) {
        did(Outcome.REFUSED);
        refused.add(named(key, why), sizeBytes);
    }

    /** @param key the key at the target of an object that was not copied, and of which it has something else */
    synchronized void left(String key, long sizeBytes) {
        left.add(MediaObject.shown(key), sizeBytes);
    }

    synchronized MediaDifference.Part refused() {
        return refused.part();
    }

    synchronized FilterReport report() {
        return new FilterReport(
                outcomes,
                uncleaned.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().part())),
                placeholders.part(),
                left.part());
    }

    private String extension(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? NO_EXTENSION : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        boolean rare = extension.length() > LONGEST_EXTENSION
                || (uncleaned.size() >= EXTENSIONS && !uncleaned.containsKey(extension));
        return rare ? OTHERS : extension;
    }

    private static String named(String key, String why) {
        return MediaObject.shown(key) + " " + why;
    }
}
