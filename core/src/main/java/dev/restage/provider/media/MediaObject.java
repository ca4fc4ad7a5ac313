package dev.restage.provider.media;

import java.time.Instant;

/**
 * One object of a media store, as a listing shows it.
 *
 * @param key its name below the store's prefix, never beginning with the prefix itself
 * @param sizeBytes its size in bytes
 * @param etag the store's tag of the content, without quotes, opaque; empty if the store has none
 * @param modifiedAt when the store last changed it
 * @param archived whether it lies in an archive and must be restored there before it can be read
 */
public record MediaObject(String key, long sizeBytes, String etag, Instant modifiedAt, boolean archived) {

    private static final int MOST_SHOWN = 160;

    /**
     * {@return a key as a message shows it: a long one without its middle, and with its length}
     *
     * @param key the key; stores allow some thousand bytes
     */
    public static String shown(String key) {
        if (key.length() <= MOST_SHOWN) {
            return key;
        }
        int half = MOST_SHOWN / 2;
        return "%s...%s (%d characters)"
                .formatted(key.substring(0, half), key.substring(key.length() - half), key.length());
    }

    /**
     * An object that can be read at once.
     *
     * @param key its name below the store's prefix
     * @param sizeBytes its size in bytes
     * @param etag the store's tag of the content; empty if the store has none
     * @param modifiedAt when the store last changed it
     */
    public MediaObject(String key, long sizeBytes, String etag, Instant modifiedAt) {
        this(key, sizeBytes, etag, modifiedAt, false);
    }
}
