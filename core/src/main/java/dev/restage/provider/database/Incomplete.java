package dev.restage.provider.database;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a database says of itself when a replacement of its contents has begun and not ended: what can be read there is
 * neither what it held nor what it was to hold. Of several replacements that failed in a row, the first one counts.
 *
 * @param since when its contents were given up
 * @param filling what it was to be filled with, as the end of the sentence "it is not yet ..."
 * @param before the snapshot of what it held; null if it held nothing
 * @param remembered what {@link CopyOptions#remembered} of that replacement said about it
 */
public record Incomplete(
        Instant since, String filling, @Nullable SnapshotId before, Map<String, String> remembered) {

    /**
     * Copies the map.
     *
     * @param since when its contents were given up
     * @param filling what it was to be filled with
     * @param before the snapshot of what it held; null if it held nothing
     * @param remembered what was known about it
     */
    public Incomplete {
        remembered = Collections.unmodifiableMap(new TreeMap<>(remembered));
    }

    /**
     * {@return what was known of it about one thing; empty if nothing was}
     *
     * @param name what it was remembered as
     */
    public Optional<String> remembered(String name) {
        return Optional.ofNullable(remembered.get(name));
    }

    /** {@return the end of a sentence that begins with the database: since when, and where its state before is kept} */
    @Override
    public String toString() {
        return "is incomplete since %s, not yet %s; %s"
                .formatted(
                        since,
                        filling,
                        before == null ? "it held nothing before" : "its state before is the snapshot " + before);
    }
}
